public import BillingDomain
import BillingPersistence

extension VoucherService {
    /// Adds time, data or session time to a voucher, for a price or for nothing; the only way back once it has ended.
    ///
    /// What is paid for it is owed until the first use and earned at once after it. The same key answers with the same
    /// record.
    ///
    /// - Parameters:
    ///   - code: The code, in any case.
    ///   - grant: What is added.
    ///   - price: What was paid for it, which takes ``Permission/sellVouchers`` too; `nil` for nothing.
    ///   - method: How it was paid; a balance is that of the voucher's customer.
    ///   - cause: Why: the payment, order or complaint, 1 to 200 bytes.
    ///   - key: The caller's name for this request.
    /// - Returns: The record of it.
    /// - Throws: ``BillingError``.
    public func extend(
        code: String,
        by grant: VoucherGrant,
        price: Money? = nil,
        method: PaymentMethod = .cash,
        cause: String,
        key: IdempotencyKey
    ) async throws -> VoucherEntitlement {
        let cause = try Input.reference(cause, field: "cause")
        if price != nil {
            for permission in [.sellVouchers] + method.furtherPermissions { try session.authorise(permission) }
        }
        let request = [
            "voucher.extend", Voucher.uniqueKey(of: code), grant.time?.description, grant.policy.rawValue,
            grant.bytes.map { String($0.bytes) }, grant.uptime?.description, price?.description, method.description,
            cause,
        ]
        return try await session.change(.extendVouchers) { change in
            try change.once(key, request) { change in
                let voucher = try change.reachableVoucher(code)
                let price = try Self.checked(price, of: voucher)
                if let price, method == .cash { try change.requireCoins(for: price, field: "price") }
                return try change.extend(voucher, by: grant, price: price, method: method, cause).id.description
            } answer: { store, reference in
                guard let id = Identifier<VoucherEntitlement>(reference), let record = try store.find(id) else {
                    throw BillingError.notFound("extension")
                }
                return record
            }
        }
    }

    /// The extensions of a voucher, oldest first.
    public func entitlements(code: String) async throws -> [VoucherEntitlement] {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { try $0.entitlements(of: assignment.voucher(code, in: $0).id) }
    }

    /// Gives a voucher to another customer, or to none, with what remains of it; a lock to a device is lifted.
    public func transfer(code: String, toCustomer customer: Identifier<Customer>?) async throws -> Voucher {
        try await session.change(.transferVouchers) { change in
            var voucher = try change.reachableVoucher(code)
            let other = try customer.map { try change.customer($0) }
            try voucher.transfer(toCustomer: other?.id, name: other?.name)
            let whom = other.map { "customer:\($0.id)" } ?? "nobody"
            try change.audit("voucher.transfer", "voucher:\(voucher.id)", whom)
            try change.converge([voucher])
            return try change.reachableVoucher(code)
        }
    }

    /// Moves a voucher whose row is not on its router to another router, with what remains of it.
    ///
    /// Refused while its row is, or may be, on the router that it is for: it could be used on both.
    public func transfer(code: String, toRouter router: Identifier<Router>) async throws -> Voucher {
        try await session.change(.transferVouchers) { change in
            var voucher = try change.reachableVoucher(code)
            let other = try change.reachableRouter(router)
            guard voucher.provisioning == .failed || voucher.provisioning == .removed else {
                throw BillingError(
                    .conflict,
                    field: "router",
                    "Its row may be on its router. Move it when that has refused it, or sell another voucher."
                )
            }
            let former = try voucher.transfer(toRouter: other.id)
            try change.audit("voucher.move", "voucher:\(voucher.id)", "router:\(former) → router:\(other.id)")
            try change.converge([voucher])
            return try change.reachableVoucher(code)
        }
    }

    /// The devices that were seen with a voucher, the first first.
    public func devices(code: String) async throws -> [VoucherDevice] {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { try $0.devices(of: assignment.voucher(code, in: $0).id) }
    }

    /// Lifts a voucher's lock to a device, so that the next device seen becomes the one.
    public func unlockDevice(code: String) async throws -> Voucher {
        try await session.change(.extendVouchers) { change in
            var voucher = try change.reachableVoucher(code)
            let device = voucher.lockedDevice
            try voucher.unlockDevice()
            try change.audit("voucher.unlock", "voucher:\(voucher.id)", device?.description ?? "")
            try change.converge([voucher])
            return try change.reachableVoucher(code)
        }
    }

