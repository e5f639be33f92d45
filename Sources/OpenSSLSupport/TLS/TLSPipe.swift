internal import CRouterOSOpenSSL

/// The wire as the library sees it: bytes that came in and bytes to go out, both in memory.
///
/// A BIO of our own instead of the library's memory BIO, which keeps a buffer as large as the most it ever held; here an
/// idle connection holds nothing.
final class TLSPipe {
    /// What came in and was not read yet.
    private var incoming: [UInt8] = []
    private var position = 0
    /// What the library wants to send.
    var outgoing: [UInt8] = []
    /// The SHA-256 of the only certificate that is accepted; nil when it is judged elsewhere.
    var expectedSHA256: [UInt8]?
    /// The SHA-256 of a certificate that was refused because it is another.
    var refusedSHA256: [UInt8]?
    /// The newest session the peer offered to resume, in the library's own encoding.
    var offeredSession: [UInt8]?

    var isDrained: Bool { position == incoming.count }

    /// Adds what came in; what is left of earlier bytes comes first.
    func offer(_ bytes: [UInt8]) {
        if isDrained {
            incoming = bytes
        } else {
            incoming = Array(incoming[position...]) + bytes
        }
        position = 0
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, incoming.count - position)
        guard count > 0 else { return 0 }
        buffer.copyBytes(from: incoming[position..<position + count])
        position += count
        if isDrained { (incoming, position) = ([], 0) }
        return count
    }

    // MARK: The library's side

    /// A BIO at the other end of this pipe, which keeps the pipe alive; nil when there is no memory.
    func makeBIO() -> OpaquePointer? {
        guard let method = Self.method, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, Unmanaged.passRetained(self).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    /// The pipe behind a BIO.
    static func behind(_ bio: OpaquePointer?) -> TLSPipe? {
        guard let bio, let data = BIO_get_data(bio) else { return nil }
        return Unmanaged<TLSPipe>.fromOpaque(data).takeUnretainedValue()
    }

    /// Written once, before its first use, and only read afterwards.
    private nonisolated(unsafe) static let method: OpaquePointer? = {
        guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "routeros") else { return nil }
        BIO_meth_set_read(method) { bio, buffer, size in
            guard let pipe = TLSPipe.behind(bio), let buffer, size > 0 else { return -1 }
            routeros_bio_clear_retry(bio)
            let count = pipe.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)))
            if count == 0 {
                routeros_bio_retry_read(bio)
                return -1
            }
            return Int32(truncatingIfNeeded: count)
        }
        BIO_meth_set_write(method) { bio, bytes, size in
            guard let pipe = TLSPipe.behind(bio), let bytes, size > 0 else { return -1 }
            pipe.outgoing.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: Int(size)))
            return size
        }
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        BIO_meth_set_destroy(method) { bio in
            guard let bio, let data = BIO_get_data(bio) else { return 0 }
            BIO_set_data(bio, nil)
            Unmanaged<TLSPipe>.fromOpaque(data).release()
            return 1
        }
        return method
    }()
}
