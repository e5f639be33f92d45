import Testing

@testable import OpenSSLSupport

@Suite("TLS and peers that lie")
struct TLSGarbageTests {
    /// What happens to the bytes of the peer on their way.
    enum Damage: CaseIterable { case flip, cut, insert, `repeat`, replace }

    @Test(
        "whatever happens to the bytes, at whatever step, there is an error or nothing, and never false trust",
        arguments: Damage.allCases
    )
    func damaged(damage: Damage) throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let servers = [try TLSWire.server(certificate), try TLSWire.server(nil)]
        var random = Seeded(seed: 0x5EED)
        for round in 0..<120 {
            let isAnonymous = round % 4 == 3
            // Every second connection but the first is one that resumes.
            let client = TLSClient(sessionCapacity: round % 2)
            let identity = isAnonymous ? TLSIdentity.anonymous : .pin(certificate.sha256)
            let server = servers[isAnonymous ? 1 : 0]
            if round % 2 == 1 {
                var first = try TLSWire(client.session(expecting: identity, at: "r"), server.session())
                first.run()
            }
            let near = try TLSEnd(client.session(expecting: identity, at: "r"))
            let far = try TLSEnd(server.session())
            try near.send(Array("secret".utf8))
            try near.start()
            let victim = Int.random(in: 0..<6, using: &random)
            var failures = 0
            for step in 0..<6 {
                var bytes = near.takeOutgoing()
                if step == victim, round % 3 == 0 { bytes = Self.damage(bytes, damage, &random) }
                do throws(TLSError) { try far.receive(bytes) } catch { failures += 1 }
                if step == 3 { _ = try? far.send(Array("answer".utf8)) }
                bytes = far.takeOutgoing()
                if step == victim { bytes = Self.damage(bytes, damage, &random) }
                do throws(TLSError) { try near.receive(bytes) } catch { failures += 1 }
            }
            let heard = near.takePlaintext()
            #expect(heard.isEmpty || heard == Array("answer".utf8))
            let understood = far.takePlaintext()
            #expect(understood.isEmpty || understood == Array("secret".utf8))
            if near.isEstablished {
                #expect(near.information?.certificateSHA256 == (isAnonymous ? nil : certificate.sha256))
            }
        }
    }

    @Test("pure noise is refused")
    func noise() throws {
        let certificate = try IssuedCertificate.make(names: ["router.lan"])
        let server = try TLSWire.server(certificate)
        let client = TLSClient()
        var random = Seeded(seed: 7)
        for round in 0..<2_000 {
            var bytes = (0..<Int.random(in: 0..<600, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            // Most of it begins as a record does, to come further than the first look.
            if round % 4 != 0, bytes.count > 8 {
                bytes.replaceSubrange(
                    0..<5,
                    with: [round % 3 == 0 ? 0x15 : 0x16, 3, 3, 0, UInt8(min(bytes.count - 5, 255))]
                )
                if round % 5 == 0 { bytes[5] = 2 }
            }
            let near = try TLSEnd(client.session(expecting: .pin(certificate.sha256), at: "r"))
            try near.start()
            try? near.receive(bytes)
            try? near.receive(bytes)
            #expect(!near.isEstablished)
            let far = try TLSEnd(server.session())
            try? far.receive(bytes)
            #expect(!far.isEstablished)
        }
    }

    private static func damage(_ bytes: [UInt8], _ damage: Damage, _ random: inout Seeded) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        var bytes = bytes
        let place = Int.random(in: bytes.indices, using: &random)
        switch damage {
        case .flip: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case .cut: bytes.removeSubrange(place...)
        case .insert: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case .repeat: bytes += bytes[place...]
        case .replace: for index in place..<bytes.count { bytes[index] = UInt8.random(in: 0...255, using: &random) }
        }
        return bytes
    }

    /// The generator of SplitMix64.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