    /// What is left of a voucher now, to show a countdown.
    public func countdown(code: String) async throws -> VoucherCountdown {
        let now = session.context.environment.now()
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { store in
            VoucherCountdown(of: try assignment.voucher(code, in: store), at: now)
        }
    }

    /// Sends the credentials of a voucher again.
    ///
    /// The message holds the voucher's identity and not its code, which is looked up when it goes out. The same key
    /// answers with the same message.
    ///
    /// - Parameters:
    ///   - code: The code, in any case.
    ///   - recipient: Whom to, such as `phone:+256700000001`; the voucher's customer where it is left out.
    ///   - key: The caller's name for this request.
    /// - Returns: The message, which waits to be sent.
    /// - Throws: ``BillingError``.
    public func resend(code: String, to recipient: String? = nil, key: IdempotencyKey) async throws
        -> NotificationIntent
    {
        let recipient = try recipient.map { try Input.reference($0, field: "recipient") }
        return try await session.change(.sendNotifications) { change in
            try change.once(key, ["voucher.resend", Voucher.uniqueKey(of: code), recipient]) { change in
                let voucher = try change.reachableVoucher(code)
                guard let recipient = recipient ?? voucher.customerID.map({ "customer:\($0)" }) else {
                    throw BillingError.invalid("recipient", "Say whom to send it to: this voucher has no customer.")
                }
                guard !voucher.access.isFinal else {
                    throw BillingError(.conflict, field: "code", "This voucher has ended; there is nothing to send.")
                }
                let intent = try change.send(voucher, to: recipient, dedupe: key.text)
                try change.audit("voucher.send", "voucher:\(voucher.id)", "notification:\(intent.id)")
                return intent.id.description
            } answer: { store, reference in
                guard let id = Identifier<NotificationIntent>(reference), let intent = try store.find(id) else {
                    throw BillingError.notFound("notification")
                }
                return intent
            }
        }
    }

    private static func checked(_ price: Money?, of voucher: Voucher) throws -> Money? {
        guard let price else { return nil }
        guard price.currency == voucher.paidPrice.currency, (1...VoucherTerms.maximumPrice).contains(price.minorUnits)
        else {
            throw BillingError.invalid(
                "price",
                "A price is more than nothing and in \(voucher.paidPrice.currency.code)."
            )
        }
        guard voucher.commercial == .sold else {
            throw BillingError(.conflict, field: "price", "Sell the voucher before anything is paid for more of it.")
        }
        return price
    }
}

extension Change {
    fileprivate mutating func extend(
        _ before: Voucher,
        by grant: VoucherGrant,
        price: Money?,
        method: PaymentMethod,
        _ cause: String
    ) throws -> VoucherEntitlement {
        var voucher = before
        let id = try identifier(of: VoucherEntitlement.self)
        let payment = try price.map { price in
            VoucherPayment(
                price,
                account: try account(of: method, in: price.currency, for: voucher.customerID),
                granted: try grantedPart(of: price, by: method, of: voucher.customerID),
                entry: VoucherEntitlement.entry(of: id)
            )
        }
        let record = try voucher.extend(
            grant,
            id: id,
            paid: payment,
            by: actor,
            cause: cause,
            at: now,
            calendar: calendar()
        )
        try store.insert(record)
        if let payment { try book(payment, for: voucher, by: method) }
        let paid = price.map { " for \($0)" } ?? ""
        try audit("voucher.extend", "voucher:\(voucher.id)", cause + paid)
        try converge([voucher])
        return record
    }

    /// Asks for the credentials of a voucher to be sent.
    @discardableResult
    func send(_ voucher: Voucher, to recipient: String, dedupe: String) throws -> NotificationIntent {
        let intent = NotificationIntent(
            id: try identifier(),
            tenant: tenant,
            template: "voucher.credentials",
            recipient: recipient,
            variables: ["voucher": voucher.id.description],
            dedupeKey: "voucher.credentials:\(voucher.id):\(dedupe)",
            createdAt: now
        )
        try store.insert(intent)
        return intent
    }

    /// Earns what is owed for a sold voucher that ended without a first login.
    func settleEnd(of voucher: Voucher, before: Voucher) throws {
        guard before.access != .expired, voucher.access == .expired, voucher.activatedAt == nil else { return }
        try postBreakage(of: voucher)
        try audit("voucher.lapse", "voucher:\(voucher.id)", voucher.maskedCode)
    }
}
