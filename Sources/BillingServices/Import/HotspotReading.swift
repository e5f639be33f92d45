import BillingDomain
import BillingPersistence
import OpenSSLSupport

/// A hotspot's state understood beside our records: the plan, and what it takes to carry it out.
struct HotspotReading {
    /// A user that becomes a voucher.
    struct NewVoucher {
        let user: ImportedHotspotUser
        let terms: VoucherTerms
        let access: AccessState
    }

    let plan: ImportPlan
    let vouchers: [NewVoucher]
    /// The terms of the packages that price lists become, by name.
    let packages: [(name: String, terms: VoucherTerms)]
    /// The packages that are there already, by profile.
    let known: [String: Package]
    let calendar: FixedOffsetCalendar
    let firstLogins: [String: Timestamp]

    init(
        _ state: HotspotState,
        router: Router,
        tenant: Tenant,
        marker: String,
        store: any StoreReader,
        at now: Timestamp
    ) throws {
        guard state.users.count <= 100_000, state.saleRows.count <= 1_000_000, state.profiles.count <= 10_000 else {
            throw BillingError.invalid("users", "An import has at most 100000 users.")
        }
        let calendar = FixedOffsetCalendar(seconds: state.secondsFromUTC)
        guard state.readAt <= now, now - state.readAt <= .seconds(86_400) else {
            throw BillingError.invalid("readAt", "Read the router again: this was read more than a day ago.")
        }
        let drift = (calendar.instant(state.clock) - state.readAt).components.seconds.magnitude
        guard drift <= 120 else {
            throw BillingError.invalid(
                "clock",
                "The router's clock is \(drift) s off, so that no end of use could be told. Set it and its zone first."
            )
        }
        let currency = state.currency ?? tenant.currency
        var remarks: [String] = []
        var lists: [String: MikhmonPriceList] = [:]
        for profile in state.profiles where !profile.onLogin.isEmpty {
            do {
                lists[profile.name] = try MikhmonPriceList(onLogin: profile.onLogin, currency: currency)
                remarks.append("“\(profile.name)” runs mikhmon's script, which does not end vouchers of ours.")
            } catch {
                remarks.append("“\(profile.name)” has a script without a price list: \(error.message)")
            }
        }
        let (sales, logins, repeated) = Self.sales(state.saleRows, currency, calendar, &remarks)
        for preset in state.presets {
            do {
                let read = try MikhmonQuickPrint(source: preset, currency: currency)
                remarks.append("The preset “\(read.name)” sells the profile “\(read.profile)”.")
            } catch {
                remarks.append("A preset cannot be read: \(error.message)")
            }
        }
        let offered = try store.packages().filter { !$0.isArchived }
        let names = Set(offered.map { $0.name.asciiUppercased })
        let known = Dictionary(offered.map { ($0.terms.routerProfile, $0) }) { first, _ in first }
        var packages: [(name: String, terms: VoucherTerms)] = []
        for (name, list) in lists.sorted(by: { $0.key < $1.key }) {
            guard !names.contains(name.asciiUppercased), let checked = try? Input.name(name), checked == name,
                name.asciiUppercased != VoucherBatch.customPackageName
            else { continue }
            switch Self.result({ () throws(DomainError) in try Self.terms(of: list, profile: name) }) {
            case .success(let terms): packages.append((name, terms))
            case .failure(let error): remarks.append("“\(name)” does not become a package: \(error.message)")
            }
        }

        var entries: [ImportPlan.Entry] = []
        var vouchers: [NewVoucher] = []
        let taken = try Self.taken(state.users, in: store)
        var seen: Set<String> = []
        for row in state.users {
            let code = String((row.name ?? "").prefix(60))
            let verdict: ImportPlan.Verdict
            switch Self.result({ () throws(DomainError) in try ImportedHotspotUser(row) }) {
            case .failure(let error):
                verdict = .refused(field: error.field ?? "user", error.message)
            case .success(let user):
                let key = Voucher.uniqueKey(of: user.code)
                let access = user.access(at: state.clock)
                if !seen.insert(key).inserted {
                    verdict = .conflicting("Another row has this code, whatever its case.")
                } else if let other = taken[key] {
                    verdict = other == router.id ? .ours : .conflicting("A voucher of another router has this code.")
                } else if !marker.isEmpty, user.comment.hasPrefix(marker) {
                    verdict = .foreign
                } else if access.isFinal {
                    verdict = .ended(access)
                } else {
                    let list = lists[user.profile]
                    switch Self.result({ () throws(DomainError) in
                        try Self.terms(of: user, list, known[user.profile], currency)
                    }) {
                    case .failure(let error):
                        verdict = .refused(field: error.field ?? "user", error.message)
                    case .success(let terms):
                        vouchers.append(NewVoucher(user: user, terms: terms, access: access))
                        verdict = .new(access)
                    }
                }
            }
            entries.append(ImportPlan.Entry(code: code, verdict: verdict))
        }
        for profile in Set(vouchers.map(\.user.profile)).sorted() where lists[profile] == nil && known[profile] == nil {
            remarks.append("“\(profile)” has no price: its users become vouchers without one.")
        }
        plan = ImportPlan(
            router: router.id,
            entries: entries,
            packages: packages.map(\.name),
            sales: sales,
            repeatedSales: repeated,
            remarks: remarks,
            digest: try Self.digest(router.id, entries, vouchers, packages)
        )
        self.vouchers = vouchers
        self.packages = packages
        self.known = known
        self.calendar = calendar
        firstLogins = logins
    }

