import BillingDomain
import TestSupport
import Testing

@Suite("Sessions on routers")
struct SessionFoldTests {
    private static let start = Samples.start

    private func observed(
        _ voucher: UInt64 = 1,
        uptime: Int64,
        bytesIn: Int64 = 0,
        bytesOut: Int64 = 0,
        mac: String = "AA"
    ) -> ObservedSession {
        ObservedSession(
            subject: .voucher(Samples.id(voucher)),
            kind: .hotspot,
            hardwareAddress: mac,
            uptime: .seconds(uptime),
            bytesIn: bytesIn,
            bytesOut: bytesOut
        )
    }

    private func reading(
        _ second: Int64,
        _ sessions: [ObservedSession],
        begunAt: Int64? = nil,
        epoch: Int64 = 1,
        complete: Set<SessionKind> = [.hotspot]
    ) -> SessionReading {
        SessionReading(
            router: Samples.id(1),
            routerEpoch: epoch,
            at: Self.start + .seconds(second),
            begunAt: begunAt.map { Self.start + .seconds($0) },
            completeKinds: complete,
            sessions: sessions
        )
    }

    /// A store of sessions, as plain as can be.
    private struct Store {
        var sessions: [NetworkSession] = []

        var open: [NetworkSession] { sessions.filter(\.isOpen) }

        mutating func fold(_ reading: SessionReading) -> [SessionFold.Change] {
            var next = UInt64(sessions.count)
            let changes = SessionFold().fold(reading, into: open, tenant: Samples.id(1)) {
                next += 1
                return Samples.id(next)
            }
            for change in changes {
                switch change {
                case .began(let session): sessions.append(session)
                case .continued(let session, _, _, _), .ended(let session):
                    if let index = sessions.firstIndex(where: { $0.id == session.id }) { sessions[index] = session }
                }
            }
            return changes
        }
    }

    @Test(
        "a reading that took long finds the session it knows, whenever within that time it was counted",
        arguments: [0, 30, 59] as [Int64]
    )
    func slowReadings(lag: Int64) {
        var store = Store()
        // Logged in at 60; two of the readings took a minute and more, and counted the session somewhere in it.
        _ = store.fold(reading(120, [observed(uptime: 60 - lag, bytesIn: 5)], begunAt: 60))
        _ = store.fold(reading(130, [observed(uptime: 70, bytesIn: 6)], begunAt: 130))
        _ = store.fold(reading(331, [observed(uptime: 72 + lag, bytesIn: 9)], begunAt: 131))
        #expect(store.sessions.count == 1 && store.sessions.first?.bytesIn == 9)
    }

    @Test("a reading that was quick tells a session that began half a minute later from the one before")
    func quickReadings() {
        var store = Store()
        _ = store.fold(reading(70, [observed(uptime: 10)], begunAt: 69))
        _ = store.fold(reading(100, [observed(uptime: 5)], begunAt: 99))
        #expect(store.sessions.map(\.endReason) == [.replaced, nil])
    }

