import RouterOSProtocol

/// The commands received, the oldest dropped when there are too many.
struct Transcript: Sendable {
    private static let capacity = 100_000

    private(set) var commands: [RecordedCommand] = []

    mutating func record(_ sentence: Sentence, on connection: Int) {
        if commands.count >= Self.capacity { commands.removeFirst(Self.capacity / 2) }
        commands.append(
            RecordedCommand(connection: connection, path: sentence.name, description: sentence.description)
        )
    }

    mutating func clear() { commands = [] }
}
