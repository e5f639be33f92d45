import BillingDomain
import TestSupport
import Testing

@Suite("A service account")
struct ServiceAccountTests {
    static func account(
        access: ServiceAccess = .enabled,
        provisioning: ProvisioningState = .pending,
        username: String = "WIFI-0001"
    ) throws -> ServiceAccount {
        try ServiceAccount(
            id: Samples.id(1),
            tenant: Samples.id(1),
            customer: Samples.id(1),
            kind: .pppoe,
            router: Samples.id(1),
            username: username,
            sealedPassword: [1, 2, 3],
            access: access,
            provisioning: provisioning,
            createdAt: Samples.start
        )
    }

    enum Move: String, CaseIterable {
        case enable
        case disable
        case delete
        case setPassword
        case assign
        case setStaticAddress
        case bind
        case setUnpaidProfile
        case erase
        case requestProvisioning
        case requestRemoval
        case markPresent
        case markDrifted
        case markRemoved
        case markFailed
    }

    struct Standing: Equatable {
        let access: ServiceAccess
        let provisioning: ProvisioningState
    }

    static func expected(_ move: Move, _ access: ServiceAccess, _ provisioning: ProvisioningState) -> Standing? {
        let rewritten: ProvisioningState = provisioning == .present ? .pending : provisioning
        let isOff = provisioning == .removing || provisioning == .removed
        func stays(_ state: ProvisioningState) -> Standing { Standing(access: access, provisioning: state) }
        switch move {
        case .enable: return access == .disabled ? Standing(access: .enabled, provisioning: rewritten) : nil
        case .disable: return access == .enabled ? Standing(access: .disabled, provisioning: rewritten) : nil
        case .delete:
            guard access != .deleted else { return nil }
            return Standing(access: .deleted, provisioning: provisioning == .removed ? .removed : .removing)
        case .setPassword, .assign, .setStaticAddress, .bind, .setUnpaidProfile:
            return access == .deleted ? nil : stays(rewritten)
        case .erase: return access == .deleted ? stays(provisioning) : nil
        case .requestProvisioning:
            guard access != .deleted else { return nil }
            return stays(provisioning == .present ? .present : .pending)
        case .requestRemoval: return provisioning == .removed ? nil : stays(.removing)
        case .markPresent: return isOff ? nil : stays(.present)
        case .markDrifted: return isOff ? nil : stays(.drifted)
        case .markRemoved: return isOff || provisioning == .failed ? stays(.removed) : nil
        case .markFailed: return provisioning == .removed ? nil : stays(.failed)
        }
    }

    @Test(arguments: ServiceAccess.allCases, ProvisioningState.allCases)
    func everyMoveFromEveryStateIsAsTheRulesSay(access: ServiceAccess, provisioning: ProvisioningState) throws {
        for move in Move.allCases {
            let before = try Self.account(access: access, provisioning: provisioning)
            var account = before
            let expected = Self.expected(move, access, provisioning)
            do {
                switch move {
                case .enable: try account.enable()
                case .disable: try account.disable()
                case .delete: try account.delete(at: Samples.start)
                case .setPassword: try account.setPassword(sealed: [9])
                case .assign: try account.assign(profile: "fast", package: Samples.id(7))
                case .setStaticAddress: try account.setStaticAddress("10.0.0.9")
                case .bind: try account.bind(to: "AA:BB:CC:DD:EE:FF")
                case .setUnpaidProfile: try account.setUnpaidProfile("unpaid")
                case .erase: try account.erase()
                case .requestProvisioning: try account.requestProvisioning()
                case .requestRemoval: try account.requestRemoval()
                case .markPresent: try account.markPresent()
                case .markDrifted: try account.markDrifted("profile")
                case .markRemoved: try account.markRemoved()
                case .markFailed: try account.markFailed("no such profile")
                }
                #expect(Standing(access: account.access, provisioning: account.provisioning) == expected, "\(move)")
            } catch {
                #expect(expected == nil, "\(move) \(error)")
                #expect(error.code == .illegalMove)
                #expect(account == before)
            }
        }
    }

    @Test func whatStandsOnTheRouterFollowsFromTheAccess() throws {
        #expect(
            try ServiceAccess.allCases.map { try Self.account(access: $0).desiredPresence } == [
                .enabled, .disabled, .absent,
            ]
        )
    }

    @Test("one that is not paid is in another profile without its address, and has both again when it is")
    func unpaid() throws {
        var account = try Self.account(provisioning: .present)
        try account.setStaticAddress("10.0.0.9")
        try account.setUnpaidProfile("unpaid")
        #expect((account.desiredProfile, account.desiredAddress) == ("unpaid", nil))
        #expect((account.routerProfile, account.staticAddress) == ("default", "10.0.0.9"))
        try account.markPresent()
        try account.setUnpaidProfile("unpaid")
        #expect(account.provisioning == .present)
        try account.setUnpaidProfile(nil)
        #expect((account.desiredProfile, account.desiredAddress) == ("default", "10.0.0.9"))
        #expect(account.provisioning == .pending)
    }

    @Test func valuesTheRouterWouldRefuseAreRefused() throws {
        #expect(throws: DomainError.self) { try Self.account(username: "") }
        #expect(throws: DomainError.self) { try Self.account(username: "a\u{7}") }
        var account = try Self.account()
        #expect(throws: DomainError.self) { try account.assign(profile: "") }
        #expect(throws: DomainError.self) { try account.setUnpaidProfile("") }
        #expect(throws: DomainError.self) { try account.bind(to: "") }
        #expect(throws: DomainError.self) { try account.setStaticAddress(String(repeating: "1", count: 65)) }
        #expect(account == (try Self.account()))
    }
}
