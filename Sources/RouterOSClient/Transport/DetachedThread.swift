internal import CRouterOSLinux
import Glibc

/// A thread for one call that blocks.
enum DetachedThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a new thread.
    static func run(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(Work(body)).toOpaque()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var identifier = pthread_t()
        let status = pthread_create(
            &identifier,
            &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            context
        )
        pthread_attr_destroy(&attributes)
        // Without a thread the call still has to be answered: blocking here is better than never.
        if status != 0 { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
    }
}
