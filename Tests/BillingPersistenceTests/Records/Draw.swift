import BillingDomain
import TestSupport

/// Random values for the fields of a record.
struct Draw {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func id<Entity>() -> Identifier<Entity> { Identifier(high: generator.next(), low: generator.next()) }
    mutating func number() -> Int64 { Int64.random(in: .min ... .max, using: &generator) }
    mutating func count() -> Int { Int.random(in: 0...1_000_000, using: &generator) }
    mutating func flag() -> Bool { Bool.random(using: &generator) }
    mutating func at() -> Timestamp { Timestamp(microsecondsSince1970: number()) }
    mutating func span() -> Duration { .microseconds(Int64.random(in: 0...1 << 50, using: &generator)) }
    mutating func text() -> String { "é'\"\\ \(generator.next())" }
    mutating func bytes(_ count: Int = 32) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    mutating func maybe<Value>(_ make: (inout Draw) -> Value) -> Value? { flag() ? make(&self) : nil }
    mutating func currency() -> Currency { flag() ? .ugx : .kes }
    mutating func amount() -> Int64 { Int64.random(in: 1...1_000_000_000, using: &generator) }
    mutating func money() -> Money { Money(minorUnits: amount(), currency: currency()) }
    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }
    mutating func actor() -> BillingDomain.Actor {
        one(of: [.staff(id()), .token(id()), .system("clean-up")])
    }
    mutating func assignment() -> StaffAssignment {
        StaffAssignment(
            routers: Set((0..<Int.random(in: 0...3, using: &generator)).map { _ in id() }),
            sites: Set((0..<Int.random(in: 0...3, using: &generator)).map { _ in id() })
        )
    }
    mutating func permissions() -> Set<Permission> { Set(Permission.allCases.filter { _ in flag() }) }
    mutating func location() -> RouterLocation? {
        guard flag() else { return nil }
        var location = RouterLocation(region: text(), district: text())
        if flag() { location.coordinates = try? .init(latitude: Double(count() % 90), longitude: -1.5) }
        return location
    }
    mutating func earner() -> CommissionEarner { flag() ? .staff(id()) : .agent(id()) }
    mutating func subject() -> SessionSubject { flag() ? .voucher(id()) : .service(id()) }
    mutating func day() -> LocalDate { LocalDate(daysSince1970: Int64.random(in: 0...40_000, using: &generator)) }
}
