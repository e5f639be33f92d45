import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

/// More than may be changed without asking: what is asked, and what an answer does.
@Suite("Mass changes")
struct MassChangeTests {
    /// A shop of a hundred vouchers, some of which somebody has moved to another profile.
    private func opened(moved: Int) async throws -> (shop: Shop, codes: [String]) {
        let shop = try await Shop()
        let codes = try await shop.generate(100)
        await shop.provisioner.provisionOnce()
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "fast"])
        try shop.move(codes.prefix(moved))
        return (shop, codes)
    }

    @Test("a question is written into the log once, however often it is asked, and can be read")
    func asked() async throws {
        let (shop, _) = try await opened(moved: 31)
        #expect(try await shop.session.routers.question(shop.router.id) == nil)
        let asked = shop.now
        for _ in 0..<3 {
            await shop.syncAndProvision()
            shop.advance(by: .seconds(300))
        }
        let question = try #require(try await shop.session.routers.question(shop.router.id))
        #expect(question.changes == 31 && question.askedAt == asked)
        #expect(question.text.contains("takes 31 changes"))
        #expect(try await shop.events("router.question") == 1)
        #expect(shop.moved == 31)
    }

    @Test("who agrees has the changes made by the next reading, once")
    func agreed() async throws {
        let (shop, codes) = try await opened(moved: 31)
        await shop.syncAndProvision()
        try await shop.session.routers.approveChanges(shop.router.id, upTo: 31)
        await shop.syncAndProvision()
        #expect(shop.moved == 0)
        #expect(try await shop.session.routers.question(shop.router.id) == nil)
        #expect(try await shop.session.routers.router(shop.router.id).statusDetail == nil)
        #expect(try await shop.events("router.answer") == 1)
        // The answer is used up: as much again is asked again.
        try shop.move(codes.prefix(31))
        await shop.syncAndProvision()
        #expect(shop.moved == 31)
        #expect(try await shop.session.routers.question(shop.router.id)?.approvedAt == nil)
        #expect(try await shop.events("router.question") == 2)
    }

    @Test("who agreed to fewer changes than it takes by now has agreed to none of them, and may have meant them later")
    func tooFew() async throws {
        let (shop, codes) = try await opened(moved: 31)
        await shop.syncAndProvision()
        try await shop.session.routers.approveChanges(shop.router.id, upTo: 31)
        try shop.move(codes[31..<33])
        await shop.syncAndProvision()
        #expect(shop.moved == 33)
        let question = try #require(try await shop.session.routers.question(shop.router.id))
        #expect(question.changes == 33 && question.approvedChanges == 31)
        try shop.move(codes[31..<33], to: "default")
        await shop.syncAndProvision()
        #expect(shop.moved == 0)
    }

    @Test("an answer holds for an hour", arguments: [3_599, 3_600] as [Int64])
    func expires(age: Int64) async throws {
        let (shop, _) = try await opened(moved: 31)
        await shop.syncAndProvision()
        try await shop.session.routers.approveChanges(shop.router.id, upTo: 100)
        shop.advance(by: .seconds(age))
        await shop.syncAndProvision()
        #expect(shop.moved == (age < 3_600 ? 0 : 31))
        #expect(try await shop.session.routers.question(shop.router.id)?.isOpen == (age < 3_600 ? nil : true))
    }

    @Test("a question goes when nothing is left to be asked, and the answer to it as well")
    func withdrawn() async throws {
        let (shop, codes) = try await opened(moved: 31)
        await shop.syncAndProvision()
        try await shop.session.routers.approveChanges(shop.router.id, upTo: 31)
        try shop.move(codes.prefix(31), to: "default")
        await shop.syncAndProvision()
        #expect(try await shop.session.routers.question(shop.router.id) == nil)
        try shop.move(codes.prefix(31))
        await shop.syncAndProvision()
        #expect(shop.moved == 31)
    }

    @Test("nobody agrees to what is not asked, nor to nothing")
    func nothingAsked() async throws {
        let (shop, _) = try await opened(moved: 31)
        await #expect(throws: BillingError.self) {
            try await shop.session.routers.approveChanges(shop.router.id, upTo: 31)
        }
        await shop.syncAndProvision()
        await #expect(throws: BillingError.self) {
            try await shop.session.routers.approveChanges(shop.router.id, upTo: 0)
        }
        let trail = try await shop.session.audit.entries().items
        #expect(!trail.contains { $0.action == "router.approve-changes" })
    }
}

extension Shop {
    fileprivate func syncAndProvision() async {
        await provisioner.syncOnce()
        await provisioner.provisionOnce()
    }

    fileprivate func move(_ codes: some Sequence<String>, to profile: String = "fast") throws {
        for code in codes { try simulator.run("/ip/hotspot/user/set", [".id": code, "profile": profile]) }
    }

    fileprivate var moved: Int { simulator.rows(HotspotUser.self).count { $0.profile == "fast" } }

    fileprivate func events(_ operation: String) async throws -> Int {
        try await session.audit.routerEvents(router: router.id).items.count { $0.operation == operation }
    }
}
