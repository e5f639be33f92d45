import ServiceProgram
import Testing

struct LogLineTests {
    @Test("A line is key=value, and quoted where it would be read otherwise")
    func quotes() {
        let line = LogLine(.warning, "sync", [("router", "Lake View"), ("error", "say \"no\" = never\\"), ("of", "")])
        #expect("\(line)" == #"level=warning msg=sync router="Lake View" error="say \"no\" = never\\" of="""#)
    }

    @Test(
        "Nothing in a value begins a line or turns the text around",
        arguments: ["\n", "\r", "\u{2028}", "\u{202E}", "\u{1B}"]
    )
    func oneLine(text: String) {
        let line = "\(LogLine(.info, "a\(text)level=error"))"
        #expect(!line.unicodeScalars.contains { text.unicodeScalars.contains($0) })
    }
}
