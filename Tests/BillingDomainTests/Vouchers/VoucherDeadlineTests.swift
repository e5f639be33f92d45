import BillingDomain
import Testing

@Suite("A voucher's deadlines")
struct VoucherDeadlineTests {
    private let start = Samples.start
    private let day = Duration.seconds(86_400)

    @Test func untilItsSaleTheFirstDeadlineHoldsAndAfterItTheSecond() throws {
        let deadlines = VoucherDeadlines(activateAfterCreation: day * 10, activateAfterPurchase: day * 30)
        var voucher = try Samples.voucher(terms: Samples.terms(deadlines: deadlines))
        #expect(voucher.activateBy == start + day * 10)
        try voucher.sell(at: start + day * 9)
        #expect(voucher.activateBy == start + day * 39)
        #expect(voucher.nextDeadline == start + day * 39)
        #expect(throws: DomainError.self) { try voucher.expire(at: start + day * 39 - .microseconds(1)) }
        try voucher.expire(at: start + day * 39)
        #expect(voucher.access == .expired)
        #expect(voucher.endedAt == start + day * 39)
    }

    @Test func aDeadlineForTheBeginningIsNoneForTheEnd() throws {
        let deadlines = VoucherDeadlines(activateAfterCreation: day)
        var voucher = try Samples.voucher(terms: Samples.terms(deadlines: deadlines))
        #expect(throws: DomainError.self) { try voucher.activate(at: start + day, evidence: .log) }
        try voucher.activate(at: start + day - .seconds(1), evidence: .log)
        #expect(voucher.expiresAt == start + day - .seconds(1) + .seconds(3 * 3600))
    }

    @Test func useEndsWithTheOuterDeadlineIfThatIsEarlier() throws {
        let deadlines = VoucherDeadlines(useAfterActivation: .seconds(3600))
        var short = try Samples.voucher(terms: Samples.terms(deadlines: deadlines))
        try short.activate(at: start, evidence: .log)
        #expect(short.expiresAt == start + .seconds(3600))
        var pausable = try Samples.voucher(
            terms: Samples.terms(validityPeriod: nil, uptimeAllowance: .seconds(600), deadlines: deadlines)
        )
        try pausable.activate(at: start, evidence: .log)
        #expect(pausable.expiresAt == start + .seconds(3600))
        #expect(pausable.terms.routerUptimeLimit == .seconds(600))
    }

    @Test func theValidityBeginsAsTheStartRuleSays() throws {
        let end = start + .seconds(3 * 3600)
        var created = try Samples.voucher(terms: Samples.terms(startRule: .onCreation))
        try created.issue()
        #expect(created.expiresAt == end)
        #expect(created.access == .unused)
        #expect(throws: DomainError.self) { try created.issue() }
        try created.activate(at: start + .seconds(60), evidence: .log)
        #expect(created.expiresAt == end)
        #expect(created.validFrom == start)

        var sold = try Samples.voucher(terms: Samples.terms(startRule: .onSale))
        try sold.issue()
        #expect(sold.expiresAt == nil)
        try sold.sell(at: start + .seconds(60))
        #expect(sold.expiresAt == end + .seconds(60))
        #expect(try sold.endIfDue(at: end + .seconds(60)))
        #expect(sold.access == .expired)

        var used = try Samples.voucher(terms: Samples.terms(startRule: .onSale))
        try used.activate(at: start + .seconds(5), evidence: .log)
        try used.sell(at: start + .seconds(60))
        #expect(used.expiresAt == end + .seconds(5))
    }

    @Test func autoActivateMeansOnCreation() {
        #expect(StartRule(autoActivate: true) == .onCreation)
        #expect(StartRule(autoActivate: false) == .onFirstLogin)
    }

    @Test func calendarPeriodsAreCountedInTheShopsCalendar() throws {
        let kampala = FixedOffsetCalendar(seconds: 3 * 3600)
        var voucher = try Samples.voucher(terms: Samples.terms(validityPeriod: .untilDayOfMonth(20)))
        try voucher.activate(at: start, evidence: .log, calendar: kampala)
        #expect(voucher.expiresAt == Timestamp("2026-01-20T23:59:59+03:00"))
    }

