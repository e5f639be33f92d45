import BillingDomain
import BillingPersistence

extension Export {
    static func customers(_ filter: CustomerFilter) -> Export {
        Export(
            "customers",
            .viewCustomers,
            ["number", "name", "status", "phone", "email", "address", "site", "tags", "created", "closed"]
        ) { page, session, store in
            let query = try filter.query.within(session.assignment, in: store)
            return try store.page(query.sortedByIdentity(), page).map { customer in
                func contact(_ kinds: ContactPoint.Kind...) -> ExportedCell {
                    let own = customer.contacts.filter { kinds.contains($0.kind) }
                    return .maybe((own.first(where: \.isPreferred) ?? own.first)?.value)
                }
                return [
                    .text(customer.number), .text(customer.name), .text(customer.status.rawValue),
                    contact(.phone, .whatsApp), contact(.email), contact(.address), .maybe(customer.site?.description),
                    .text(customer.tags.joined(separator: " ")), .instant(customer.createdAt),
                    .maybe(customer.closedAt),
                ]
            }
        }
    }

    static func subscriptions(_ filter: SubscriptionFilter) -> Export {
        Export(
            "subscriptions",
            .viewSubscriptions,
            [
                "subscription", "customer", "service", "package", "kind", "cycle", "price", "currency", "state",
                "paid_through", "renews_itself", "created", "ended",
            ]
        ) { page, session, store in
            let query = try filter.query.within(session.assignment, in: store)
            return try store.page(query.sortedByIdentity(), page).map { subscription in
                [
                    .word(subscription.id), .word(subscription.customer),
                    .maybe(subscription.serviceAccount?.description), .text(subscription.terms.packageName),
                    .text(subscription.kind.rawValue), .word(subscription.terms.cycle),
                    .money(subscription.terms.price), .word(subscription.terms.price.currency),
                    .text(subscription.state.rawValue), .maybe(subscription.paidThrough),
                    .text(subscription.autoRenews ? "yes" : "no"), .instant(subscription.createdAt),
                    .maybe(subscription.endedAt),
                ]
            }
        }
    }

    static func payments(_ filter: PaymentFilter) -> Export {
        Export(
            "payments",
            .viewPayments,
            [
                "payment", "reference", "customer", "method", "purpose", "status", "amount", "payer_fee", "captured",
                "refunded", "currency", "created", "settled",
            ]
        ) { page, session, store in
            let query = try filter.query.within(session.assignment, in: store)
            return try store.page(query.sortedByIdentity(), page).map { payment in
                [
                    .word(payment.id), .text(payment.publicReference), .maybe(payment.customer?.description),
                    .word(payment.method), .word(payment.purpose), .text(payment.status.rawValue),
                    .money(payment.amount), .money(payment.payerFee), .money(payment.captured),
                    .money(payment.refunded), .word(payment.captured.currency), .instant(payment.createdAt),
                    .maybe(payment.settledAt),
                ]
            }
        }
    }

    static func invoices(_ filter: InvoiceFilter) -> Export {
        Export(
            "invoices",
            .viewInvoices,
            [
                "invoice", "number", "customer", "state", "issued", "due", "net", "tax", "total", "paid", "credited",
                "outstanding", "currency", "created",
            ]
        ) { page, session, store in
            let query = try filter.query.within(session.assignment, in: store)
            return try store.page(query.sortedByIdentity(), page).map { invoice in
                let totals = invoice.totals
                return [
                    .word(invoice.id), .maybe(invoice.number?.text), .word(invoice.customer),
                    .text(invoice.state.rawValue), .maybe(invoice.issueDate), .maybe(invoice.dueDate),
                    .money(totals.net), .money(try totals.total - totals.net), .money(totals.total),
                    .money(invoice.paid), .money(invoice.credited), .money(invoice.outstanding),
                    .word(invoice.currency), .instant(invoice.createdAt),
                ]
            }
        }
    }

    static func debtors(_ currency: Currency) -> Export {
        let buckets = AgeingBucket.allCases
        return Export(
            "debtors",
            .viewReports,
            ["number", "name"] + buckets.map(\.rawValue) + ["owed", "credit", "currency"]
        ) { page, session, store in
            let today = TenantCalendar(session.tenant).date(session.context.environment.now())
            return Page(
                items: try store.debtors(in: currency, on: today, within: session.assignment).map { debtor in
                    [.text(debtor.customer.number), .text(debtor.customer.name)]
                        + buckets.map { .maybe(debtor.ageing.amounts[$0]) }
                        + [.money(debtor.ageing.owed), .money(debtor.ageing.unapplied), .word(currency)]
                }
            )
        }
    }
}
