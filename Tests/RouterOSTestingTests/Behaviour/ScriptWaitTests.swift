import RouterOSClient
import Testing

@testable import RouterOSTesting

/// Scripts that wait, and those who wait for them.
struct ScriptWaitTests {
    @Test func aDelayFromBeforeARestartWakesNobody() {
        var dialogue = Dialogue()
        dialogue.say("/execute", "=script=:delay 60s")
        dialogue.advance(by: .seconds(30))
        dialogue.router.inject(.powerCut)
        _ = try? dialogue.router.execute(Request("/execute", [("script", ":delay 60s; :put late")]))
        dialogue.advance(by: .seconds(30))
        #expect(dialogue.router.scripting.records.map(\.outcome) == [.failed("the router stopped"), .running])
        dialogue.advance(by: .seconds(30))
        #expect(dialogue.router.scripting.records.last?.ends == .seconds(90))
        #expect(dialogue.router.scripting.records.last?.output == ["late"])
    }

    @Test func whoeverRunsAScriptHearsOfItsOwnFailureAlone() {
        var dialogue = Dialogue()
        dialogue.say("/system/script/add", "=name=child", "=source=:error second")
        dialogue.say("/system/script/add", "=name=fails", "=source=:execute \":error second\"; :error first")
        dialogue.say("/system/script/add", "=name=fine", "=source=:execute \":error second\"")
        #expect(dialogue.trap(["/system/script/run", "=.id=fails"])?.hasPrefix("first") == true)
        #expect(dialogue.say("/system/script/run", "=.id=fine") == [["!done"]])
    }

    @Test func outputIsNotLostToAnotherScriptThatBeginsMeanwhile() {
        var dialogue = Dialogue()
        #expect(
            dialogue.say("/execute", "=script=:put one; :execute \":put other\"; :put two", "=as-string=")
                == [["!done", "=ret=one\ntwo"]]
        )
    }

    @Test func outputIsWaitedForAndComesWholeEvenFromAScriptThatFails() {
        var dialogue = Dialogue()
        let script = "=script=:put one; :delay 5s; :put two; :error bad"
        #expect(dialogue.say("/execute", script, "=as-string=", ".tag=1") == [])
        #expect(dialogue.say("/execute", "=script=:put other", "=as-string=", ".tag=2").last?.last == "=ret=other")
        dialogue.advance(by: .seconds(5))
        #expect(dialogue.hear() == [["!done", ".tag=1", "=ret=one\ntwo"]])
    }
}
