import Glibc
import Testing

@testable import RouterOSTool

@Suite("Standard output")
struct OutputTests {
    private func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw Unexpected() }
        signal(SIGPIPE, SIG_IGN)
        return (ends[0], ends[1])
    }

    private func available(_ descriptor: Int32) -> Int {
        var count: Int32 = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : -1
    }

    @Test("gets each line at once when somebody waits for it, many at a time otherwise", arguments: [true, false])
    func flushing(isLive: Bool) throws {
        let pipe = try pipe()
        let output = Output(pipe.writing, isLive: isLive)
        output.pending += "one\n".utf8
        try output.endLine()
        #expect(available(pipe.reading) == (isLive ? 4 : 0))
        try output.flush()
        #expect(available(pipe.reading) == 4)
        close(pipe.reading)
        output.pending += "two\n".utf8
        #expect(throws: Output.Closed.self) { try output.flush() }
        close(pipe.writing)
    }

    @Test("that takes no more is a failure that says why")
    func full() throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let output = Output(full, isLive: true)
        output.pending += "one\n".utf8
        let problem = #expect(throws: Problem.self) { try output.endLine() }
        #expect(problem?.status == .failure && problem?.message.contains("space") == true)
        #expect(output.terminalWidth == nil)
    }
}
