import RouterOSProtocol

/// Why the program ends without having done what it was asked to, in one line that says what to do.
struct Problem: Error {
    /// What the shell is told.
    enum Status: Int32 {
        case failure = 1
        case usage = 2
        case connection = 3
        case authentication = 4
        case trap = 5
    }

    let status: Status
    let message: String

    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    static func usage(_ message: String) -> Problem { Problem(.usage, message) }
}

extension Problem {
    /// What an error of the client means to the shell.
    init(_ error: RouterOSError) {
        let place = error.endpoint.map { "\($0): " } ?? ""
        self.init(Status(error), place + error.message)
    }
}

extension Problem.Status {
    /// What the router refused is a trap; what kept the command or its answer from arriving is the connection.
    init(_ error: RouterOSError) {
        switch error.code {
        case .authentication: self = .authentication
        case .permissionDenied, .noSuchItem, .duplicate, .noSuchCommand, .unknownParameter, .invalidValue, .interrupted,
            .actionTimedOut, .trap:
            self = .trap
        // A router that cannot parse a command says so in its own words; without them it has never seen it.
        case .invalidCommand: self = error.routerMessage == nil ? .usage : .trap
        default: self = .connection
        }
    }
}
