import Testing

@testable import HTTPServer

struct ConnectionMachineTests {
    private let start = ContinuousClock.now
    private let limits = HTTPServer.Limits()
    private let place = RequestLayout.Part(start: 0, count: 0)
    private let budget = BodyBudget(1024)

    /// A machine whose first request is whole and with its handler.
    private func handling() -> ConnectionMachine {
        var machine = receiving("/a")
        let isTaken = [1, 2].withUnsafeBytes { machine.received(body: $0, limit: limits.body) }
        #expect(isTaken)
        #expect(endedPath(&machine) == ["a"])
        return machine
    }

    /// A machine whose first request has been let in.
    private func receiving(_ target: String) -> ConnectionMachine {
        var machine = ConnectionMachine(now: start)
        letIn(target, &machine)
        return machine
    }

    private func letIn(_ target: String, _ machine: inout ConnectionMachine) {
        machine.began(target: target, at: place, now: start)
        guard let request = HTTPRequest(.post, target) else { return }
        machine.accepted(request, target: target, lease: BodyLease(budget), now: start)
    }

    /// The path of a request that has ended and is to be handled.
    private func endedPath(_ machine: inout ConnectionMachine) -> [String]? {
        guard case .handle(let request, _, _) = machine.ended(now: start) else { return nil }
        return request.path
    }

    @Test func anAnswerResumesExactlyOnce() {
        var machine = handling()
        verify(machine.answer(HTTPResponse(), to: 1, now: start))
        verify(!machine.answer(HTTPResponse(), to: 1, now: start))
        verify(machine.takeAnswer(now: start) != nil)
        verify(machine.takeAnswer(now: start) == nil)
        verify(!machine.answer(HTTPResponse(), to: 1, now: start))
    }

    @Test func aLateAnswerNeverReachesTheNextRequest() {
        var machine = handling()
        verify(machine.answer(.text(.serviceUnavailable, ""), to: 1, now: start))
        _ = machine.takeAnswer(now: start)
        machine.completed(now: start)
        letIn("/b", &machine)
        #expect(endedPath(&machine) == ["b"])
        verify(!machine.answer(HTTPResponse(), to: 1, now: start))
        verify(machine.answer(HTTPResponse(), to: 2, now: start))
    }

    @Test func anAnswerToAClosedConnectionIsDropped() {
        var machine = handling()
        machine.closed(now: start)
        machine.completed(now: start)
        verify(!machine.answer(HTTPResponse(), to: 1, now: start))
        #expect(!machine.isBusy)
        #expect(machine.breach(limits: limits, now: start + .seconds(1_000_000)) == nil)
    }

    @Test func aRefusedRequestIsNeverHandled() {
        var machine = ConnectionMachine(now: start)
        machine.began(target: "/", at: place, now: start)
        machine.refused(now: start)
        #expect(endedPath(&machine) == nil)
    }

    @Test func aBodyBeyondTheLimitIsNotTaken() {
        var machine = receiving("/")
        let first = [UInt8](repeating: 1, count: 24).withUnsafeBytes { machine.received(body: $0, limit: 40) }
        let second = [UInt8](repeating: 1, count: 24).withUnsafeBytes { machine.received(body: $0, limit: 40) }
        #expect(first && !second)
    }

    @Test func aBodyBeyondTheBudgetIsRefusedAtItsEndAndGivesBackWhatItHeld() {
        var others: [ConnectionMachine] = []
        for isTaken in [true, true, false] {
            var machine = receiving("/")
            for _ in 0..<2 {
                let isRead = [UInt8](repeating: 1, count: 256).withUnsafeBytes {
                    machine.received(body: $0, limit: limits.body)
                }
                #expect(isRead)
            }
            if isTaken {
                others.append(machine)
                continue
            }
            guard case .refuse(let refusal) = machine.ended(now: start) else {
                Issue.record("there was no room for this body")
                return
            }
            #expect(refusal.status == .serviceUnavailable)
        }
        others = []
        let lease = BodyLease(budget)
        #expect(lease.extend(by: 1024) && !lease.extend(by: 1))
    }

    @Test func onlyWhoOwesAHeadCanBeSpared() {
        var machine = ConnectionMachine(now: start)
        #expect(machine.idleSince == start)
        machine.began(target: "/", at: place, now: start + .seconds(1))
        #expect(machine.idleSince == start)
        machine.hungUp()
        #expect(machine.idleSince == nil)
        #expect(handling().idleSince == nil)
        #expect(receiving("/").idleSince == nil)
    }

    @Test func aHeadAfterARestHasItsOwnTime() {
        var machine = handling()
        verify(machine.answer(HTTPResponse(), to: 1, now: start))
        _ = machine.takeAnswer(now: start)
        machine.completed(now: start)
        machine.began(target: "/", at: place, now: start + .seconds(9))
        #expect(machine.breach(limits: limits, now: start + .seconds(18)) == nil)
    }

    @Test func patienceEndsOncePastTheLimitOfEachPhase() {
        var machine = ConnectionMachine(now: start)
        func isHungUp(_ machine: ConnectionMachine, after limit: Duration) -> Bool {
            let before = machine.breach(limits: limits, now: start + limit)
            let after = machine.breach(limits: limits, now: start + limit + .milliseconds(1))
            guard before == nil, case .hangUp = after else { return false }
            return true
        }
        #expect(isHungUp(machine, after: limits.headers))
        machine.began(target: "/", at: place, now: start)
        #expect(isHungUp(machine, after: limits.headers))
        machine = receiving("/")
        #expect(isHungUp(machine, after: limits.request))
        _ = machine.ended(now: start)
        guard case .answer(let refusal) = machine.breach(limits: limits, now: start + limits.handler + .seconds(1))
        else {
            Issue.record("a slow handler is answered for")
            return
        }
        #expect(refusal.status == .serviceUnavailable && refusal.target == "/")
        _ = machine.answer(HTTPResponse(), to: 1, now: start)
        _ = machine.takeAnswer(now: start)
        #expect(isHungUp(machine, after: limits.response))
    }
}

/// `#expect` for what a mutating call returned, which the macro itself cannot take apart.
private func verify(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: sourceLocation)
}
