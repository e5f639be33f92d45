import RouterOSClient
import RouterOSProtocol

/// The commands of one visit: each takes its turn, and none is sent once the visit's claim may be another's.
struct VisitCommands: RouterOSCommands {
    private let inner: any RouterOSCommands
    private let turn: @Sendable () async throws -> Void

    /// Commands that are sent over `inner` once `turn` has returned.
    init(_ inner: any RouterOSCommands, turn: @escaping @Sendable () async throws -> Void) {
        self.inner = inner
        self.turn = turn
    }

    var endpoint: String { inner.endpoint }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        try await turn()
        return try await inner.run(command, deadline: deadline)
    }

    func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream {
            try await turn()
            return try await inner.stream(command, deadline: deadline).source()
        }
    }
}
