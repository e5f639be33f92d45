/// Customers that come and go by themselves.
struct Customers: Sendable {
    enum Event: Sendable, Hashable {
        case arrival
        /// Whoever is logged in at this address leaves.
        case departure(UInt32)
    }

    /// The mean time between two of them.
    var interval: Duration = .zero
    /// How long each stays, on average.
    var stay: Duration = .zero
    var random: SeededRandom

    /// A time from half of a mean to half as long again.
    mutating func about(_ mean: Duration) -> Duration {
        let nanoseconds = mean.nanoseconds
        return .nanoseconds(Int64.random(in: nanoseconds / 2...nanoseconds + nanoseconds / 2, using: &random))
    }
}

extension SimulatedRouter {
    private static let users = "/ip/hotspot/user"

    /// Lets customers come from now on; none, when there is no time between them.
    mutating func bringCustomers(every interval: Duration, staying stay: Duration) {
        (customers.interval, customers.stay) = (interval.faultSpan, stay.faultSpan)
        awaitCustomer()
    }

    private mutating func awaitCustomer() {
        guard customers.interval > .zero else { return agenda.remove(.customer(.arrival)) }
        // Never two at one instant, or time would stand still.
        let wait = max(.milliseconds(1), customers.about(customers.interval))
        agenda.enter(.customer(.arrival), at: now + wait)
    }

    mutating func carryOut(_ event: Customers.Event) {
        switch event {
        case .arrival:
            if !isDown { customerArrives() }
            awaitCustomer()
        case .departure(let address): endHotspotSession(address, cause: "user request")
        }
    }

    private mutating func customerArrives() {
        let ids = (tables[Self.users]?.rows ?? []).map(\.id).filter { id in
            guard let name = value("name", of: id, in: Self.users) else { return false }
            return value("disabled", of: id, in: Self.users) != "true" && hotspot.addresses(of: name).isEmpty
        }
        guard let id = ids.randomElement(using: &customers.random), let user = value("name", of: id, in: Self.users),
            let address = freeAddress
        else { return }
        let guest = HotspotGuest(address: address, macAddress: Self.macAddress(of: address))
        let password = value("password", of: id, in: Self.users) ?? ""
        do throws(Trap) {
            try letIn(guest, user: user, password: password, by: .httpPAP)
        } catch {
            // Somebody whose voucher is used up is turned away.
            return
        }
        guard hotspot[address] != nil else { return }
        agenda.enter(.customer(.departure(address)), at: now + customers.about(customers.stay))
    }

    /// The first address of the hotspot's network that nobody has.
    private var freeAddress: UInt32? {
        let first: UInt32 = 10 << 24 | 5 << 16 | 50 << 8 | 2
        return (0..<16_000).lazy.map { first + $0 }.first { hotspot[$0] == nil }
    }
}
