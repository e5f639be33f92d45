import BillingDomain
import TestSupport
import Testing

@Suite("A customer")
struct CustomerTests {
    static func customer(in status: CustomerStatus = .pending, name: String = "Amina", locale: String? = nil) throws
        -> Customer
    {
        try Customer(
            id: Samples.id(1),
            tenant: Samples.id(1),
            number: "C-00042",
            name: name,
            contacts: [
                try ContactPoint(.phone, "+256 700-123 456"), try ContactPoint(.email, "a@example.org"),
                try ContactPoint(.phone, "+256 700 999999", isPreferred: true),
            ],
            locale: locale,
            status: status,
            statusBeforeDisabling: status == .disabled ? .suspended : nil,
            createdAt: Samples.start
        )
    }

    enum Move: String, CaseIterable {
        case activate
        case suspend
        case expire
        case disable
        case enable
        case close
        case erase
    }

    @Test(arguments: CustomerStatus.allCases, Move.allCases)
    func everyMoveFromEveryStatusIsAsTheTableSays(status: CustomerStatus, move: Move) throws {
        let before = try Self.customer(in: status)
        var customer = before
        let isOut = status == .disabled || status == .closed
        let expected: CustomerStatus? =
            switch move {
            case .activate: isOut ? nil : .active
            case .suspend: isOut || status == .pending ? nil : .suspended
            case .expire: isOut || status == .pending ? nil : .expired
            case .disable: isOut ? nil : .disabled
            case .enable: status == .disabled ? .suspended : nil
            case .close: status == .closed ? nil : .closed
            case .erase: status == .closed ? .closed : nil
            }
        do {
            switch move {
            case .activate: try customer.activate()
            case .suspend: try customer.suspend()
            case .expire: try customer.expire()
            case .disable: try customer.disable()
            case .enable: try customer.enable()
            case .close: try customer.close(at: Samples.start)
            case .erase: try customer.erase(at: Samples.start)
            }
            #expect(customer.status == expected)
            #expect(customer.statusBeforeDisabling == (expected == .disabled ? status : nil))
            #expect(customer.closedAt == (move == .close ? Samples.start : nil))
            #expect(customer.erasedAt == (move == .erase ? Samples.start : nil))
        } catch {
            #expect(expected == nil, "\(error)")
            #expect(error.code == .illegalMove)
            #expect(customer == before)
        }
    }

    @Test func thePreferredContactIsTriedFirst() throws {
        let customer = try Self.customer()
        #expect(customer.contact(.phone)?.value == "+256700999999")
        #expect(customer.contact(.email)?.value == "a@example.org")
        #expect(customer.contact(.whatsApp) == nil)
    }

    @Test(arguments: [
        (ContactPoint.Kind.phone, "0700123456"), (.phone, "+0700123456"), (.phone, "+25670"),
        (.phone, "+2567001234567890"),
        (.whatsApp, "+256 7oo 123456"), (.email, "a"), (.email, "a@b"), (.email, "a@b@c.d"), (.email, "@b.c"),
        (.email, "a b@c.d"), (.email, "a@.c"), (.address, ""),
    ])
    func aContactThatReachesNobodyIsRefused(kind: ContactPoint.Kind, value: String) {
        let error = #expect(throws: DomainError.self) { try ContactPoint(kind, value) }
        #expect(error?.field == kind.rawValue)
    }

    @Test func namesAndLocalesHaveMeaning() throws {
        for name in ["", "a\nb", String(repeating: "x", count: 201)] {
            #expect(throws: DomainError.self) { try Self.customer(name: name) }
        }
        for locale in ["", "e", "en_UG", "en UG"] {
            #expect(throws: DomainError.self) { try Self.customer(locale: locale) }
        }
        #expect(try Self.customer(locale: "en-UG").locale == "en-UG")
    }

    @Test func everyStateHasOneWordInEveryVocabulary() {
        #expect(
            CustomerStatus.allCases.map { CustomerWord($0).rawValue } == [
                "Pending", "Active", "Expired", "Expired", "Disabled", "Disabled",
            ]
        )
        #expect(CustomerWord.allCases.flatMap(\.statuses).count == CustomerStatus.allCases.count)
        #expect(CustomerStatus.allCases.filter { SubscriberWord($0) == .active } == [.active])
        #expect(SubscriptionState.allCases.filter { SubscriberWord($0) == .active } == [.active, .grace])
        #expect(ServiceWord(.suspended, cause: .byHand) == .disabled)
        #expect(ServiceWord(.suspended, cause: .unpaid) == .expired)
        #expect(SubscriptionState.allCases.filter { ServiceWord($0) == .active } == [.active, .grace])
    }
}
