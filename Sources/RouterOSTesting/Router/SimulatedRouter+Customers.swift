/// Customers that come and go by themselves.
struct Customers: Sendable {
    enum Event: Sendable {
        case arrival(generation: Int)
        case departure(row: WireText, user: WireText)
    }

    /// The mean time between two of them.
    var interval: Duration = .zero
    /// How long each stays, on average.
    var stay: Duration = .zero
    /// Nobody comes any more whose generation is another.
    var generation = 0
    var random: SeededRandom

    /// A time from half of a mean to half as long again.
    mutating func about(_ mean: Duration) -> Duration {
        let nanoseconds = mean.nanoseconds
        return .nanoseconds(Int64.random(in: nanoseconds / 2...nanoseconds + nanoseconds / 2, using: &random))
    }
}

extension SimulatedRouter {
    private static let activeMenu = "/ip/hotspot/active"

    /// Lets customers come from now on; none, when there is no time between them.
    mutating func bringCustomers(every interval: Duration, staying stay: Duration) {
        customers.generation += 1
        (customers.interval, customers.stay) = (interval.faultSpan, stay.faultSpan)
        awaitCustomer()
    }

    private mutating func awaitCustomer() {
        guard customers.interval > .zero else { return }
        // Never two at one instant, or time would stand still.
        let wait = max(.milliseconds(1), customers.about(customers.interval))
        agenda.enter(.customer(.arrival(generation: customers.generation)), at: now + wait)
    }

    mutating func carryOut(_ event: Customers.Event) {
        switch event {
        case .arrival(let generation):
            guard generation == customers.generation else { return }
            if !isDown { customerArrives() }
            awaitCustomer()
        case .departure(let row, let user):
            guard sessionRows().contains(where: { $0[".id"] == row && $0["user"] == user }) else { return }
            _ = try? execute(Request(Self.activeMenu + "/remove", [(".id", row)]))
        }
    }

    private mutating func customerArrives() {
        let online = sessionRows()
        let users = Set(online.compactMap { $0["user"] })
        let path = "/ip/hotspot/user"
        let ids = (tables[path]?.rows ?? []).map(\.id).filter { id in
            guard let name = value("name", of: id, in: path) else { return false }
            return value("disabled", of: id, in: path) != "true" && !users.contains(name)
        }
        guard let id = ids.randomElement(using: &customers.random), let user = value("name", of: id, in: path),
            let address = freeAddress(Set(online.compactMap { $0["address"] }))
        else { return }
        let attributes = [
            ("user", user), ("password", value("password", of: id, in: path) ?? ""), ("ip", address),
        ].map { (name: $0.0, value: $0.1) }
        // Somebody whose voucher is used up is turned away.
        guard (try? execute(Request(Self.activeMenu + "/login", attributes))) != nil,
            let row = sessionRows().first(where: { $0["address"] == address })?[".id"]
        else { return }
        agenda.enter(.customer(.departure(row: row, user: user)), at: now + customers.about(customers.stay))
    }

    private mutating func sessionRows() -> [[String: WireText]] {
        let rows = (try? execute(Request(Self.activeMenu + "/print")))?.rows ?? []
        return rows.map { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) }
    }

    /// The first address of the hotspot's network that nobody has.
    private func freeAddress(_ taken: Set<WireText>) -> WireText? {
        let first: UInt32 = 10 << 24 | 5 << 16 | 50 << 8 | 2
        return (0..<16_000).lazy.map { ValueKind.addressText(first + $0) }.first { !taken.contains($0) }
    }
}
