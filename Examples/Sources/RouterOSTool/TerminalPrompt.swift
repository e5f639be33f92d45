import Glibc

/// Asks a person for a line that nobody looking on may read.
enum TerminalPrompt {
    /// The person would rather not: Ctrl-C was pressed, or a signal came.
    struct Interrupted: Error, Equatable {
        let signal: Int32
    }

    /// The line that was typed; nil when there is no terminal.
    ///
    /// The terminal hands over every key, Ctrl-C too, and signals wait, so that the program cannot end with the echo
    /// switched off.
    ///
    /// - Throws: ``Interrupted``, or a ``Problem`` when the input ends before the line does, or when it is no text.
    static func ask(_ question: String) throws -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        let signals = try SignalPipe()
        return try ask(question, on: terminal, signals: signals.hearing)
    }

    /// The same on a terminal that is open already, until a byte that can be read from `signals` is that of a signal.
    static func ask(_ question: String, on terminal: Int32, signals: Int32) throws -> String? {
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            say("\n", on: terminal)
        }
        say(question, on: terminal)
        var line = TypedLine()
        while true {
            var ready = [
                pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
                pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&ready, nfds_t(ready.count), -1) > 0 else {
                if errno == EINTR { continue }
                throw unfinished
            }
            var byte: UInt8 = 0
            if ready[0].revents != 0 {
                let count = read(signals, &byte, 1)
                throw Interrupted(signal: count == 1 ? Int32(byte) : SIGINT)
            }
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw unfinished }
            switch line.press(byte) {
            case .more: continue
            case .finished:
                guard let text = line.text else { throw notText }
                return text
            case .ended: throw unfinished
            case .interrupted: throw Interrupted(signal: SIGINT)
            }
        }
    }

    private static let unfinished = Problem.usage("the input ended before the password did; end it with Enter")

    private static let notText = Problem.usage(
        "the password that was typed is no UTF-8 text; set the terminal to UTF-8, or use --password-file"
    )

    private static func say(_ text: String, on terminal: Int32) {
        let bytes = Array(text.utf8)
        _ = write(terminal, bytes, bytes.count)
    }
}
