import RouterOSClient
import RouterOSProtocol

extension ConnectionReport {
    /// The SDK's report in the panel's words.
    init(_ test: ConnectionTest) {
        steps = test.steps.map { step, outcome in
            switch outcome {
            case .passed(let finding): Step(name: step.name, title: step.title, outcome: .passed, message: finding)
            case .failed(let error):
                Step(
                    name: step.name,
                    title: step.title,
                    outcome: .failed,
                    message: error.message.asSentence,
                    remedy: test.remedy
                )
            case .skipped: Step(name: step.name, title: step.title, outcome: .skipped, message: "Not tried.")
            }
        }
        code = test.failure.map { "\($0.error.code)".asSnakeCase }
        identity = test.identity
        version = test.version
        uptime = test.uptime
        isUnreachable = test.failure?.step == .reach
    }
}

extension ConnectionTest.Step {
    fileprivate var name: String {
        switch self {
        case .reach: "network"
        case .handshake: "handshake"
        case .login: "authentication"
        case .permissions: "permission"
        case .systemInformation: "system"
        }
    }

    fileprivate var title: String {
        switch self {
        case .reach: "The address answers"
        case .handshake: "It speaks the RouterOS API"
        case .login: "User and password are accepted"
        case .permissions: "The user may read the hotspot"
        case .systemInformation: "The router says who it is"
        }
    }
}

extension String {
    /// With a capital first letter.
    fileprivate var asSentence: String { prefix(1).uppercased() + dropFirst() }

    /// `connectionRefused` as `connection_refused`, the way the interface spells its codes.
    fileprivate var asSnakeCase: String {
        reduce(into: "") { snake, letter in
            if letter.isUppercase, snake.last?.isLowercase == true { snake += "_" }
            snake.append(letter)
        }.lowercased()
    }
}
