import Glibc
import RouterOSClient
import RouterOSProtocol

/// Runs one command of the RouterOS API and prints its answer.
@main
enum RouterOSTool {
    static func main() async {
        exit(await status(Array(CommandLine.arguments.dropFirst())))
    }

    private static func status(_ arguments: [String]) async -> Int32 {
        do {
            let invocation: Invocation
            switch try CommandLineReader.read(arguments, environment: variable) {
            case .help:
                let output = Output(isLive: false)
                output.pending += (Usage.text + "\n").utf8
                try output.flush()
                return 0
            case .showPin(let host, let port, let timeout):
                let certificate = try await CertificatePin.presented(
                    by: host,
                    port: port,
                    timeout: timeout ?? .seconds(10)
                )
                let output = Output(isLive: false)
                output.pending += Self.description(of: certificate).utf8
                try output.flush()
                return 0
            case .run(let request): invocation = request
            }
            let command = try invocation.command(readingFile: FileBytes.read)
            let password = try PasswordSource.password(
                for: invocation,
                environment: variable,
                ask: TerminalPrompt.ask
            )
            return try await run(Session(invocation: invocation, command: command, password: password))
        } catch let problem as Problem {
            Output.complain(problem.message)
            return problem.status.rawValue
        } catch let error as RouterOSError {
            let problem = Problem(error)
            Output.complain(problem.message)
            return problem.status.rawValue
        } catch is Output.Closed {
            return 0
        } catch let interrupted as TerminalPrompt.Interrupted {
            return 128 + interrupted.signal
        } catch {
            return 128 + SIGINT
        }
    }

    /// For somebody to compare with what the router says of itself.
    private static func description(of certificate: PresentedCertificate) -> String {
        """
        pin:\(certificate.pin)
        subject  \(certificate.subject)
        names    \(certificate.names.joined(separator: ", "))
        valid    \(certificate.notBefore) to \(certificate.notAfter)

        """
    }

    /// Runs the session until it is over or somebody ends it, and in the latter case tells the router first.
    private static func run(_ session: Session) async throws -> Int32 {
        let endings = Endings()
        let work = Task { try await session.run() }
        let watch = Task { () -> Endings.Reason? in
            var first: Endings.Reason?
            for await reason in endings.received {
                // A router that does not answer, or a reader that does not read, must not hold up whoever asks twice.
                if first != nil, reason != .readerLeft { _exit(128 + SIGINT) }
                first = first ?? reason
                work.cancel()
            }
            return first
        }
        let result = await work.result
        watch.cancel()
        switch (await watch.value, result) {
        case (_, .success): return 0
        case (.readerLeft, _): return 0
        case (.signal(let number), .failure(let error)) where error is CancellationError:
            return session.invocation.isListening ? 0 : 128 + number
        case (_, .failure(let error)): throw error
        }
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