    @Test func theLoginTimeIsSettledAtFirstSight() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40)]))
        _ = store.fold(reading(400, [observed(uptime: 343, bytesIn: 10, bytesOut: 99)]))
        _ = store.fold(reading(700, [observed(uptime: 638, bytesIn: 20, bytesOut: 999)]))
        #expect(store.sessions.map(\.startedAt) == [Self.start + .seconds(60)])
        #expect(store.sessions[0].lastSeenAt == Self.start + .seconds(700))
        #expect(store.sessions[0].bytesIn == 20)
        #expect(store.sessions[0].bytesOut == 999)
    }

    @Test func aSessionThatVanishedEndsWhenItWasLastSeen() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40)]))
        _ = store.fold(reading(400, []))
        #expect(store.sessions[0].endedAt == Self.start + .seconds(100))
        #expect(store.sessions[0].endReason == .vanished)
        #expect(store.fold(reading(700, [])).isEmpty)
    }

    @Test func absenceFromAPartialOrOlderReadingMeansNothing() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40)]))
        #expect(store.fold(reading(400, [], complete: [])).isEmpty)
        #expect(store.fold(reading(400, [], complete: [.pppoe])).isEmpty)
        #expect(store.fold(reading(99, [])).isEmpty)
        #expect(store.fold(reading(99, [observed(uptime: 39)])).isEmpty)
        #expect(store.open.count == 1)
    }

    @Test func aLaterBeginningIsAnotherSession() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40, bytesIn: 500)]))
        _ = store.fold(reading(400, [observed(uptime: 30, bytesIn: 7)]))
        #expect(store.sessions.map(\.endReason) == [.replaced, nil])
        #expect(store.sessions.map(\.bytesIn) == [500, 7])
        #expect(store.sessions[1].startedAt == Self.start + .seconds(370))
    }

    @Test func aSessionOfDaysIsTheSameAlthoughBothClocksDriftApart() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40, bytesIn: 500)]))
        _ = store.fold(reading(260_000, [observed(uptime: 259_910, bytesIn: 700)]))
        _ = store.fold(reading(520_000, [observed(uptime: 519_880, bytesIn: 900)]))
        #expect(store.sessions.map(\.bytesIn) == [900])
        _ = store.fold(reading(520_300, [observed(uptime: 240, bytesIn: 1)]))
        #expect(store.sessions.map(\.endReason) == [.replaced, nil])
    }

    @Test func aRestartEndsWhatWasBefore() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40), observed(2, uptime: 40)]))
        _ = store.fold(reading(400, [observed(uptime: 340)], epoch: 2, complete: []))
        #expect(store.sessions.map(\.endReason) == [.routerRestarted, .routerRestarted, nil])
        #expect(store.fold(reading(500, [observed(uptime: 440)], epoch: 1)).isEmpty)
    }

    @Test func countersThatGoBackBeginANewCountAndTheTotalStays() {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40, bytesIn: 100, bytesOut: 1000)]))
        let changes = store.fold(reading(400, [observed(uptime: 340, bytesIn: 30, bytesOut: 40)]))
        #expect(store.sessions[0].bytesIn == 130)
        #expect(store.sessions[0].bytesOut == 1040)
        #expect(store.sessions[0].counterEpoch == 1)
        guard case .continued(_, let since, let bytesIn, let bytesOut) = changes.first else {
            Issue.record("\(changes)")
            return
        }
        #expect(since == Self.start + .seconds(100))
        #expect([bytesIn, bytesOut] == [30, 40])
    }

    @Test("a sight without counters counts nothing, and what comes after it nothing twice", arguments: [1_200, 7])
    func missingCounters(next: Int64) {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40, bytesIn: 100, bytesOut: 1000)]))
        _ = store.fold(reading(400, [observed(uptime: 340)]))
        #expect(store.sessions[0].lastSeenAt == Self.start + .seconds(400) && store.sessions[0].counterEpoch == 0)
        #expect((store.sessions[0].bytesIn, store.sessions[0].bytesOut) == (100, 1000))
        _ = store.fold(reading(700, [observed(uptime: 640, bytesIn: 150, bytesOut: next)]))
        // Less than before is a new count all the same.
        #expect(store.sessions[0].counterEpoch == (next < 1000 ? 1 : 0))
        #expect(store.sessions[0].bytesOut == (next < 1000 ? 1000 + next : next))
        #expect(store.sessions[0].bytesIn == (next < 1000 ? 250 : 150))
    }

    @Test func twoDevicesOfOneVoucherAreTwoSessions() {
        var store = Store()
        let both = [observed(uptime: 40, mac: "AA"), observed(uptime: 40, mac: "BB")]
        _ = store.fold(reading(100, both))
        _ = store.fold(reading(130, [observed(uptime: 70, mac: "BB"), observed(uptime: 70, mac: "AA")]))
        #expect(store.sessions.count == 2)
        _ = store.fold(reading(200, [observed(uptime: 140, mac: "BB")]))
        #expect(store.sessions.map(\.isOpen) == [false, true])
    }

    /// What the router shows of a session that was seen after 100 seconds, 40 seconds after it began.
    enum Sight: CaseIterable {
        case again
        case earlier
        case later
        case notShown
        case notRead
        case restarted
    }

    @Test("a session moves as its table says", arguments: Sight.allCases, [true, false])
    func sessionsMoveAsTheTableSays(sight: Sight, isOpen: Bool) {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40)]))
        if !isOpen { _ = store.fold(reading(110, [])) }
        let before = store.sessions[0]
        switch sight {
        case .again: _ = store.fold(reading(200, [observed(uptime: 140, bytesIn: 5)]))
        case .earlier: _ = store.fold(reading(90, []))
        case .later: _ = store.fold(reading(200, [observed(uptime: 20)]))
        case .notShown: _ = store.fold(reading(200, []))
        case .notRead: _ = store.fold(reading(200, [], complete: []))
        case .restarted: _ = store.fold(reading(200, [observed(uptime: 20)], epoch: 2))
        }
        let after = store.sessions[0]
        let reason: NetworkSession.EndReason? =
            switch sight {
            case .again, .earlier, .notRead: nil
            case .later: .replaced
            case .notShown: .vanished
            case .restarted: .routerRestarted
            }
        if isOpen {
            #expect(after.endReason == reason)
            #expect(after.isOpen == (reason == nil))
            #expect(after.bytesIn == (sight == .again ? 5 : 0))
        } else {
            #expect(after == before)
        }
        let isAnother = sight == .later || sight == .restarted || (!isOpen && sight == .again)
        #expect(store.sessions.count == (isAnother ? 2 : 1))
    }

    @Test func anEndedSessionIsNotEndedAgain() throws {
        var store = Store()
        _ = store.fold(reading(100, [observed(uptime: 40)]))
        var session = store.sessions[0]
        _ = store.fold(reading(130, []))
        session = store.sessions[0]
        #expect((session.endReason, session.length) == (.vanished, .seconds(40)))
        let before = session
        session.observe(observed(uptime: 300, bytesIn: 5), at: Self.start + .seconds(400))
        #expect(session == before)
    }

    @Test func aRandomRunCountsEveryByteOnce() {
        var random = SplitMix64(seed: 5)
        var store = Store()
        var total: Int64 = 0
        var shown: (began: Int64, bytes: Int64)?
        var epoch: Int64 = 1
        for step in 1...3000 {
            let second = Int64(step) * 60
            switch random.next() % 20 {
            case 0: shown = nil
            case 1:
                epoch += 1
                shown = nil
            case 2: if let session = shown { shown = (session.began, 0) }
            default: break
            }
            if shown == nil, random.next() % 2 == 0 { shown = (second - Int64(random.next() % 40), 0) }
            if let session = shown {
                let more = Int64(1 + random.next() % 1000)
                shown = (session.began, session.bytes + more)
                // A counter set back to zero that passes its old mark between two looks cannot be told from one that went on.
                total += more
            }
            let sessions = shown.map { [observed(uptime: second - $0.began, bytesIn: $0.bytes)] } ?? []
            _ = store.fold(reading(second, sessions, epoch: epoch))
            #expect(store.open.count == (shown == nil ? 0 : 1))
        }
        let counted = store.sessions.reduce(0) { $0 + $1.bytesIn }
        #expect(counted <= total)
        #expect(counted > total * 9 / 10)
        #expect(Set(store.sessions.map(\.startedAt)).count == store.sessions.count)
    }

    @Test func usageIsSpreadOverTheTenantsDaysToTheLastByte() {
        let nairobi = FixedOffsetCalendar(seconds: 3 * 3600)
        let midnight = nairobi.startOfDay(nairobi.date(Self.start).adding(days: 1))
        let parts = UsageDay.spread(
            VoucherUsage.Counters(uptime: .seconds(900), bytesIn: 1001, bytesOut: 10),
            from: midnight - .seconds(3600),
            until: midnight + .seconds(7200),
            in: nairobi
        )
        #expect(parts.map(\.day) == [nairobi.date(midnight).adding(days: -1), nairobi.date(midnight)])
        #expect(parts.map(\.usage.bytesIn) == [333, 668])
        #expect(parts.map(\.usage.bytesOut) == [3, 7])
        #expect(parts.map(\.usage.uptime) == [.seconds(300), .seconds(600)])
        var day = UsageDay(
            subject: .voucher(Samples.id(1)),
            tenant: Samples.id(1),
            router: Samples.id(1),
            packageName: "Day",
            day: parts[0].day
        )
        for part in parts { day.add(part.usage) }
        #expect([day.bytesIn, day.bytesOut] == [1001, 10])
        let none = UsageDay.spread(.init(bytesIn: 5, bytesOut: 6), from: midnight, until: midnight, in: nairobi)
        #expect(none.map(\.day) == [nairobi.date(midnight)])
        #expect(none.map(\.usage.bytesIn) == [5])
    }

    @Test func aSubjectIsReadAsItIsWritten() {
        let service = SessionSubject.service(Samples.id(4, ServiceAccount.self))
        #expect(SessionSubject(service.description) == service)
        #expect(SessionSubject("voucher:1") == nil)
        #expect(SessionSubject("") == nil)
    }
}
