import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Who may do what with customers and their money")
struct MoneyAuthorisationTests {
    @Test("a cashier takes money, and neither gives it away nor undoes it")
    func cashiersAreLimited() async throws {
        let till = try await Till.open(.memory)
        let ordered = try await till.order()
        let payment = try #require(ordered.payment)
        let invoice = try await till.issued(100)
        let cashier = try await till.shop.session(.cashier)
        let id = till.customer.id
        _ = try await cashier.customers.create(CustomerDraft(name: "Ben"), key: .new())
        let draft = PaymentDraft(customer: id, method: .cash, price: till.ugx(5), purpose: .topUp)
        _ = try await cashier.payments.take(draft, key: .new())
        await expectRefusal(.forbidden) {
            try await cashier.wallets.grant(till.ugx(1), to: id, reason: "x", key: .new())
        }
        await expectRefusal(.forbidden) {
            try await cashier.payments.requestRefund(of: till.ugx(1), from: payment.id, key: .new())
        }
        await expectRefusal(.forbidden) { try await cashier.payments.release(payment.id, key: .new()) }
        await expectRefusal(.forbidden) {
            try await cashier.payments.confirm(payment.id, received: till.ugx(1), reference: "B", key: .new())
        }
        await expectRefusal(.forbidden) { try await cashier.invoices.void(invoice.id, reason: "x", key: .new()) }
        await expectRefusal(.forbidden) {
            try await cashier.subscriptions.terminate(ordered.subscription.id, reason: "x", key: .new())
        }
        await expectRefusal(.forbidden) { try await cashier.serviceAccounts.password(of: ordered.serviceAccount.id) }
    }

    @Test("nothing of another tenant is found", arguments: Backing.allCases)
    func tenantsAreWalledOff(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order()
        let payment = try #require(ordered.payment)
        let invoice = try await till.issued(100)
        let other = try await till.shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        let stranger = try await Shop.session(.superAdministrator, of: other, in: till.shop.billing)
        let id = till.customer.id
        let subscription = ordered.subscription.id
        await expectRefusal(.notFound) { try await stranger.customers.customer(id) }
        await expectRefusal(.notFound) { try await stranger.customers.history(id) }
        await expectRefusal(.notFound) { try await stranger.customers.disable(id) }
        await expectRefusal(.notFound) { try await stranger.serviceAccounts.account(ordered.serviceAccount.id) }
        await expectRefusal(.notFound) { try await stranger.serviceAccounts.password(of: ordered.serviceAccount.id) }
        await expectRefusal(.notFound) { try await stranger.subscriptions.subscription(subscription) }
        await expectRefusal(.notFound) { try await stranger.subscriptions.cancel(subscription, key: .new()) }
        await expectRefusal(.notFound) { try await stranger.subscriptions.renewFromBalance(subscription, key: .new()) }
        await expectRefusal(.notFound) { try await stranger.wallets.balance(of: id) }
        await expectRefusal(.notFound) {
            try await stranger.wallets.grant(till.ugx(1), to: id, reason: "x", key: .new())
        }
        await expectRefusal(.notFound) { try await stranger.invoices.invoice(invoice.id) }
        await expectRefusal(.notFound) { try await stranger.invoices.void(invoice.id, reason: "x", key: .new()) }
        await expectRefusal(.notFound) { try await stranger.payments.payment(payment.id) }
        await expectRefusal(.notFound) { try await stranger.payments.receipt(of: payment.id) }
        await expectRefusal(.notFound) {
            try await stranger.payments.requestRefund(of: till.ugx(1), from: payment.id, key: .new())
        }
        let draft = PaymentDraft(customer: id, method: .cash, price: till.ugx(5), purpose: .topUp)
        await expectRefusal(.notFound) { try await stranger.payments.take(draft, key: .new()) }
        #expect(try await stranger.customers.list().items.count == 0)
        #expect(try await stranger.payments.list().items.count == 0)
        #expect(try await stranger.invoices.list().items.count == 0)
        #expect(try await stranger.subscriptions.list().items.count == 0)
    }

    @Test("who may not confirm payments sells into no bank: the payment waits for it", arguments: Backing.allCases)
    func clerksClaimNoTransfers(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let cashier = try await till.shop.session(.cashier)
        let vouchers = try await till.shop.generate(2).vouchers
        for method in [PaymentMethod.bankTransfer, .gateway("momo")] {
            let options = SaleOptions(method: method)
            await expectRefusal(.forbidden) {
                try await cashier.vouchers.sell(codes: [vouchers[0].code], options: options, key: .new())
            }
            _ = try await till.owner.vouchers.quickSale(
                of: till.shop.package.id,
                on: till.shop.router.id,
                options: GenerationOptions(sale: options),
                key: .new()
            )
        }
        let draft = PaymentDraft(
            customer: nil,
            method: .bankTransfer,
            price: till.ugx(2_500),
            purpose: .voucher(vouchers[1].id)
        )
        let payment = try await cashier.payments.take(draft, key: .new())
        #expect(try await till.owner.vouchers.voucher(code: vouchers[1].code).commercial == .generated)
        _ = try await till.owner.payments.confirm(payment.id, received: till.ugx(2_500), reference: "S1", key: .new())
        #expect(try await till.owner.vouchers.voucher(code: vouchers[1].code).commercial == .sold)
    }

    @Test("a discount on an invoice takes the right to grant one, within its limit", arguments: Backing.allCases)
    func discountsOnInvoices(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let rights = TokenDraft(name: "clerk", role: .manager, scopes: [.issueInvoices])
        let clerk = try await till.shop.billing.apiSession(
            token: till.owner.tokens.create(rights, key: .new()).secret
        )
        _ = try await till.owner.settings.set(.discountLimit, to: 2_000)
        let half = Discount.percentage(Percentage(basisPoints: 5_000))
        let fifth = Discount.percentage(Percentage(basisPoints: 2_000))
        func draft(_ line: Discount?, _ whole: Discount?) throws -> InvoiceDraft {
            let line = try InvoiceLine(text: "Cable", unitPrice: till.ugx(1_000), discount: line)
            return InvoiceDraft(customer: till.customer.id, lines: [line], discount: whole)
        }
        let plain = try await clerk.invoices.draft(draft(nil, nil), key: .new())
        for (line, whole) in [(fifth, nil), (nil, fifth)] {
            let draft = try draft(line, whole)
            await expectRefusal(.forbidden) { try await clerk.invoices.draft(draft, key: .new()) }
            await expectRefusal(.forbidden) { try await clerk.invoices.rewrite(plain.id, draft) }
            #expect(try await till.owner.invoices.draft(draft, key: .new()).totals.total == till.ugx(800))
        }
        for (line, whole) in [(half, nil), (nil, half), (fifth, fifth)] {
            let draft = try draft(line, whole)
            await expectRefusal(.invalidInput, field: "discount") {
                try await till.owner.invoices.draft(draft, key: .new())
            }
            await expectRefusal(.invalidInput, field: "discount") {
                try await till.owner.invoices.rewrite(plain.id, draft)
            }
        }
    }
}
