import RouterOSProtocol

/// The reader's end of a stream; when it is let go of, the command ends.
final class StreamReader: AnswerSource {
    private let buffer: RowBuffer
    private let stop: @Sendable (any Error) -> Void

    init(_ buffer: RowBuffer, stop: @escaping @Sendable (any Error) -> Void) {
        self.buffer = buffer
        self.stop = stop
    }

    deinit { stop(CancellationError()) }

    func next() async throws -> [Sentence] {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await buffer.take()
        } onCancel: {
            // The reader is answered at once; the router hears of it on the loop.
            buffer.finish(.failure(CancellationError()))
            stop(CancellationError())
        }
    }
}
