import Testing

@testable import RouterOSTesting

struct AgendaTests {
    /// Everything there is, as it is taken.
    private func all(_ agenda: inout Agenda) -> [Agenda.Entry] {
        var entries: [Agenda.Entry] = []
        while let next = agenda.take(dueBy: .seconds(1_000_000)) { entries.append(next.entry) }
        return entries
    }

    @Test func whatIsDueFirstComesFirstAndOfOneMomentWhatWasEnteredFirst() {
        var agenda = Agenda()
        for (id, due) in [(1, 5), (2, 3), (3, 5), (4, 1)] { agenda.enter(.script(UInt64(id)), at: .seconds(due)) }
        #expect(agenda.take(dueBy: .zero) == nil)
        #expect(agenda.nextDue == .seconds(1))
        #expect(all(&agenda) == [.script(4), .script(2), .script(1), .script(3)])
    }

    @Test func anEntryHasOneMomentAndItsLastCounts() {
        var agenda = Agenda()
        agenda.enter(.script(1), at: .seconds(1))
        agenda.enter(.script(2), at: .seconds(5))
        agenda.enter(.script(1), at: .seconds(9))
        #expect(agenda.nextDue == .seconds(5))
        #expect(agenda.count == 2)
        agenda.remove(.script(2))
        #expect(agenda.nextDue == .seconds(9))
        #expect(all(&agenda) == [.script(1)])
        #expect(agenda.nextDue == nil)
    }

    @Test func whatIsMovedOverAndOverTakesNoRoom() {
        var agenda = Agenda()
        for round in 1...10_000 {
            agenda.enter(.script(UInt64(round % 10)), at: .seconds(1_000 + round))
            #expect(agenda.kept <= 2 * agenda.count + 32)
        }
        #expect(all(&agenda) == (1...10).map { .script(UInt64($0 % 10)) })
        #expect(agenda.kept == 0)
    }

    @Test func customersWhoComeAndGoLeaveNothingBehind() {
        var dialogue = Dialogue()
        dialogue.add("a", "=limit-uptime=30d")
        dialogue.add("b", "=limit-uptime=30d")
        for _ in 1...500 {
            for (user, ip) in [("a", "10.5.50.2"), ("b", "10.5.50.3")] {
                #expect(dialogue.logIn(user, ip: ip) == nil)
                dialogue.advance(by: .seconds(1))
            }
            dialogue.router.bringCustomers(every: .seconds(86_400), staying: .seconds(1))
            dialogue.say("/ping", "=address=192.0.2.1", ".tag=1")
            dialogue.say("/cancel", "=tag=1")
            for session in dialogue.values(".id", "/ip/hotspot/active/print") {
                dialogue.say("/ip/hotspot/active/remove", "=.id=\(session ?? "")")
            }
        }
        // Two devices in sight, and the next customer.
        #expect(dialogue.router.agenda.count == 3)
        #expect(dialogue.router.agenda.kept < 50)
    }

    @Test func aRouterThatStopsForgetsWhatItWasAboutToDo() {
        var dialogue = Dialogue()
        dialogue.add("a", "=limit-uptime=1h")
        #expect(dialogue.logIn("a") == nil)
        dialogue.say("/system/backup/save", "=name=b")
        dialogue.say("/system/reboot")
        dialogue.say("/execute", "=script=:delay 60s")
        dialogue.router.inject(.powerCut(downFor: .seconds(5)))
        #expect(dialogue.router.agenda.count == 1)
        dialogue.advance(by: .seconds(5))
        #expect(dialogue.router.bootedAt == .seconds(5))
        dialogue.advance(by: .seconds(3_600))
        #expect(dialogue.router.bootedAt == .seconds(5))
        #expect(dialogue.router.tables["/file"]?.id(ofName: "b.backup") == nil)
    }
}
