import BillingDomain
import Foundation
import TestSupport
import Testing

@Suite("Identities")
struct IdentifierTests {
    @Test func aNewIdentityIsAVersionSevenUUID() throws {
        let instant = Timestamp(microsecondsSince1970: 0x0123_4567_89AB * 1000 + 999)
        let id = Identifier<Voucher>(timestamp: instant, random: [UInt8](repeating: 0xFF, count: 10))
        #expect(id.description == "01234567-89ab-7fff-bfff-ffffffffffff")
        let zero = Identifier<Voucher>(timestamp: instant, random: [UInt8](repeating: 0, count: 10))
        #expect(zero.description == "01234567-89ab-7000-8000-000000000000")
        #expect(UUID(uuidString: id.description) != nil)
    }

    @Test func allSeventyFourRandomBitsAreUsed() {
        var seen: Set<Identifier<Voucher>> = []
        for bit in 0..<80 {
            var random = [UInt8](repeating: 0, count: 10)
            random[bit / 8] = 0x80 >> UInt8(bit % 8)
            seen.insert(Identifier(timestamp: Samples.start, random: random))
        }
        #expect(seen.count == 75)
    }

    @Test func laterIdentitiesSortAfterEarlierOnes() {
        var generator = SplitMix64(seed: 3)
        var last: Identifier<Voucher>?
        var lastText = ""
        for millisecond in 0..<2000 {
            let random = (0..<10).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let id = Identifier<Voucher>(timestamp: Samples.start + .milliseconds(millisecond), random: random)
            if let last { #expect(last < id) }
            #expect(lastText < id.description)
            last = id
            lastText = id.description
        }
    }

    @Test func textIsReadInEitherCaseAndWrittenInLower() throws {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<500 {
            let id = Identifier<Router>(high: generator.next(), low: generator.next())
            #expect(Identifier<Router>(id.description) == id)
            #expect(Identifier<Router>(id.description.uppercased()) == id)
        }
    }

    @Test(arguments: [
        "", "01234567-89ab-7fff-bfff-fffffffffff", "01234567-89ab-7fff-bfff-ffffffffffff0",
        "0123456789ab7fffbfffffffffffffff", "01234567-89ab-7fff-bfffffffffffffff-",
        "g1234567-89ab-7fff-bfff-ffffffffffff",
        "01234567_89ab_7fff_bfff_ffffffffffff", "{01234567-89ab-7fff-bfff-ffffffffffff}",
    ])
    func anythingElseIsNil(text: String) {
        #expect(Identifier<Router>(text) == nil)
    }

    @Test func tooLittleRandomnessNeverTraps() {
        #expect(Identifier<Router>(timestamp: Samples.start, random: []).description.count == 36)
        #expect(Identifier<Router>(timestamp: Timestamp(microsecondsSince1970: .min), random: []).high == 0x7000)
    }
}
