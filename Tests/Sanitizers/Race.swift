// Shows that a sanitized build finds what it must: threads that take a lock in turn, and with an argument touch something
// else without it.
import Glibc
import Synchronization

final class Counts: @unchecked Sendable {
    let guarded = Mutex(0)
    var unguarded = 0
}

let counts = Counts()
let isRacing = CommandLine.arguments.count > 1
let threads = (0..<4).map { _ in
    var thread = pthread_t()
    pthread_create(
        &thread,
        nil,
        { _ in
            for _ in 0..<20_000 { counts.guarded.withLock { $0 += 1 } }
            if isRacing { counts.unguarded += 1 }
            return nil
        },
        nil
    )
    return thread
}
for thread in threads { pthread_join(thread, nil) }
print(counts.guarded.withLock { $0 })
