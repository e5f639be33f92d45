import Synchronization

/// Ports that the kernel gives to nobody who asks for any: whoever lets go of one finds it free later.
public enum OwnPort {
    // The kernel hands out 32 768 and above.
    private static let all = UInt16(12_000)..<32_000
    private static let next = Mutex(UInt16.random(in: all))

    /// Listens at one that is free and that no other test of this process has.
    ///
    /// - Parameter listen: listens at a port, or throws where somebody else does.
    /// - Returns: what `listen` returns.
    /// - Throws: what `listen` throws, after many ports.
    public static func listen<Listener>(_ listen: (UInt16) throws -> Listener) throws -> Listener {
        for _ in 0..<100 {
            if let listener = try? listen(take()) { return listener }
        }
        return try listen(take())
    }

    private static func take() -> UInt16 {
        next.withLock { next in
            defer { next = next + 1 < all.upperBound ? next + 1 : all.lowerBound }
            return next
        }
    }
}
