import BillingDomain
import BillingServices
import RouterOSProtocol
import Testing

@testable import BillingProvisioning

@Suite("Rows of customers' accounts")
struct ServiceRowTests {
    /// What an account may want.
    enum Wanted: CaseIterable { case enabled, unpaid, disabled, deleted }

    /// What a router may show under its name.
    enum Found: CaseIterable { case nothing, right, drifted, foreign, ofAnother, voucher }

    @Test(
        "a secret gets the one right step for every wish and every finding",
        arguments: Wanted.allCases,
        Found.allCases
    )
    func secret(wanted: Wanted, found: Found) throws {
        try check(wanted, found, PPPSecret.self, drift: ["profile"]) {
            $0.profile = "theirs"
        } comment: {
            $0.comment = $1
        } id: {
            $0.id = $1
        }
    }

    @Test("a user gets the one right step for every wish and every finding", arguments: Wanted.allCases, Found.allCases)
    func user(wanted: Wanted, found: Found) throws {
        try check(wanted, found, HotspotUser.self, drift: ["profile"]) {
            $0.profile = "theirs"
        } comment: {
            $0.comment = $1
        } id: {
            $0.id = $1
        }
    }

    private func check<Row: CustomerRow>(
        _ wanted: Wanted,
        _ found: Found,
        _: Row.Type,
        drift: [String],
        _ change: (inout Row) -> Void,
        comment: (inout Row, String) -> Void,
        id: (inout Row, ItemID) -> Void
    ) throws {
        let entry = try entry(wanted, Row.kind)
        let right = Row(entry, .standard)
        var row = right
        id(&row, ItemID("*1"))
        switch found {
        case .nothing, .right: break
        case .drifted: change(&row)
        case .foreign: comment(&row, "a friend")
        case .ofAnother: comment(&row, "PPPOE_SYSTEM|C-9|\(Self.id(9) as Identifier<ServiceAccount>)|")
        case .voucher: comment(&row, "VOUCHER_SYSTEM|1||")
        }
        let plan = ConvergencePlan([entry], observed: found == .nothing ? [] : [row], .standard)
        let step = try #require(plan.steps.first?.step)
        switch (wanted, found) {
        case (.deleted, .nothing): #expect(step == .none)
        case (.deleted, .ofAnother), (.deleted, .voucher): #expect(step == .inherited)
        case (.deleted, .right), (.deleted, .drifted): #expect(step == .remove([ItemID("*1")]))
        case (_, .nothing): #expect(step == .add(right))
        case (_, .right): #expect(step == .none)
        case (_, .drifted): #expect(step == .set([ItemID("*1")], right, drift))
        case (_, .ofAnother): #expect(step == .set([ItemID("*1")], right, ["comment"]))
        case (_, .foreign), (_, .voucher):
            guard case .blocked(let reason) = step else {
                Issue.record("\(step)")
                return
            }
            #expect(reason.contains("ann"))
        }
    }

    @Test("an account that is not paid keeps its address in the record and off the row, in the profile of those")
    func unpaid() throws {
        let secret = PPPSecret(try entry(.unpaid, .pppoe), .standard)
        #expect((secret.profile, secret.remoteAddress, secret.disabled) == ("unpaid", "", false))
        let own = PPPSecret(try entry(.enabled, .pppoe), .standard)
        #expect((own.profile, own.remoteAddress, own.callerID) == ("home", "10.1.1.7", ""))
    }

    @Test("rows of one name on several servers are all brought into line, and all taken away")
    func severalServers() throws {
        let entry = try entry(.disabled, .hotspot)
        let rows = ["*1", "*2", "*3"].map { id in
            var row = HotspotUser(entry, .standard)
            row.id = ItemID(id)
            if id != "*2" { row.disabled = false }
            if id == "*3" { row.comment = "a friend" }
            return row
        }
        let plan = ConvergencePlan([entry], observed: rows, .standard)
        let ids = [ItemID("*1"), ItemID("*2")]
        #expect(plan.steps.first?.step == .set(ids, HotspotUser(entry, .standard), ["disabled"]))
        let gone = ConvergencePlan([try self.entry(.deleted, .hotspot)], observed: rows, .standard)
        #expect(gone.steps.first?.step == .remove(ids))
    }