    @Test func whatBecameDueWhileDisabledHappensWhenEnabled() throws {
        var voucher = try Samples.voucher(access: .active)
        try voucher.disable()
        #expect(voucher.nextDeadline == nil)
        #expect(try !voucher.endIfDue(at: start + day))
        try voucher.enable()
        #expect(try voucher.endIfDue(at: start + day))
        #expect(voucher.access == .expired)
    }

    @Test(arguments: AccessState.allCases)
    func endingWhatIsDueIsLegalInEveryState(access: AccessState) throws {
        var voucher = try Samples.voucher(access: access)
        let didEnd = try voucher.endIfDue(at: start + day)
        #expect(didEnd == (access == .active))
        #expect(voucher.access == (access == .active ? .expired : access))
    }

    @Test func betterEvidenceMovesTheFirstLoginEarlierAndOnlyInsideTheGap() throws {
        var voucher = try Samples.voucher()
        let floor = start + .seconds(100)
        try voucher.activate(at: start + .seconds(200), evidence: .userCounters, notBefore: floor)
        let before = voucher
        let refused: [(Int, ActivationEvidence)] = [
            (99, .loginCallback), (200, .loginCallback), (201, .loginCallback), (150, .userCounters), (150, .log),
        ]
        for (second, evidence) in refused {
            #expect(try !voucher.improveActivation(to: start + .seconds(second), evidence: evidence))
            #expect(voucher == before)
        }
        #expect(try voucher.improveActivation(to: floor, evidence: .activeSession))
        #expect(voucher.activatedAt == floor)
        #expect(voucher.validFrom == floor)
        #expect(voucher.activationEvidence == .activeSession)
        #expect(voucher.expiresAt == floor + .seconds(3 * 3600))
    }

    @Test func anEarlierLoginDoesNotMoveAValidityThatBeganBefore() throws {
        var voucher = try Samples.voucher(terms: Samples.terms(startRule: .onCreation))
        try voucher.issue()
        try voucher.activate(at: start + .seconds(90), evidence: .log, notBefore: start)
        #expect(try voucher.improveActivation(to: start + .seconds(30), evidence: .loginCallback))
        #expect(voucher.validFrom == start)
        #expect(voucher.expiresAt == start + .seconds(3 * 3600))
    }

    @Test(arguments: [
        (ExpiryRule.Action.keep, RouterPresence.disabled, "default", Duration?.some(.seconds(3 * 3600))),
        (.notice, .enabled, "default", .seconds(1)),
        (.remove, .absent, "default", .seconds(3 * 3600)),
        (.moveTo(profile: "pay"), .enabled, "pay", nil),
    ])
    func theRowOfWhatHasEndedFollowsTheExpiryRuleAfterItsDelay(
        action: ExpiryRule.Action,
        presence: RouterPresence,
        profile: String,
        limit: Duration?
    ) throws {
        let end = start + .seconds(3 * 3600)
        let terms = try Samples.terms(expiryRule: ExpiryRule(action, after: day))
        var voucher = try Samples.voucher(terms: terms, access: .active, provisioning: .present)
        #expect(voucher.cleanUpDue == nil)
        try voucher.expire(at: end)
        #expect(voucher.desiredPresence == .disabled)
        #expect(voucher.desiredProfile == "default")
        #expect(voucher.cleanUpDue == end + day)
        #expect(voucher.nextDeadline == end + day)
        #expect(throws: DomainError.self) { try voucher.cleanUp(at: end + day - .seconds(1)) }
        try voucher.cleanUp(at: end + day)
        #expect(voucher.desiredPresence == presence)
        #expect(voucher.desiredProfile == profile)
        #expect(voucher.desiredUptimeLimit == limit)
        #expect(voucher.cleanUpDue == nil)
        #expect(throws: DomainError.self) { try voucher.cleanUp(at: end + day) }

        var atOnce = try Samples.voucher(terms: Samples.terms(expiryRule: ExpiryRule(action)), access: .active)
        try atOnce.expire(at: end)
        #expect(atOnce.desiredPresence == presence)
        #expect(atOnce.cleanUpDue == nil)
        var revoked = try Samples.voucher(terms: terms, access: .active)
        try revoked.revoke(at: end)
        #expect(revoked.desiredPresence == .absent)
        #expect(revoked.cleanUpDue == nil)
    }
}
