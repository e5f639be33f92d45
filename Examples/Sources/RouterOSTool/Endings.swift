import Dispatch
import Glibc
import Synchronization

/// What may end the program before the router has said everything: a signal, or a reader that went away.
final class Endings: Sendable {
    enum Reason: Sendable, Equatable {
        case signal(Int32)
        case readerLeft
    }

    /// One element each time something of the kind happens.
    let received: AsyncStream<Reason>
    private let sources: Mutex<[any DispatchSourceSignal]>

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Reason.self)
        received = stream
        sources = Mutex(
            [SIGINT, SIGTERM, SIGHUP].map { number in
                // The default action would end the process before the router is told to stop.
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { continuation.yield(.signal(number)) }
                source.resume()
                return source
            }
        )
        // Writing says so itself when nobody reads.
        signal(SIGPIPE, SIG_IGN)
        // Between two rows of a listen nothing is written, so that nobody would notice for hours.
        DispatchQueue(label: "routeros.reader").async {
            var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
            while poll(&output, 1, -1) < 0, errno == EINTR {}
            if Int32(output.revents) & POLLERR != 0 { continuation.yield(.readerLeft) }
        }
    }
}
