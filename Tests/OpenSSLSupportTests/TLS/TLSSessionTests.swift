import Testing

@testable import OpenSSLSupport

@Suite("TLS")
struct TLSSessionTests {
    @Test(
        "bytes cross both ways, however the wire cuts them",
        arguments: [[Int.max], [1], [2, 3, 5, 7, 11, 4_096, 1, 1_460]],
        [false, true]
    )
    func bothWays(pieces: [Int], isAnonymous: Bool) throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        var wire = try TLSWire.make(
            isAnonymous ? .anonymous : .pin(certificate.sha256),
            isAnonymous ? nil : certificate,
            pieces: pieces
        )
        // Sent before the handshake: waits for it.
        try wire.client.send(Array("hello".utf8))
        wire.run()
        try wire.server.send(Array("welcome".utf8))
        wire.run()
        #expect(wire.clientError == nil && wire.serverError == nil)
        #expect(wire.server.takePlaintext() == Array("hello".utf8))
        #expect(wire.client.takePlaintext() == Array("welcome".utf8))
        let information = try #require(wire.client.information)
        #expect(information.version == (isAnonymous ? "TLSv1.2" : "TLSv1.3"))
        #expect(information.cipherSuite.hasPrefix(isAnonymous ? "ADH-AES256-GCM" : "TLS_"))
        #expect(information.certificateSHA256 == (isAnonymous ? nil : certificate.sha256))
        #expect(!information.isResumed)
    }

    @Test("a megabyte each way arrives as it was sent")
    func bulk() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        var wire = try TLSWire.make(.pin(certificate.sha256), certificate, pieces: [64 << 10])
        let up = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let down = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 17) }
        try wire.client.send(up)
        try wire.server.send(down)
        wire.run()
        #expect(wire.server.takePlaintext() == up)
        #expect(wire.client.takePlaintext() == down)
    }

    @Test("an end that was announced is an end, one that was not is an error")
    func endings() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        var polite = try TLSWire.make(.pin(certificate.sha256), certificate)
        polite.run()
        try polite.server.send([1, 2, 3])
        polite.server.shutdown()
        try polite.server.send([4])
        polite.run()
        #expect(polite.client.takePlaintext() == [1, 2, 3])
        #expect(polite.client.isPeerDone)
        try polite.client.receivedEnd()

        var rude = try TLSWire.make(.pin(certificate.sha256), certificate)
        rude.run()
        #expect(Self.code { () throws(TLSError) in try rude.client.receivedEnd() } == .truncated)
        #expect(Self.code { () throws(TLSError) in try rude.client.receive([0x17]) } == .truncated)

        let early = try TLSWire.make(.pin(certificate.sha256), certificate)
        try early.client.start()
        #expect(Self.code { () throws(TLSError) in try early.client.receivedEnd() } == .truncated)
    }

    @Test("a pin admits its certificate alone, and a mismatch shows both fingerprints")
    func pins() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"], validity: -20_000 ... -10_000)
        let other = try IssuedCertificate.make(names: ["router.lan"])
        var right = try TLSWire.make(.pin(certificate.sha256), certificate)
        right.run()
        #expect(right.client.isEstablished)

        var wrong = try TLSWire.make(.pin(other.sha256), certificate)
        try wrong.client.send(Array("password".utf8))
        wrong.run()
        #expect(wrong.clientError?.code == .pinMismatch)
        #expect(!wrong.client.isEstablished && wrong.client.information == nil)
        // It never completes for the peer, and nothing of what waited has left.
        #expect(!wrong.server.isEstablished && wrong.server.takePlaintext().isEmpty)
        // It is told so instead of being left to wonder.
        #expect(wrong.serverError?.code == .refusedByPeer)
        for fingerprint in [certificate.sha256, other.sha256] {
            #expect(wrong.clientError?.reason.contains(fingerprint.map { format($0) }.joined()) == true)
        }
        #expect(Self.code { () throws(TLSError) in try wrong.client.send([1]) } == .pinMismatch)
    }

    private func format(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    @Test(
        "a certificate is verified for the name or address that was dialled",
        arguments: [
            ("router.lan", nil), ("ROUTER.lan", nil), ("192.168.88.1", nil), ("fe80::1", nil), ("fe80::1%eth0", nil),
            ("other.lan", .wrongHost), ("192.168.88.2", .wrongHost), ("fe80::2", .wrongHost),
            ("router.lan.evil", .wrongHost),
        ] as [(String, TLSError.Code?)]
    )
    func hosts(host: String, expected: TLSError.Code?) throws {
        let authority = try IssuedCertificate.make(names: ["authority"], isAuthority: true)
        let certificate = try IssuedCertificate.make(
            names: ["router.lan", "192.168.88.1", "fe80::1"],
            signedBy: authority
        )
        let client = TLSClient(roots: .pem(authority.certificatePEM))
        var wire = try TLSWire.make(.host(host), certificate, by: client)
        wire.run()
        #expect(wire.clientError?.code == expected)
        #expect(wire.client.isEstablished == (expected == nil))
        if expected != nil { #expect(wire.serverError?.code == .refusedByPeer) }
    }

    @Test("a common name is no host name")
    func commonName() throws {
        let authority = try IssuedCertificate.make(names: ["authority"], isAuthority: true)
        let certificate = try IssuedCertificate.make(
            names: ["router.lan"],
            hasAlternativeNames: false,
            signedBy: authority
        )
        let client = TLSClient(roots: .pem(authority.certificatePEM))
        var wire = try TLSWire.make(.host("router.lan"), certificate, by: client)
        wire.run()
        #expect(wire.clientError?.code == .wrongHost)
        #expect(!wire.client.isEstablished)
    }

    enum Flaw: CaseIterable { case expired, notYetValid, unknownAuthority, selfSigned }

    @Test("what is wrong with a certificate has a name of its own", arguments: Flaw.allCases)
    func flaws(flaw: Flaw) throws {
        let authority = try IssuedCertificate.make(names: ["authority"], isAuthority: true)
        let stranger = try IssuedCertificate.make(names: ["stranger"], isAuthority: true)
        let (certificate, code): (IssuedCertificate, TLSError.Code) =
            switch flaw {
            case .expired:
                (try .make(names: ["r.lan"], validity: -20_000 ... -10_000, signedBy: authority), .expired)
            case .notYetValid:
                (try .make(names: ["r.lan"], validity: 10_000...20_000, signedBy: authority), .notYetValid)
            case .unknownAuthority: (try .make(names: ["r.lan"], signedBy: stranger), .unknownAuthority)
            case .selfSigned: (try .make(names: ["r.lan"]), .selfSigned)
            }
        let client = TLSClient(roots: .pem(authority.certificatePEM))
        var wire = try TLSWire.make(.host("r.lan"), certificate, by: client)
        wire.run()
        #expect(wire.clientError?.code == code)
        #expect(!wire.client.isEstablished)
    }

    @Test("nobody is asked to trust what the system does not know")
    func systemRoots() throws {
        var wire = try TLSWire.make(.host("router.lan"), try .make(names: ["router.lan"]))
        wire.run()
        #expect(wire.clientError?.code == .selfSigned)
    }

    @Test("anonymous and certified never meet, whichever end is which")
    func modesDoNotMix() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        var anonymousClient = try TLSWire.make(.anonymous, certificate)
        anonymousClient.run()
        #expect(anonymousClient.clientError?.code == .noCommonCipher)
        #expect(anonymousClient.serverError?.code == .noCommonCipher)
        for identity in [.pin(certificate.sha256), .host("router.lan"), .unverified] as [TLSIdentity] {
            var anonymousServer = try TLSWire.make(identity, nil)
            anonymousServer.run()
            #expect(anonymousServer.clientError?.code == .noCommonCipher)
            #expect(anonymousServer.serverError?.code == .noCommonCipher)
        }
    }

    @Test(
        "a peer that speaks something else is told apart at once",
        arguments: [
            ("HTTP/1.1 400 Bad Request\r\n", "HTTP"), ("\u{5}!done\0", "plain RouterOS API"),
            ("SSH-2.0-x\r\n", "byte is 83"),
        ]
    )
    func notTLS(greeting: String, hint: String) throws {
        let client = try TLSEnd(TLSClient().session(expecting: .anonymous, at: "r"))
        try client.start()
        do throws(TLSError) {
            try client.receive(Array(greeting.utf8))
            Issue.record("accepted")
        } catch {
            #expect(error.code == .notTLS && error.reason.contains(hint))
        }
    }

    @Test("nothing older than TLS 1.2 is spoken")
    func oldVersions() throws {
        // What a server that knows TLS 1.1 at most answers: its hello.
        let hello: [UInt8] =
            [0x16, 0x03, 0x02, 0x00, 0x2A, 0x02, 0x00, 0x00, 0x26, 0x03, 0x02] + Array(repeating: 7, count: 32)
            + [0x00, 0xC0, 0x13, 0x00]
        let client = try TLSEnd(TLSClient().session(expecting: .pin([]), at: "r"))
        try client.start()
        #expect(Self.code { () throws(TLSError) in try client.receive(hello) } == .noCommonVersion)
        // And the alert of one that knows no better than 1.0.
        let second = try TLSEnd(TLSClient().session(expecting: .pin([]), at: "r"))
        try second.start()
        #expect(
            Self.code { () throws(TLSError) in try second.receive([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 70]) }
                == .noCommonVersion
        )
    }

    @Test("a certificate shows what it says, without what steers a terminal")
    func certificates() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan", "10.0.0.1"])
        var wire = try TLSWire.make(.unverified, certificate)
        wire.run()
        let shown = try #require(wire.client.certificate)
        #expect(shown.sha256 == certificate.sha256)
        #expect(shown.subject == "CN = router.lan")
        #expect(shown.names == ["DNS:router.lan", "IP Address:10.0.0.1"])
        #expect(shown.notBefore.hasSuffix("Z") && shown.notAfter > shown.notBefore)
    }

    @Test("unusable certificates and keys are refused with a reason")
    func configuration() throws {
        let one = try IssuedCertificate.make(names: ["a"])
        let two = try IssuedCertificate.make(names: ["b"])
        for (certificate, key) in [
            ("", one.keyPEM), (one.certificatePEM, ""), (one.certificatePEM, two.keyPEM), ("nonsense", "nonsense"),
            (one.certificatePEM + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", one.keyPEM),
        ] {
            #expect(
                Self.code { () throws(TLSError) in _ = try TLSServer(certificatePEM: certificate, keyPEM: key) }
                    == .configuration
            )
        }
        #expect(
            Self.code { () throws(TLSError) in _ = try IssuedCertificate.make(names: ["a,email:x"]) } == .configuration
        )
        #expect(!"\(one)".contains("KEY"))
    }

    static func code(_ body: () throws(TLSError) -> Void) -> TLSError.Code? {
        do throws(TLSError) {
            try body()
            return nil
        } catch {
            return error.code
        }
    }
}
