import Synchronization

/// Something that happens once.
final class Flag: Sendable {
    private let value = Atomic(false)

    /// Whether it had happened before.
    func set() -> Bool { value.exchange(true, ordering: .sequentiallyConsistent) }
}
