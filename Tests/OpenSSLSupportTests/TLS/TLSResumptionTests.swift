import Testing

@testable import OpenSSLSupport

@Suite("TLS sessions resumed")
struct TLSResumptionTests {
    /// One connection, and whether it was resumed; nil when it failed.
    private func connect(_ client: TLSClient, _ server: TLSServer, _ identity: TLSIdentity) throws -> Bool? {
        var wire = try TLSWire(client.session(expecting: identity, at: "router:8729"), server.session())
        wire.run()
        return wire.client.information?.isResumed
    }

    @Test("a second connection is resumed, and so is every later one", arguments: [nil, true, false])
    func resumed(hasTLS13: Bool?) throws {
        let isAnonymous = hasTLS13 == nil
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let server = try TLSWire.server(isAnonymous ? nil : certificate, hasTLS13: hasTLS13 ?? false)
        let identity = isAnonymous ? TLSIdentity.anonymous : .pin(certificate.sha256)
        let client = TLSClient()
        let resumed = try (0..<4).map { _ in try connect(client, server, identity) }
        #expect(resumed == [false, true, true, true])
        #expect(client.sessions.count == 1)
    }

    @Test("a resumed connection still knows its peer's certificate")
    func identity() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let server = try TLSWire.server(certificate)
        let client = TLSClient()
        _ = try connect(client, server, .pin(certificate.sha256))
        var wire = try TLSWire(
            client.session(expecting: .pin(certificate.sha256), at: "router:8729"),
            server.session()
        )
        wire.run()
        #expect(wire.client.information?.isResumed == true)
        #expect(wire.client.information?.certificateSHA256 == certificate.sha256)
    }

    @Test("a session serves nobody who expects another peer")
    func otherExpectation() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let server = try TLSWire.server(certificate)
        let client = TLSClient()
        _ = try connect(client, server, .pin(certificate.sha256))
        #expect(try connect(client, server, .pin([UInt8](repeating: 0, count: 32))) == nil)
        #expect(try connect(client, server, .unverified) == false)
        #expect(try connect(client, server, .unverified) == false)
        #expect(try connect(client, server, .pin(certificate.sha256)) == true)
    }

    @Test("what is found in a resumed session is judged again")
    func judgedAgain() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let server = try TLSWire.server(certificate)
        let client = TLSClient()
        let right = TLSIdentity.pin(certificate.sha256)
        _ = try connect(client, server, right)
        // As if the session had come under another expectation's name.
        let wrong = TLSIdentity.pin([UInt8](repeating: 0, count: 32))
        let bytes = try #require(client.sessions.take(.init(endpoint: "router:8729", identity: right)))
        client.sessions.store(bytes, for: .init(endpoint: "router:8729", identity: wrong))
        var wire = try TLSWire(client.session(expecting: wrong, at: "router:8729"), server.session())
        wire.run()
        #expect(wire.clientError?.code == .pinMismatch)
    }

    @Test("another router at the same place is found out, session or not")
    func replaced() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let other = try IssuedCertificate.make(names: ["router.lan"])
        let client = TLSClient()
        _ = try connect(client, TLSWire.server(certificate), .pin(certificate.sha256))
        #expect(try connect(client, TLSWire.server(other), .pin(certificate.sha256)) == nil)
        #expect(try connect(client, TLSWire.server(certificate), .pin(certificate.sha256)) == false)
    }

    @Test("no more sessions are kept than the capacity, the newest ones", arguments: [0, 1, 3])
    func bounded(capacity: Int) {
        let cache = TLSSessionCache(capacity: capacity)
        let keys = (0..<5).map { TLSSessionCache.Key(endpoint: "r\($0)", identity: .anonymous) }
        for (index, key) in keys.enumerated() { cache.store([UInt8(index)], for: key) }
        #expect(cache.count == capacity)
        #expect(keys.map { cache.take($0) != nil } == (0..<5).map { $0 >= 5 - capacity })
    }

    @Test("it keeps as little of a thousand reconnections of one router as of one", arguments: [1, 100])
    func reconnections(routers: Int) {
        let cache = TLSSessionCache(capacity: 100)
        for number in 0..<1_000 * routers {
            let key = TLSSessionCache.Key(endpoint: "r\(number % routers)", identity: .anonymous)
            _ = cache.take(key)
            cache.store([1], for: key)
        }
        #expect(cache.count == routers)
        #expect(cache.names <= 2 * routers + 64)
    }

    @Test("the one that was stored again is not the oldest any more")
    func storedAgain() {
        let cache = TLSSessionCache(capacity: 2)
        let keys = (0..<3).map { TLSSessionCache.Key(endpoint: "r\($0)", identity: .anonymous) }
        for index in [0, 1, 0, 2] { cache.store([UInt8(index)], for: keys[index]) }
        #expect(keys.map { cache.take($0) } == [[0], nil, [2]])
    }

    @Test("bytes that are no session are passed over")
    func nonsense() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let client = TLSClient()
        let identity = TLSIdentity.pin(certificate.sha256)
        client.sessions.store([0x30, 0x82, 0xFF, 0xFF, 1], for: .init(endpoint: "router:8729", identity: identity))
        #expect(try connect(client, TLSWire.server(certificate), identity) == false)
    }
}
