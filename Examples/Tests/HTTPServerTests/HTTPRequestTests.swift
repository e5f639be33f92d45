import HTTPServer
import Testing

struct HTTPRequestTests {
    @Test func aTargetIsDecodedOnceAndOnlyAfterItWasSplit() {
        let request = HTTPRequest(.get, "/a%2Fb/%2570?q=1%262&r=a+b&empty")
        #expect(request?.path == ["a/b", "%70"])
        #expect(request?.query["q"] == "1&2")
        #expect(request?.query["r"] == "a b")
        #expect(request?.query["empty"] == "")
        #expect(request?.query["none"] == nil)
    }

    @Test(arguments: ["", "a", "*", "/%", "/%f", "/%ff", "/%0a", "/a b", "/é", "/?a=%zz", "/#a"])
    func aBrokenTargetIsNoRequest(_ target: String) {
        #expect(HTTPRequest(.get, target) == nil)
    }

    @Test func moreFieldsThanAFormHasAreRefused() {
        #expect(FormFields(String(repeating: "a=1&", count: 500)) != nil)
        #expect(FormFields(String(repeating: "a=1&", count: 501)) == nil)
    }

    @Test func fieldsSurviveEncoding() {
        let fields = FormFields([("a b", "ü&=+%"), ("c", "")])
        #expect(FormFields(fields.encoded) == fields)
    }

    @Test func aCookieIsFoundAmongOthers() {
        let request = HTTPRequest(.get, "/", headers: ["Cookie": "a=1; panel=x.y=z;b=2"])
        #expect(request?.cookie("panel") == "x.y=z")
        #expect(request?.cookie("pane") == nil)
    }

    @Test func theMediaTypeComesWithoutParameters() {
        let request = HTTPRequest(.post, "/", headers: ["content-type": "Application/JSON ; charset=utf-8"])
        #expect(request?.mediaType == "application/json")
    }

    @Test func headerNamesCompareWithoutCase() {
        var headers: HTTPHeaders = ["X-A": "1"]
        headers.append("x-a", "2")
        #expect(headers.values("X-a") == ["1", "2"])
        #expect(headers["X@A"] == nil)
        headers["x-A"] = nil
        #expect(headers == [:])
    }
}
