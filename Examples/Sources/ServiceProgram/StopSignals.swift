import Dispatch
import Glibc
import Synchronization

/// SIGTERM and SIGINT as a stream instead of a sudden end, for as long as the value lives.
package final class StopSignals: Sendable {
    /// One element for each signal.
    package let received: AsyncStream<Int32>
    private let sources: Mutex<[any DispatchSourceSignal]>

    /// Begins to listen.
    package init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        received = stream
        sources = Mutex(
            [SIGTERM, SIGINT].map { number in
                // The default action would end the process before anybody reads the stream.
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { continuation.yield(number) }
                source.resume()
                return source
            }
        )
        // Nobody may read what is printed any more; that is no reason to die.
        signal(SIGPIPE, SIG_IGN)
    }
}
