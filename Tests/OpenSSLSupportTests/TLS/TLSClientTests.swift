import Dispatch
import Synchronization
import Testing

@testable import OpenSSLSupport

@Suite("TLS client", .timeLimit(.minutes(1)))
struct TLSClientTests {
    @Test("while the authorities are read from a slow disk, whoever needs none of them waits for nothing")
    func slowDisk() async throws {
        let (begun, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let reads = Mutex(0)
        let client = TLSClient(0) { () throws(TLSError) in
            reads.withLock { $0 += 1 }
            begun.signal()
            end.wait()
            return try TLSContext.client(verifyingWith: .pem(""))
        }
        DispatchQueue.global().async { try? client.prepare(for: .host("router.lan")) }
        begun.wait()
        #expect(!client.isPrepared(for: .host("router.lan")))
        try client.prepare(for: .anonymous)
        _ = try client.session(expecting: .anonymous, at: "router.lan:8729")
        #expect(client.isPrepared(for: .anonymous) && !client.isPrepared(for: .host("router.lan")))
        end.signal()
    }
}
