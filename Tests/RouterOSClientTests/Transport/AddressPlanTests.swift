import Testing

@testable import RouterOSClient

@Suite("Address plan")
struct AddressPlanTests {
    private static let start = ContinuousClock.now
    private static let deadline = start + .seconds(12)

    private func addresses(_ count: Int) -> [SocketAddress] {
        (0..<count).compactMap { SocketAddress.numeric("127.0.0.\($0 + 1)", port: 1) }
    }

    @Test("each address has an equal share of the time, the last one what is left", arguments: [1, 2, 3, 4])
    func shares(count: Int) throws {
        var plan = AddressPlan(until: Self.deadline)
        plan.take(addresses(count))
        var now = Self.start
        for number in 1...count {
            let begun = try plan.begin(after: SocketError(110), now: now) { _ throws(TransportError) in number }
            #expect(begun.channel == number)
            #expect(begun.giveUp == (number == count ? nil : Self.start + .seconds(12) * number / count))
            now = begun.giveUp ?? now
        }
    }

    @Test("what an address leaves of its share is for the others")
    func leftOver() throws {
        var plan = AddressPlan(until: Self.deadline)
        plan.take(addresses(3))
        _ = try plan.begin(now: Self.start) { _ throws(TransportError) in }
        // Refused at once: two are left for all the time.
        let second = try plan.begin(after: SocketError(111), now: Self.start) { _ throws(TransportError) in }
        #expect(second.giveUp == Self.start + .seconds(6))
    }

    @Test("addresses that fail at once are passed over, and the last failure is the one that is told")
    func failures() throws {
        var plan = AddressPlan(until: Self.deadline)
        plan.take(addresses(3))
        var tried: Int32 = 0
        let error = #expect(throws: TransportError.self) {
            try plan.begin(after: SocketError(7), now: Self.start) { _ throws(TransportError) in
                tried += 1
                throw .socket(SocketError(tried))
            }
        }
        #expect(error == .socket(SocketError(3)))
        #expect(tried == 3)
        var none = AddressPlan(until: Self.deadline)
        #expect(throws: TransportError.socket(SocketError(7))) {
            try none.begin(after: SocketError(7), now: Self.start) { _ throws(TransportError) in }
        }
    }

    @Test("time that is over already is no negative share")
    func late() throws {
        var plan = AddressPlan(until: Self.deadline)
        plan.take(addresses(2))
        let now = Self.deadline + .seconds(1)
        #expect(try plan.begin(now: now) { _ throws(TransportError) in }.giveUp == now)
    }
}
