import BillingDomain
import BillingServices

extension UseCase {
    /// What people do about themselves.
    static let account: [UseCase] = [
        UseCase(ofPerson: "AccountService.me()", "see oneself") { _ = try await $0.account.me() },
        UseCase(
            ofPerson: "AccountService.update(displayName:email:phone:language:)",
            "change one's profile"
        ) { session in
            _ = try await session.account.update(displayName: "A", email: nil, phone: nil, language: nil)
        },
        UseCase(ofPerson: "AccountService.changePassword(_:to:)", "change one's password") { session in
            _ = try await session.account.changePassword(Shop.Person.password, to: "correct horse battery")
        },
        UseCase(ofPerson: "AccountService.sessions()", "see one's sessions") { _ = try await $0.account.sessions() },
        UseCase(ofPerson: "AccountService.endSession(_:)", "end one of one's sessions") { session, _ in
            try await session.account.sessions()[0].id
        } run: { session, own in
            try await session.account.endSession(own)
        },
        UseCase(ofPerson: "AccountService.endOtherSessions()", "end one's other sessions") { session, shop in
            _ = try await shop.startSession(of: session.account.me().id)
        } run: { session, _ in
            try await session.account.endOtherSessions()
        },
        UseCase(ofPerson: "AccountService.enrolSecondFactor(password:)", "enrol a second factor") { session in
            _ = try await session.account.enrolSecondFactor(password: Shop.Person.password)
        },
        UseCase(ofPerson: "AccountService.confirmSecondFactor(code:)", "confirm a second factor") { session, shop in
            try await shop.code(session.account.enrolSecondFactor(password: Shop.Person.password))
        } run: { session, code in
            _ = try await session.account.confirmSecondFactor(code: code)
        },
        UseCase(
            ofPerson: "AccountService.replaceRecoveryCodes(password:)",
            "replace recovery codes",
            given: enrolled
        ) { session, _ in
            _ = try await session.account.replaceRecoveryCodes(password: Shop.Person.password)
        },
        UseCase(
            ofPerson: "AccountService.removeSecondFactor(password:)",
            "remove one's second factor",
            given: enrolled
        ) { session, _ in
            try await session.account.removeSecondFactor(password: Shop.Person.password)
        },
    ]

    @Sendable private static func enrolled(_ session: BillingSession, _ shop: Shop) async throws {
        let enrolment = try await session.account.enrolSecondFactor(password: Shop.Person.password)
        _ = try await session.account.confirmSecondFactor(code: shop.code(enrolment))
    }
}
