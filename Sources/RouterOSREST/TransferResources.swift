internal import CRouterOSCurl

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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
        #if canImport(Glibc)
        var thread = pthread_t()
        #else
        var thread: pthread_t?
        #endif
        let status = pthread_create(
            &thread,
            nil,
            { body in
                // Signals are for the threads of the program. And libcurl leaves SIGPIPE to us, which must end nothing.
                var signals = sigset_t()
                sigfillset(&signals)
                pthread_sigmask(SIG_BLOCK, &signals, nil)
                // Optional on one system, not on the other.
                let body: UnsafeMutableRawPointer? = body
                if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
                return nil
            },
            body.toOpaque()
        )
        guard status == 0 else {
            body.release()
            return false
        }
        #if canImport(Glibc)
        pthread_detach(thread)
        #else
        if let thread { pthread_detach(thread) }
        #endif
        return true
    }
}
