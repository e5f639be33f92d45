import BillingDomain
import BillingPersistence

extension Export {
    static func vouchers(_ filter: VoucherFilter) -> Export {
        Export(
            "vouchers",
            .viewVouchers,
            [
                "code", "package", "price", "currency", "batch", "router", "money", "use", "created", "sold", "sold_by",
                "paid", "first_used", "expires", "ended", "uptime_seconds", "bytes_in", "bytes_out",
            ]
        ) { page, session, store in
            try store.vouchersOldestFirst(filter.within(session.assignment, in: store), page).map { voucher in
                [
                    .text(voucher.code), .text(voucher.packageName), .money(voucher.terms.price),
                    .word(voucher.terms.price.currency), .word(voucher.batch), .word(voucher.router),
                    .text(voucher.commercial.rawValue), .text(voucher.access.rawValue), .instant(voucher.createdAt),
                    .maybe(voucher.soldAt), .maybe(voucher.soldBy?.description),
                    voucher.soldAt == nil ? .empty : .money(voucher.paidPrice), .maybe(voucher.activatedAt),
                    .maybe(voucher.expiresAt), .maybe(voucher.endedAt),
                    .integer(voucher.usage.totals.uptime.components.seconds), .integer(voucher.usage.totals.bytesIn),
                    .integer(voucher.usage.totals.bytesOut),
                ]
            }
        }
    }

    static var ledger: Export {
        Export("ledger", .viewLedger, ["at", "entry", "line", "account", "debit", "credit", "currency"]) {
            page,
            _,
            store in
            try store.page(Query<PostingRow>().sortedByIdentity(), page).map { row in
                let amount = row.posting.amount
                return [
                    .instant(row.at), .word(row.entry), .count(row.line), .word(row.posting.account),
                    amount.isNegative ? .empty : .money(amount),
                    amount.isNegative ? .money(try amount.negated()) : .empty, .word(amount.currency),
                ]
            }
        }
    }

    static var audit: Export {
        Export("audit", .viewAudit, ["position", "at", "actor", "action", "subject", "detail"]) { page, _, store in
            try store.page(Query<AuditRow>().sorted(by: AuditRow.Columns.position), page).map { row in
                [
                    .integer(row.position), .instant(row.entry.at), .word(row.entry.actor), .text(row.entry.action),
                    .text(row.entry.subject), .text(row.entry.detail),
                ]
            }
        }
    }
}
