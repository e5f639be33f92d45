import BillingDomain
import Testing

@Suite("Permissions and roles")
struct PermissionTests {
    private let all = Set(Permission.allCases)

    private func definition(_ permissions: Set<Permission>, grantedBy granter: Set<Permission>) throws -> RoleDefinition
    {
        try RoleDefinition(
            id: Samples.id(7),
            tenant: Samples.id(1),
            name: "Technician",
            permissions: permissions,
            grantedBy: granter,
            createdAt: Samples.start
        )
    }

    private func staff(_ role: Role = .cashier, custom: Identifier<RoleDefinition>? = nil) -> Staff {
        Staff(
            id: Samples.id(1),
            tenant: Samples.id(1),
            username: "amina",
            passwordHash: "old",
            role: role,
            customRole: custom,
            createdAt: Samples.start
        )
    }

    @Test func everyRawValueIsAKebabCaseWord() {
        for permission in Permission.allCases {
            #expect(permission.rawValue.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }, "\(permission)")
        }
        #expect(Permission.viewVouchers.rawValue == "view-vouchers")
        #expect(Permission.adjustLedger.rawValue == "adjust-ledger")
    }

    @Test func aSetIsReadAsItIsWrittenAndUnknownWordsAllowNothing() {
        #expect(Set(storedText: all.storedText) == all)
        #expect(Set<Permission>(storedText: "rule-the-world view-audit  ") == [.viewAudit])
        #expect(Set<Permission>(storedText: "").isEmpty)
    }

    @Test func theManagerHasAllButWhatIsReservedForTheOwner() {
        #expect(Role.manager.permissions == all.subtracting(Permission.reserved))
        #expect(Role.cashier.permissions.isDisjoint(with: Permission.reserved))
        #expect(Role.superAdministrator.permissions == all)
    }

    @Test func nobodyDefinesARoleAboveTheirOwn() throws {
        let role = try definition([.operateRouters], grantedBy: Role.manager.permissions)
        #expect(role.effectivePermissions == [.operateRouters])
        #expect(throws: DomainError.self) { try definition([.manageStaff], grantedBy: Role.manager.permissions) }
        var other = role
        #expect(throws: DomainError.self) { try other.allow([.manageStaff], grantedBy: Role.manager.permissions) }
        #expect(throws: DomainError.self) { try other.allow([], grantedBy: Role.cashier.permissions) }
        #expect(other == role)
        try other.allow([.manageStaff], grantedBy: all)
        #expect(other.permissions == [.manageStaff])
        other.archive()
        #expect(other.effectivePermissions.isEmpty)
    }

    @Test(arguments: ["", "Manager", "super admin", String(repeating: "x", count: 65)])
    func aRoleIsNotNamedLikeAPreset(name: String) throws {
        var role = try definition([], grantedBy: all)
        #expect(throws: DomainError.self) { try role.rename(to: name) }
        try role.rename(to: "Night desk")
        #expect(role.name == "Night desk")
    }

    @Test func aCustomRoleReplacesThePresetAndIsNeverGuessed() throws {
        let role = try definition([.operateRouters], grantedBy: all)
        #expect(staff().permissions() == Role.cashier.permissions)
        #expect(staff(.superAdministrator, custom: role.id).permissions(role) == [.operateRouters])
        #expect(staff(.superAdministrator, custom: role.id).permissions().isEmpty)
        #expect(staff(.superAdministrator, custom: Samples.id(8)).permissions(role).isEmpty)
        var disabled = staff(.superAdministrator)
        disabled.isDisabled = true
        #expect(disabled.permissions().isEmpty)
    }

    @Test func aChangedPasswordEndsTheSessionsFromBefore() {
        var person = staff()
        #expect(person.accepts(sessionFrom: Samples.start))
        person.rehash("stronger")
        #expect(person.accepts(sessionFrom: Samples.start))
        let later = Samples.start + .seconds(5)
        person.changePassword(hash: "new", mustChange: true, at: later)
        #expect(person.mustChangePassword)
        #expect(!person.accepts(sessionFrom: Samples.start))
        #expect(person.accepts(sessionFrom: later))
    }

