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
        /// The name with whatever stands before it: it is all of it where no prefix is.
        let wholeName: String
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
            wholeName = String(rest[..<bracket].dropLast())
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

extension RouterLogReading {
    /// The logins that can be evidence, the first of each user.
    ///
    /// Those whose rows are somebody else's tell nothing of our vouchers, whatever they are called; nor do lines that seem to
    /// be from before the router started: it writes with a wrong clock until it has asked for the time.
    ///
    /// - Parameters:
    ///   - tables: What the router showed in the same visit.
    ///   - markers: What our rows are marked with.
    ///   - clock: The router's clock.
    ///   - now: Our clock.
    /// - Returns: What they tell.
    func evidence(
        beside tables: RouterTables,
        _ markers: RouterMarkers,
        by clock: SystemClock,
        at now: Timestamp
    ) -> [ObservedLogin] {
        let others = Set(
            tables.users.filter { RowOwner(comment: $0.comment, markers) != .voucher }.map { $0.name.asciiUppercased }
        )
        var known: Set<String> = []
        return logins.compactMap { login in
            guard !others.contains(login.username.asciiUppercased), !others.contains(login.wholeName.asciiUppercased),
                let observed = login.observed(by: clock, at: now), let stamp = observed.stamp,
                let bootedAt = tables.reading.bootedAt, stamp >= bootedAt,
                known.insert(login.username.asciiUppercased).inserted
            else { return nil }
            return observed
        }
    }
}

extension Provisioner {
    /// Reads what is new in a router's log, and writes down what it tells of errors and of logins.
    ///
    /// A log that a router does not show keeps nobody from the rest of a reading, and neither does what cannot be written down
    /// of it: the next command shows whether the router is gone.
    func readLog(_ claim: RouterClaim, _ router: any RouterOSCommands, _ tables: RouterTables, _ markers: RouterMarkers)
        async throws
    {
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
                findings.logins = reading.evidence(beside: tables, markers, by: clock, at: now())
            }
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            // A router without a log has nothing to tell.
        } catch let error as RouterOSError {
            if error.isOfConnection { return }
            findings.faults[.log] = error.message
        }
        do {
            try await service.record(findings, under: claim)
        } catch let error as BillingError where error.code != .leaseLost && !findings.logins.isEmpty {
            report(error)
            findings.logins = []
            try await service.record(findings, under: claim)
        }
    }
}
