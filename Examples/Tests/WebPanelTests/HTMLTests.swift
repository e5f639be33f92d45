import Testing

@testable import WebPanel

struct HTMLTests {
    @Test(arguments: [
        ("<&>\"'", "&lt;&amp;&gt;&quot;&#39;"), ("ü – ✓", "ü – ✓"),
        ("a\u{0}b\u{202E}c\u{7F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
        ("a\nb\tc", "a\nb\tc"), ("", ""),
    ])
    func textIsEscaped(_ text: String, _ escaped: String) {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(html.markup == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test func markupIsNotEscapedTwice() {
        let inner: HTML = "<b>\("&")</b>"
        let outer: HTML = "<p>\(inner)\([inner, inner])\(nil as HTML?)</p>"
        #expect(outer.markup == "<p><b>&amp;</b><b>&amp;</b><b>&amp;</b></p>")
    }

    @Test func aPieceOfAnAddressCannotLeaveItsPlace() {
        let html: HTML = "<a href=\"/vouchers/\(url: "../x?a=\"b\"&c#d")\">"
        #expect(html.markup == "<a href=\"/vouchers/..%2Fx%3Fa%3D%22b%22%26c%23d\">")
    }

    @Test func anAttributeIsThereOnlyWhereItApplies() {
        let html: HTML = "<input\("checked", if: true)\("disabled", if: false)>"
        #expect(html.markup == "<input checked>")
    }
}
