public import RouterOSClient
public import RouterOSProtocol

extension RouterOSSimulator {
    /// Makes a router with rows.
    ///
    /// ```swift
    /// let router = try RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"), rows: """
    ///     /ip/hotspot/user/profile name=3h rate-limit=2M/2M
    ///     /ip/hotspot/user name=A7K2 profile=3h comment="sold by Amina"
    ///     """)
    /// ```
    ///
    /// - Parameters:
    ///   - release: the release it answers as.
    ///   - credentials: the one user of its API.
    ///   - rows: what ``add(rows:)`` takes.
    ///   - identity: the name in `/system/identity`.
    ///   - clock: what moves its time; manual by default.
    ///   - traffic: what online clients use by themselves; nothing by default.
    ///   - seed: where everything random comes from.
    ///   - limits: how much it keeps for clients that take their time.
    /// - Throws: ``SimulatorError`` with code `refused`, which names the line.
    public convenience init(
        _ release: RouterOSVersion = .v7_18,
        credentials: Credentials,
        rows: String,
        identity: String = "MikroTik",
        clock: Clock = .manual,
        traffic: SimulatedTraffic = .none,
        seed: UInt64 = 0,
        limits: SimulatorLimits = SimulatorLimits()
    ) throws(SimulatorError) {
        self.init(
            release,
            credentials: credentials,
            identity: identity,
            clock: clock,
            traffic: traffic,
            seed: seed,
            limits: limits
        )
        try add(rows: rows)
    }

    /// Adds rows, one a line: the menu, then `name=value` as at the console.
    ///
    /// A value with spaces stands in double quotes, in which a backslash takes the next character as it is. A line that begins with
    /// `#` is for readers. Settings that are no table are changed, and `set` with a name or id changes a row that is there:
    ///
    /// ```
    /// /system/identity name=lake-view
    /// /ip/hotspot/user/profile set default shared-users=2
    /// /ip/hotspot/user name=A7K2 comment="sold by Amina"
    /// ```
    ///
    /// - Throws: ``SimulatorError`` with code `refused`, which names the line; the lines before it have been carried out.
    public func add(rows: String) throws(SimulatorError) {
        let problem = process { router -> String? in
            for (number, line) in rows.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                do {
                    try router.carryOut(line)
                } catch let trap as Trap {
                    return "line \(number + 1) of the rows is refused: \(trap.message). Correct it: \(line)"
                } catch let problem as RowText.Problem {
                    return "line \(number + 1) of the rows cannot be read: \(problem.reason). Correct it: \(line)"
                } catch {
                    return "line \(number + 1) of the rows: \(error)"
                }
            }
            return nil
        }
        if let problem { throw SimulatorError(.refused, problem) }
    }

    /// Gives the router menus of your own.
    ///
    /// ```swift
    /// try router.add(menus: """
    ///     menu /ip/arp table
    ///     verbs add set remove enable disable comment
    ///     setting address address required
    ///     setting mac-address mac
    ///     setting disabled flag default false
    ///     setting comment text
    ///     """)
    /// ```
    ///
    /// A line `menu PATH table|settings` begins a menu; what follows belongs to it:
    /// - `verbs WORD…`: what it understands beyond `print`, `getall`, `get` and `listen`.
    /// - `setting NAME KIND`, `counter NAME KIND`, `fact NAME KIND`: its columns; clients write settings alone, and `reset-counters`
    ///   takes counters back. Behind it may stand `required`, `sensitive`, `hidden`, `volatile` for what a restart takes back,
    ///   `default VALUE` and `absent WORD`.
    /// - `key NAME…` and `duplicate TEXT`: what two rows may not share, and what the router says to it.
    /// - `row ID NAME=VALUE…`: a row that is there from the start.
    ///
    /// A kind is `text`, `flag`, `integer`, `1..8`, `bytes`, `rate`, `duration`, `date`, `time`, `address`, `prefix`, `mac`, a word of
    /// its own, or `@/menu` for the name of a row of another menu; `none|duration` is one of several, `mac...` a list, `rate/rate` a
    /// pair. Every line but `duplicate` may end in `since VERSION` or `until VERSION`. Values write spaces and `%` as `%20` and `%25`,
    /// an empty one as `""`; a line that begins with `;` is for readers.
    ///
    /// A menu that the router has already is replaced, its rows with it.
    ///
    /// - Throws: ``SimulatorError`` with code `malformedMenus`, which names the line; nothing is changed then.
    public func add(menus text: String) throws(SimulatorError) {
        do throws(MenuText.Problem) {
            let menus = try MenuText.menus(text, of: release)
            process { $0.add(menus) }
        } catch {
            throw SimulatorError(.malformedMenus, "\(error). Correct it.")
        }
    }
}

extension SimulatedRouter {
    fileprivate mutating func carryOut(_ line: Substring) throws {
        guard let row = try RowText(line) else { return }
        let isTable = menus[row.menu].map { $0.shape == .table } ?? true
        let verb = row.verb ?? (isTable ? "add" : "set")
        defer { tellListeners() }
        _ = try execute(Request("\(row.menu)/\(verb)", row.attributes))
    }
}
