import BillingDomain
import BillingPersistence

extension Export {
    static func revenue(_ days: DateRange, _ period: ReportPeriod) -> Export {
        Export("revenue", .viewReports, ["first_day", "last_day", "currency", "expected", "received", "earned"]) {
            _,
            session,
            store in
            let rows = try store.revenue(days, by: period, TenantCalendar(session.tenant))
            return Page(
                items: rows.flatMap { row in
                    row.figures.map { figures in
                        [
                            .date(row.days.start), .date(row.days.end.adding(days: -1)), .word(figures.currency),
                            .money(figures.expected), .money(figures.received), .money(figures.earned),
                        ]
                    }
                }
            )
        }
    }

    static func staffSales(_ days: DateRange) -> Export {
        report("staff-sales", days, ["seller", "product", "package", "count", "amount", "currency"]) { span, _, store in
            StaffSales.sums(of: try store.sales(span)).map { sales in
                [
                    .maybe(sales.seller), .text(sales.product.rawValue), .text(sales.packageName),
                    .count(sales.count), .money(sales.amount), .word(sales.amount.currency),
                ]
            }
        }
    }

    static func packageSales(_ days: DateRange) -> Export {
        report("package-sales", days, ["product", "package", "count", "amount", "cost", "profit", "currency"]) {
            span,
            session,
            store in
            let withCosts = session.permissions.contains(.viewCosts)
            return PackageSales.sums(of: try store.sales(span, withCosts: withCosts)).map { sales in
                [
                    .text(sales.product.rawValue), .text(sales.packageName), .count(sales.count),
                    .money(sales.amount), .maybe(sales.cost), .maybe(sales.profit), .word(sales.amount.currency),
                ]
            }
        }
    }

    static func methods(_ days: DateRange) -> Export {
        report("methods", days, ["account", "received", "paid_out", "currency"]) { span, _, store in
            try store.accountFlows(span, families: MethodFlow.families).map(MethodFlow.init).map { flow in
                [.text(flow.code), .money(flow.received), .money(flow.paidOut), .word(flow.received.currency)]
            }
        }
    }

    static func usage(_ days: DateRange) -> Export {
        let headers = ["router", "package", "user_days", "uptime_seconds", "bytes_in", "bytes_out"]
        return report("usage", days, headers) { _, session, store in
            try store.use(on: days, routers: session.assignment.routers(in: store)).map { use in
                [
                    .word(use.router), .text(use.packageName), .count(use.userDays),
                    .integer(use.uptime.components.seconds), .integer(use.bytesIn), .integer(use.bytesOut),
                ]
            }
        }
    }

    static var trialBalance: Export {
        Export("trial-balance", .viewLedger, ["account", "class", "debit", "credit", "currency"]) { _, _, store in
            Page(
                items: try TrialBalanceReport(store.balances()).lines.map { line in
                    let isCredit = line.balance.isNegative
                    return [
                        .word(line.account), .maybe(line.account.accountClass?.rawValue),
                        isCredit ? .empty : .money(line.balance),
                        isCredit ? .money(try line.balance.negated()) : .empty, .word(line.balance.currency),
                    ]
                }
            )
        }
    }
}
