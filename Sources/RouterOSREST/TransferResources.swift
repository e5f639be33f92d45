internal import CRouterOSCurl
import Glibc

/// What transfers need of the system, and may not get.
struct TransferResources: Sendable {
    /// Nil when no file descriptors are left.
    var bell: @Sendable () -> TransferBell?
    /// A multi handle of libcurl; nil when there is no memory or no file descriptor for it.
    var multi: @Sendable () -> UnsafeMutableRawPointer?
    /// Runs something on a thread of its own; false when there is none to be had.
    var start: @Sendable (@escaping @Sendable () -> Void) -> Bool

    /// Those of the process.
    static let system = TransferResources(
        bell: { TransferBell() },
        multi: { curl_multi_init() },
        start: startThread
    )

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    @Sendable
    private static func startThread(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { body in
                // Signals are for the threads of the program. And libcurl leaves SIGPIPE to us, which must end nothing.
                var signals = sigset_t()
                sigfillset(&signals)
                pthread_sigmask(SIG_BLOCK, &signals, nil)
                if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
                return nil
            },
            body.toOpaque()
        )
        guard status == 0 else {
            body.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