    /// What happens to a person.
    enum Happening: CaseIterable {
        case ownPassword
        case otherPassword
        case rehash
        case switchedOff
        case switchedOn
    }

    @Test(
        "a person moves as the table says",
        arguments: Happening.allCases,
        [(false, false), (true, false), (false, true), (true, true)]
    )
    func peopleMoveAsTheTableSays(happening: Happening, state: (mustChoose: Bool, isDisabled: Bool)) {
        var person = staff(.manager)
        person.changePassword(hash: "first", mustChange: state.mustChoose, at: Samples.start)
        person.isDisabled = state.isDisabled
        let later = Samples.start + .seconds(60)
        switch happening {
        case .ownPassword: person.changePassword(hash: "next", at: later)
        case .otherPassword: person.changePassword(hash: "next", mustChange: true, at: later)
        case .rehash: person.rehash("stronger")
        case .switchedOff: person.isDisabled = true
        case .switchedOn: person.isDisabled = false
        }
        let isNew = happening == .ownPassword || happening == .otherPassword
        let isDisabled = happening == .switchedOff || (state.isDisabled && happening != .switchedOn)
        #expect(person.mustChangePassword == (isNew ? happening == .otherPassword : state.mustChoose))
        #expect(person.isDisabled == isDisabled)
        #expect(person.accepts(sessionFrom: Samples.start) == (!isNew && !isDisabled))
        #expect(person.accepts(sessionFrom: later) == !isDisabled)
        #expect(person.permissions() == (isDisabled ? [] : Role.manager.permissions))
    }

    @Test func aTokenNeverDoesMoreThanItsRoleAndEndsInTime() {
        func token(_ scopes: Set<Permission>?, expiresAt: Timestamp? = nil) -> APIToken {
            APIToken(
                id: Samples.id(1),
                tenant: Samples.id(1),
                name: "till",
                digest: [1],
                role: .cashier,
                scopes: scopes,
                createdAt: Samples.start,
                expiresAt: expiresAt
            )
        }
        #expect(token(nil).permissions == Role.cashier.permissions)
        #expect(token([.sellVouchers, .manageStaff]).permissions == [.sellVouchers])
        #expect(token([]).permissions.isEmpty)
        let end = Samples.start + .seconds(60)
        #expect(token(nil, expiresAt: end).isGood(at: end - .microseconds(1)))
        #expect(!token(nil, expiresAt: end).isGood(at: end))
        var revoked = token(nil)
        revoked.revokedAt = Samples.start
        #expect(!revoked.isGood(at: Samples.start))
    }

    @Test func aTokenWritesItsUseDownOnceAMinute() {
        var token = APIToken(
            id: Samples.id(1),
            tenant: Samples.id(1),
            name: "till",
            digest: [1],
            role: .cashier,
            createdAt: Samples.start
        )
        let written = (0..<180).filter { token.noteUse(at: Samples.start + .seconds($0)) }
        #expect(written == [0, 60, 120])
    }

    @Test func anAssignmentAllowsItsRoutersAndThoseOfItsSites() {
        let assignment = StaffAssignment(routers: [Samples.id(1)], sites: [Samples.id(5)])
        #expect(assignment.allows(Samples.id(1), at: nil))
        #expect(assignment.allows(Samples.id(2), at: Samples.id(5)))
        #expect(!assignment.allows(Samples.id(2), at: Samples.id(6)))
        #expect(!assignment.allows(Samples.id(2), at: nil))
        #expect(assignment.allows(site: Samples.id(5)))
        #expect(!assignment.allows(site: Samples.id(6)))
        #expect(StaffAssignment.everywhere.allows(Samples.id(9), at: nil))
        #expect(StaffAssignment(storedText: assignment.storedText) == assignment)
        #expect(StaffAssignment(storedText: "") == .everywhere)
    }

    @Test(arguments: ["router", "router:1", "shop:00000000-0000-0001-0000-000000000001", "everything"])
    func anAssignmentThatCannotBeReadRestrictsNothingByMistake(text: String) {
        #expect(StaffAssignment(storedText: text) == nil)
    }
}
