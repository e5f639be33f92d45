import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension RouterLogReading {
    /// A line that tells of a login to the hotspot.
    ///
    /// RouterOS 6 and 7 write `5C8528 (10.10.10.31): logged in` under `hotspot,account,info,debug`, behind the prefix of the
    /// rule that has it written where that has one: `->: 5C8528 (10.10.10.31): logged in`, as mikhmon's rule for
    /// `hotspot,info,debug` has it kept on disk. So it stands in the lines that mikhmon v3 shows (`dashboard/home.php`,
    /// 0743da9) and others take apart; nobody has compared it with hardware here.
    struct Login: Hashable, Sendable {
        let username: String
        let time: LogTime

        /// The login of a line; nil for a line of anything else.
        init?(_ line: Line) {
            let end = "): logged in"
            guard line.topics.split(separator: ",").contains("hotspot"), line.message.hasSuffix(end),
                let time = LogTime(routerOS: line.time)
            else { return nil }
            let rest = line.message.dropLast(end.count)
            guard let bracket = rest.lastIndex(of: "("), rest[..<bracket].last == " " else { return nil }
            // No code has a space in it: what stands before the last one is a prefix.
            guard let name = rest[..<bracket].split(separator: " ").last, name.utf8.count <= 64 else { return nil }
            username = String(name)
            self.time = time
        }

        /// The login as evidence.
        ///
        /// - Parameters:
        ///   - clock: The router's clock, as it was read together with its log.
        ///   - now: Our clock.
        /// - Returns: The evidence; nil where it cannot be told when it was.
        func observed(by clock: SystemClock, at now: Timestamp) -> ObservedLogin? {
            guard let date = clock.date, let present = clock.time, let offset = clock.gmtOffset,
                let local = time.resolved(notAfter: .init(date: date, time: present))
            else { return nil }
            let stamp = Timestamp(secondsSince1970: local.secondsSince1970(offset: offset))
            return ObservedLogin(username: username, source: .log, receivedAt: now, stamp: stamp)
        }
    }
}

extension Provisioner {
    /// Reads what is new in a router's log, and writes down what it tells of errors and of logins.
    ///
    /// A log that a router does not show keeps nobody from the rest of a reading: the next command shows whether the router
    /// is gone.
    func readLog(_ claim: RouterClaim, _ router: any RouterOSCommands) async throws {
        let before = try await service.logCursor(claim)
        var findings = CareFindings(sound: [.log])
        do {
            let print = Command.print(LogEntry.menu, properties: [".id", "time", "topics", "message"])
            let rows = try await router.run(print, deadline: configuration.tableTimeout).rows
            let reading = RouterLogReading(rows.compactMap(RouterLogReading.Line.init), after: before)
            findings.logLines = reading.lines
            findings.logCursor = reading.cursor
            if !reading.logins.isEmpty {
                let clock = try await router.get(SystemClock.self)
                let now = now()
                findings.logins = reading.logins.compactMap { $0.observed(by: clock, at: now) }
            }
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            // A router without a log has nothing to tell.
        } catch let error as RouterOSError {
            if error.isOfConnection { return }
            findings.faults[.log] = error.message
        }
        try await service.record(findings, under: claim)
    }
}
