import BillingDomain
import BillingPersistence
import BillingServices

/// What people do about themselves and about each other.
extension UseCase {
    static let people: [UseCase] = [
        UseCase("AccountService.me()", "see oneself", [], namesThings: false, isForPeople: true) { session, _, _ in
            _ = try await session.account.me()
        },
        UseCase(
            "AccountService.update(displayName:email:phone:language:)",
            "change one's profile",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, _, _ in
            _ = try await session.account.update(displayName: "A", email: nil, phone: nil, language: nil)
        },
        UseCase(
            "AccountService.changePassword(_:to:)",
            "change one's password",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, shop, _ in
            let me = try await session.account.me()
            let password = try await shop.owner.staff.resetPassword(me.id)
            _ = try await session.account.changePassword(password, to: "correct horse battery")
        },
        UseCase("AccountService.sessions()", "see one's sessions", [], namesThings: false, isForPeople: true) {
            session,
            _,
            _ in
            _ = try await session.account.sessions()
        },
        UseCase("AccountService.isCurrent(_:)", "know one's session", [], namesThings: false, isForPeople: true) {
            session,
            _,
            _ in
            _ = try await session.account.isCurrent(session.account.sessions()[0])
        },
        UseCase("AccountService.endSession(_:)", "end one of one's sessions", [], namesThings: false, isForPeople: true)
        {
            session,
            _,
            _ in
            let own = try await session.account.sessions()
            try await session.account.endSession(own[0].id)
        },
        UseCase(
            "AccountService.endOtherSessions()",
            "end one's other sessions",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, _, _ in try await session.account.endOtherSessions() },
        UseCase(
            "AccountService.enrolSecondFactor(password:)",
            "enrol a second factor",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, shop, _ in
            let password = try await shop.owner.staff.resetPassword(session.account.me().id)
            _ = try await session.account.enrolSecondFactor(password: password)
        },
        UseCase(
            "AccountService.confirmSecondFactor(code:)",
            "confirm a second factor",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, shop, _ in
            let password = try await shop.owner.staff.resetPassword(session.account.me().id)
            let enrolment = try await session.account.enrolSecondFactor(password: password)
            _ = try await session.account.confirmSecondFactor(code: shop.code(enrolment))
        },
        UseCase(
            "AccountService.replaceRecoveryCodes(password:)",
            "replace recovery codes",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, shop, _ in
            let password = try await shop.owner.staff.resetPassword(session.account.me().id)
            let enrolment = try await session.account.enrolSecondFactor(password: password)
            _ = try await session.account.confirmSecondFactor(code: shop.code(enrolment))
            _ = try await session.account.replaceRecoveryCodes(password: password)
        },
        UseCase(
            "AccountService.removeSecondFactor(password:)",
            "remove one's second factor",
            [],
            namesThings: false,
            isForPeople: true
        ) { session, shop, _ in
            let password = try await shop.owner.staff.resetPassword(session.account.me().id)
            try await session.account.removeSecondFactor(password: password)
        },
        UseCase("StaffService.list(includingDisabled:)", "list staff", [.manageStaff], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.staff.list()
        },
        UseCase("StaffService.person(_:)", "see a person", [.manageStaff]) { session, shop, _ in
            _ = try await session.staff.person(shop.colleague().id)
        },
        UseCase("StaffService.add(_:)", "add a person", [.manageStaff], namesThings: false) { session, _, _ in
            _ = try await session.staff.add(StaffDraft(username: "new", role: .cashier))
        },
        UseCase("StaffService.update(_:_:)", "change a person", [.manageStaff]) { session, shop, _ in
            _ = try await session.staff.update(shop.colleague().id, StaffDraft(username: "other", role: .cashier))
        },
        UseCase("StaffService.assign(_:to:)", "assign a person", [.assignStaff]) { session, shop, _ in
            let assignment = StaffAssignment(routers: [shop.router.id])
            _ = try await session.staff.assign(shop.colleague().id, to: assignment)
        },
        UseCase("StaffService.disable(_:)", "disable a person", [.manageStaff]) { session, shop, _ in
            _ = try await session.staff.disable(shop.colleague().id)
        },
        UseCase("StaffService.enable(_:)", "enable a person", [.manageStaff]) { session, shop, _ in
            _ = try await session.staff.enable(shop.colleague().id)
        },
        UseCase("StaffService.resetPassword(_:)", "reset a password", [.manageStaff]) { session, shop, _ in
            _ = try await session.staff.resetPassword(shop.colleague().id)
        },
        UseCase("StaffService.removeSecondFactor(_:)", "remove a second factor", [.manageStaff]) { session, shop, _ in
            try await session.staff.removeSecondFactor(shop.colleague().id)
        },
        UseCase("StaffService.sessions(of:)", "see another's sessions", [.manageSignIns]) { session, shop, _ in
            _ = try await session.staff.sessions(of: shop.colleague().id)
        },
        UseCase("StaffService.endSessions(of:)", "end another's sessions", [.manageSignIns]) { session, shop, _ in
            try await session.staff.endSessions(of: shop.colleague().id)
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
        UseCase("RoleService.update(_:name:_:)", "change a role", [.manageRoles]) { session, shop, _ in
            let role = try await shop.owner.roles.define("Printer", [.viewVouchers])
            _ = try await session.roles.update(role.id, name: "Typist", [.viewVouchers, .viewPackages])
        },
        UseCase("RoleService.archive(_:)", "archive a role", [.manageRoles]) { session, shop, _ in
            try await session.roles.archive(shop.owner.roles.define("Printer", [.viewVouchers]).id)
        },
        UseCase("TokenService.list()", "list tokens", [.manageTokens], namesThings: false) { session, _, _ in
            _ = try await session.tokens.list()
        },
        UseCase("TokenService.create(_:)", "create a token", [.manageTokens], namesThings: false) { session, _, _ in
            _ = try await session.tokens.create(TokenDraft(name: "till", role: .cashier))
        },
        UseCase("TokenService.revoke(_:)", "revoke a token", [.manageTokens]) { session, shop, _ in
            let token = try await shop.owner.tokens.create(TokenDraft(name: "till", role: .cashier)).token
            try await session.tokens.revoke(token.id)
        },
        UseCase("SiteService.list(includingArchived:)", "list sites", [.viewRouters], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.sites.list()
        },
        UseCase("SiteService.site(_:)", "see a site", [.viewRouters]) { session, shop, _ in
            _ = try await session.sites.site(shop.owner.sites.add(SiteDraft(name: "Hill")).id)
        },
        UseCase("SiteService.router(of:)", "find the router of a site", [.viewRouters]) { session, shop, _ in
            let site = try await shop.owner.sites.add(SiteDraft(name: "Hill"))
            _ = try await shop.owner.sites.place(shop.router.id, at: site.id)
            _ = try await session.sites.router(of: site.id)
        },
        UseCase("SiteService.add(_:)", "add a site", [.manageSites], namesThings: false) { session, _, _ in
            _ = try await session.sites.add(SiteDraft(name: "Beach"))
        },
        UseCase("SiteService.update(_:_:)", "change a site", [.manageSites]) { session, shop, _ in
            let site = try await shop.owner.sites.add(SiteDraft(name: "Hill"))
            _ = try await session.sites.update(site.id, SiteDraft(name: "Hill top"))
        },
        UseCase("SiteService.archive(_:)", "archive a site", [.manageSites]) { session, shop, _ in
            _ = try await session.sites.archive(shop.owner.sites.add(SiteDraft(name: "Hill")).id)
        },
        UseCase("SiteService.restore(_:)", "restore a site", [.manageSites]) { session, shop, _ in
            _ = try await session.sites.restore(shop.owner.sites.add(SiteDraft(name: "Hill")).id)
        },
        UseCase("SiteService.place(_:at:)", "put a router at a site", [.manageSites]) { session, shop, _ in
            let site = try await shop.owner.sites.add(SiteDraft(name: "Hill"))
            _ = try await session.sites.place(shop.router.id, at: site.id)
        },
    ]
}