    /// What came of reading something, so that one row that cannot be read does not keep the others back.
    private static func result<Value>(_ body: () throws(DomainError) -> Value) -> Result<Value, DomainError> {
        do throws(DomainError) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }
}

extension HotspotReading {
    /// When a user's name was first logged in with, where a sale row says so.
    private static func sales(
        _ rows: [String],
        _ currency: Currency,
        _ calendar: FixedOffsetCalendar,
        _ remarks: inout [String]
    ) -> ([ImportPlan.MonthOfSales], [String: Timestamp], Int) {
        var read: [MikhmonSaleRow] = []
        var unread = 0
        for row in rows {
            do { read.append(try MikhmonSaleRow(name: row, currency: currency)) } catch { unread += 1 }
        }
        if unread > 0 { remarks.append("\(unread) sale rows cannot be read.") }
        let once = MikhmonSaleRow.withoutDuplicates(read)
        var months: [String: (count: Int, total: Money)] = [:]
        var logins: [String: Timestamp] = [:]
        for row in once {
            let month = String(row.at.date.description.prefix(7))
            let before = months[month] ?? (0, .zero(currency))
            months[month] = (before.count + 1, (try? before.total + row.price) ?? before.total)
            let at = calendar.instant(row.at)
            let key = Voucher.uniqueKey(of: row.user)
            logins[key] = max(logins[key] ?? at, at)
        }
        let sales = months.sorted { $0.key < $1.key }.map { month, sums in
            ImportPlan.MonthOfSales(month: month, count: sums.count, total: sums.total)
        }
        return (sales, logins, read.count - once.count)
    }

    /// The routers of those of the codes that are vouchers already.
    private static func taken(
        _ rows: [HotspotUserText],
        in store: any StoreReader
    ) throws -> [String: Identifier<Router>] {
        let keys = Set(rows.map { Voucher.uniqueKey(of: $0.name ?? "") }).sorted()
        var taken: [String: Identifier<Router>] = [:]
        for start in stride(from: 0, to: keys.count, by: 500) {
            let some = keys[start..<min(start + 500, keys.count)]
            for voucher in try store.records(Query(Voucher.Columns.codeKey.isOne(of: some))) {
                taken[Voucher.uniqueKey(of: voucher.code)] = voucher.router
            }
        }
        return taken
    }

    /// The terms of a package that a price list becomes.
    private static func terms(of list: MikhmonPriceList, profile: String) throws(DomainError) -> VoucherTerms {
        try VoucherTerms(
            validity: list.validity,
            locksToDevice: list.locksToDevice,
            expiryRule: list.mode.expiryRule,
            price: list.price,
            cost: list.cost,
            routerProfile: profile
        )
    }

    /// The limits of the user's row, at the price of its profile's list or package.
    private static func terms(
        of user: ImportedHotspotUser,
        _ list: MikhmonPriceList?,
        _ package: Package?,
        _ currency: Currency
    ) throws(DomainError) -> VoucherTerms {
        let base = package?.terms
        return try VoucherTerms(
            validityPeriod: list.map { $0.validity.map(Validity.elapsed) } ?? base?.validityPeriod,
            uptimeAllowance: user.uptimeAllowance,
            dataQuota: user.dataQuota,
            locksToDevice: list?.locksToDevice ?? base?.locksToDevice ?? (user.device != nil),
            expiryRule: list?.mode.expiryRule ?? base?.expiryRule ?? ExpiryRule(.keep),
            price: list?.price ?? base?.price ?? .zero(currency),
            cost: list?.cost ?? base?.cost,
            routerProfile: user.profile
        )
    }

    /// A digest of everything that is to be done; passwords are no part of it, for they could be guessed from it.
    private static func digest(
        _ router: Identifier<Router>,
        _ entries: [ImportPlan.Entry],
        _ vouchers: [NewVoucher],
        _ packages: [(name: String, terms: VoucherTerms)]
    ) throws -> String {
        var parts = [router.description]
        parts += entries.map { "\($0.code)\u{1}\($0.verdict)" }
        for new in vouchers {
            let user = new.user
            parts += [
                user.code, user.comment, user.profile, "\(user.used)", "\(user.password != nil)", "\(user.isDisabled)",
            ]
            parts += new.terms.fingerprint.map { $0 ?? "-" }
        }
        for package in packages { parts += [package.name] + package.terms.fingerprint.map { $0 ?? "-" } }
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined(separator: ",")
        return Hexadecimal.text(try SHA256.digest(of: text))
    }
}
