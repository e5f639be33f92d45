import Foundation
import Glibc
import Testing

@testable import RouterOSTool

@Suite("The prompt for the password", .timeLimit(.minutes(1)))
struct TerminalPromptTests {
    /// A terminal, the person before it and what sends signals.
    private final class Terminal {
        let person: Int32
        let program: Int32
        let signals: Int32
        let sender: Int32

        init() throws {
            person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
            var number: UInt32 = 0
            var isLocked: Int32 = 0
            // TIOCSPTLCK and TIOCGPTN, whose macros are too much for the importer.
            guard person >= 0, ioctl(person, 0x4004_5431, &isLocked) == 0, ioctl(person, 0x8004_5430, &number) == 0
            else {
                throw Unexpected()
            }
            program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
            var ends: [Int32] = [-1, -1]
            guard program >= 0, pipe(&ends) == 0 else { throw Unexpected() }
            (signals, sender) = (ends[0], ends[1])
        }

        deinit { for descriptor in [person, program, signals, sender] { close(descriptor) } }

        var echoes: Bool {
            var state = termios()
            return tcgetattr(program, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
        }
    }

    /// What the prompt comes to when somebody types once it is there, or a signal comes; and whether it echoes after.
    private func outcome(typed keys: [UInt8], signal: UInt8? = nil) async throws -> Result<String?, any Error> {
        let terminal = try Terminal()
        let (program, signals) = (terminal.program, terminal.signals)
        #expect(terminal.echoes)
        async let result = withCheckedContinuation { continuation in
            Thread {
                continuation.resume(
                    returning: Result { try TerminalPrompt.ask("Password: ", on: program, signals: signals) }
                )
            }.start()
        }
        while terminal.echoes { await Task.yield() }
        _ = write(terminal.person, keys, keys.count)
        if var signal { _ = write(terminal.sender, &signal, 1) }
        let found = await result
        #expect(terminal.echoes)
        return found
    }

    @Test(
        "takes a line without showing it",
        arguments: [("canary\r", "canary"), ("ü\u{7F}пароль\n", "пароль"), ("\r", "")]
    )
    func line(typed: String, expected: String) async throws {
        #expect(try await outcome(typed: Array(typed.utf8)).get() == expected)
    }

    @Test(
        "takes nothing for a password that was not finished, or is no text",
        arguments: [
            ([0x61, 0x62, 0x04], "ended before"), ([0x04], "ended before"), ([0x61, 0xFF, 0x0D], "no UTF-8"),
            ([0xC3, 0x0D], "no UTF-8"),
        ] as [([UInt8], String)]
    )
    func refused(typed: [UInt8], reason: String) async throws {
        let result = try await outcome(typed: typed)
        let problem = #expect(throws: Problem.self) { try result.get() }
        #expect(problem?.status == .usage && problem?.message.contains(reason) == true)
    }

    @Test("switches the echo on again when a signal ends it", arguments: [SIGTERM, SIGHUP, SIGINT])
    func signals(number: Int32) async throws {
        let result = try await outcome(typed: Array("half".utf8), signal: UInt8(number))
        #expect(throws: TerminalPrompt.Interrupted(signal: number)) { try result.get() }
    }

    @Test("ends by Ctrl-C")
    func interrupt() async throws {
        let result = try await outcome(typed: [0x61, 0x03])
        #expect(throws: TerminalPrompt.Interrupted(signal: SIGINT)) { try result.get() }
    }

    @Test("hears of signals that would end the program, and leaves them as they were")
    func signalPipe() throws {
        func action(_ number: Int32) -> Int {
            var action = sigaction()
            sigaction(number, nil, &action)
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
        }
        // Signals of which nothing else in a test hears; one is ignored.
        signal(SIGUSR2, SIG_IGN)
        let before = action(SIGUSR1)
        func listen() throws {
            let signals = try SignalPipe([SIGUSR1, SIGUSR2])
            kill(getpid(), SIGUSR2)
            kill(getpid(), SIGUSR1)
            var byte: UInt8 = 0
            #expect(read(signals.hearing, &byte, 1) == 1 && Int32(byte) == SIGUSR1)
        }
        try listen()
        #expect(action(SIGUSR1) == before)
        signal(SIGUSR2, SIG_DFL)
    }
}
