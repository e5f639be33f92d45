import BillingDomain
import BillingServices

extension UseCase {
    /// What people do about each other, about programs and about places.
    static let staff: [UseCase] = [
        UseCase("StaffService.list(includingDisabled:)", "list staff", [.manageStaff], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.staff.list()
        },
        UseCase("StaffService.person(_:)", "see a person", [.manageStaff], given: colleague) { session, _, _, person in
            _ = try await session.staff.person(person.id)
        },
        UseCase("StaffService.add(_:key:)", "add a person", [.manageStaff], namesThings: false, replacesSecret: true) {
            session,
            _,
            _ in
            _ = try await session.staff.add(StaffDraft(username: "new", role: .cashier), key: .call)
        },
        UseCase("StaffService.update(_:_:)", "change a person", [.manageStaff], given: colleague) {
            session,
            _,
            _,
            person in
            _ = try await session.staff.update(person.id, StaffDraft(username: "other", role: .cashier))
        },
        UseCase("StaffService.assign(_:to:)", "assign a person", [.assignStaff], given: colleague) {
            session,
            shop,
            _,
            person in
            _ = try await session.staff.assign(person.id, to: StaffAssignment(routers: [shop.router.id]))
        },
        UseCase("StaffService.disable(_:)", "disable a person", [.manageStaff], given: colleague) {
            session,
            _,
            _,
            person in
            _ = try await session.staff.disable(person.id)
        },
        UseCase("StaffService.enable(_:)", "enable a person", [.manageStaff]) { shop, _ in
            try await shop.owner.staff.disable(shop.colleague("gone").id)
        } run: { session, _, _, person in
            _ = try await session.staff.enable(person.id)
        },
        UseCase("StaffService.resetPassword(_:)", "reset a password", [.manageStaff], given: colleague) {
            session,
            _,
            _,
            person in
            _ = try await session.staff.resetPassword(person.id)
        },
        UseCase("StaffService.removeSecondFactor(_:)", "remove a second factor", [.manageStaff]) { shop, _ in
            let person = try await shop.person(.cashier, "lost")
            _ = try await person.session.account.enrolSecondFactor(password: Shop.Person.password)
            return person.id
        } run: { session, _, _, person in
            try await session.staff.removeSecondFactor(person)
        },
        UseCase("StaffService.sessions(of:)", "see another's sessions", [.manageSignIns], given: colleague) {
            session,
            _,
            _,
            person in
            _ = try await session.staff.sessions(of: person.id)
        },
        UseCase("StaffService.endSessions(of:)", "end another's sessions", [.manageSignIns]) { shop, _ in
            try await shop.person(.cashier, "left").id
        } run: { session, _, _, person in
            try await session.staff.endSessions(of: person)
        },
        UseCase("StaffService.attempts(_:)", "see tries to sign in", [.manageSignIns], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.staff.attempts()
        },
        UseCase("RoleService.list(includingArchived:)", "list roles", [.manageStaff], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.roles.list()
        },
        UseCase("RoleService.define(_:_:)", "define a role", [.manageRoles], namesThings: false) { session, _, _ in
            _ = try await session.roles.define("Printer", [.viewVouchers])
        },
        UseCase("RoleService.update(_:name:_:)", "change a role", [.manageRoles], given: role) { session, _, _, role in
            _ = try await session.roles.update(role.id, name: "Typist", [.viewVouchers, .viewPackages])
        },
        UseCase("RoleService.archive(_:)", "archive a role", [.manageRoles], given: role) { session, _, _, role in
            try await session.roles.archive(role.id)
        },
        UseCase("TokenService.list()", "list tokens", [.manageTokens], namesThings: false) { session, _, _ in
            _ = try await session.tokens.list()
        },
        UseCase(
            "TokenService.create(_:key:)",
            "create a token",
            [.manageTokens],
            namesThings: false,
            replacesSecret: true
        ) { session, _, _ in
            _ = try await session.tokens.create(TokenDraft(name: "till", role: .cashier), key: .call)
        },
        UseCase("TokenService.revoke(_:)", "revoke a token", [.manageTokens]) { shop, _ in
            try await shop.owner.tokens.create(TokenDraft(name: "till", role: .cashier), key: .new()).token
        } run: { session, _, _, token in
            try await session.tokens.revoke(token.id)
        },
        UseCase("SiteService.list(includingArchived:)", "list sites", [.viewRouters], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.sites.list()
        },
        UseCase("SiteService.site(_:)", "see a site", [.viewRouters], given: site) { session, _, _, site in
            _ = try await session.sites.site(site.id)
        },
        UseCase("SiteService.router(of:)", "find the router of a site", [.viewRouters]) { shop, batch in
            let site = try await site(shop, batch)
            _ = try await shop.owner.sites.place(shop.router.id, at: site.id)
            return site
        } run: { session, _, _, site in
            _ = try await session.sites.router(of: site.id)
        },
        UseCase("SiteService.add(_:)", "add a site", [.manageSites], namesThings: false) { session, _, _ in
            _ = try await session.sites.add(SiteDraft(name: "Beach"))
        },
        UseCase("SiteService.update(_:_:)", "change a site", [.manageSites], given: site) { session, _, _, site in
            _ = try await session.sites.update(site.id, SiteDraft(name: "Hill top"))
        },
        UseCase("SiteService.archive(_:)", "archive a site", [.manageSites], given: site) { session, _, _, site in
            _ = try await session.sites.archive(site.id)
        },
        UseCase("SiteService.restore(_:)", "restore a site", [.manageSites]) { shop, batch in
            try await shop.owner.sites.archive(site(shop, batch).id)
        } run: { session, _, _, site in
            _ = try await session.sites.restore(site.id)
        },
        UseCase("SiteService.place(_:at:)", "put a router at a site", [.manageSites], given: site) {
            session,
            shop,
            _,
            site in
            _ = try await session.sites.place(shop.router.id, at: site.id)
        },
    ]

    @Sendable private static func colleague(_ shop: Shop, _: GeneratedBatch) async throws -> Staff {
        try await shop.colleague("colleague-\(shop.random.word())")
    }

    @Sendable private static func role(_ shop: Shop, _: GeneratedBatch) async throws -> RoleDefinition {
        try await shop.owner.roles.define("Printer \(shop.random.word())", [.viewVouchers])
    }

    @Sendable private static func site(_ shop: Shop, _: GeneratedBatch) async throws -> Site {
        try await shop.owner.sites.add(SiteDraft(name: "Hill \(shop.random.word())"))
    }
}