    @Test(
        "of two accounts of one name the one that is there gets the row; a voucher of that name changes nothing of it"
    )
    func oneName() throws {
        let (gone, heir) = (try entry(.deleted, .hotspot), try entry(.enabled, .hotspot, number: 5))
        var row = HotspotUser(gone, .standard)
        row.id = ItemID("*1")
        let steps = ConvergencePlan([gone, heir], observed: [row], .standard).steps.map(\.step)
        #expect(steps.first == .inherited)
        #expect(steps.last == .set([ItemID("*1")], HotspotUser(heir, .standard), ["comment"]))
        let now = Timestamp(secondsSince1970: 1_600_000_000)
        let voucher = Voucher(
            id: Self.id(6),
            tenant: Self.id(2),
            batch: Self.id(7),
            code: "ann",
            router: Self.id(4),
            terms: try VoucherTerms(price: .zero(.usd)),
            createdAt: now
        )
        let others = ConvergencePlan([gone, .voucher(voucher)], observed: [row], .standard).steps.map(\.step)
        #expect(others.first == .remove([ItemID("*1")]))
    }

    @Test("a password that the router hides is written while it is not confirmed, and is no drift otherwise")
    func hiddenPassword() throws {
        let pending = try entry(.enabled, .pppoe)
        var row = PPPSecret(pending, .standard)
        row.id = ItemID("*1")
        row.password = nil
        func step(_ entry: RouterEntry, _ writes: Bool) -> ConvergencePlan<PPPSecret>.Step? {
            ConvergencePlan([entry], observed: [row], .standard, writesHiddenPasswords: writes).steps.first?.step
        }
        #expect(step(pending, true) == .set([ItemID("*1")], PPPSecret(pending, .standard), ["password"]))
        #expect(step(pending, false) == ConvergencePlan<PPPSecret>.Step.none)
        let confirmed = try entry(.enabled, .pppoe, confirmed: true)
        #expect(step(confirmed, true) == ConvergencePlan<PPPSecret>.Step.none)
    }

    @Test("the comment says whose it is and until when it is paid, and is read back as it was written")
    func comment() throws {
        guard case .service(let service) = try entry(.enabled, .pppoe) else { return }
        let comment = SubscriberComment(service, RouterMarkers(subscriber: "LAKE"))
        #expect(comment.description == "LAKE|C-00001|\(service.account.id)|1700000000")
        #expect(SubscriberComment(comment.description, RouterMarkers(subscriber: "LAKE")) == comment)
        #expect(SubscriberComment(comment.description) == nil)
        let standard = SubscriberComment(service).description
        #expect(SubscriberComment(standard, RouterMarkers(subscriber: "LAKE"))?.service == service.account.id)
    }

    @Test(
        "what is written otherwise was not written by us",
        arguments: ["", "PPPOE_SYSTEM", "PPPOE_SYSTEM|1|2|", "PPPOE_SYSTEM|C|%|x", "PPPOE_SYSTEM|C|%|1|", "x|C|%|"]
    )
    func strange(text: String) {
        let id = "\(Self.id(1) as Identifier<ServiceAccount>)"
        #expect(SubscriberComment("PPPOE_SYSTEM|C|\(id)|") != nil)
        #expect(SubscriberComment(String(text.flatMap { $0 == "%" ? Array(id) : [$0] })) == nil)
    }

    private func entry(
        _ wanted: Wanted,
        _ kind: ServiceKind,
        number: UInt8 = 1,
        confirmed: Bool = false
    ) throws -> RouterEntry {
        let now = Timestamp(secondsSince1970: 1_600_000_000)
        var account = try ServiceAccount(
            id: Self.id(number),
            tenant: Self.id(2),
            customer: Self.id(3),
            kind: kind,
            router: Self.id(4),
            username: "ann",
            sealedPassword: [1],
            routerProfile: "home",
            staticAddress: "10.1.1.7",
            createdAt: now
        )
        switch wanted {
        case .enabled: break
        case .unpaid: try account.setUnpaidProfile("unpaid")
        case .disabled: try account.disable()
        case .deleted: try account.delete(at: now)
        }
        if confirmed { try account.markPresent() }
        return .service(
            ServiceEntry(
                account: account,
                customerNumber: "C-00001",
                paidThrough: Timestamp(secondsSince1970: 1_700_000_000),
                password: "sesame"
            )
        )
    }

    private static func id<Entity>(_ number: UInt8) -> Identifier<Entity> {
        Identifier(timestamp: Timestamp(secondsSince1970: 1_600_000_000), random: [0, 0, 0, 0, 0, 0, 0, 0, 0, number])
    }
}
