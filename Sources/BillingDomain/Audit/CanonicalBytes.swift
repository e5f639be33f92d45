extension LedgerEntry {
    /// The bytes that commit to this entry: id, tenant, instant, cause, idempotency key, actor, and the postings as
    /// account, currency code and minor units.
    ///
    /// Postings are put in the order of account, currency and amount, so that a store need not keep theirs.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder(kind: "ledger-entry")
        encoder.append(id)
        encoder.append(tenant)
        encoder.append(at)
        encoder.append(cause)
        encoder.append(idempotencyKey)
        encoder.append(actor.description)
        let ordered = postings.sorted {
            ($0.account, $0.amount.currency.code, $0.amount.minorUnits)
                < ($1.account, $1.amount.currency.code, $1.amount.minorUnits)
        }
        encoder.append(Int64(ordered.count))
        for posting in ordered {
            encoder.append(posting.account.rawValue)
            encoder.append(posting.amount.currency.code)
            encoder.append(posting.amount.minorUnits)
        }
        return encoder.bytes
    }
}

extension AuditEntry {
    /// The bytes that commit to this line: all its properties, in the order in which they are declared.
    public var canonicalBytes: [UInt8] {
        var encoder = CanonicalEncoder(kind: "audit-entry")
        encoder.append(id)
        encoder.append(tenant)
        encoder.append(at)
        encoder.append(actor.description)
        encoder.append(action)
        encoder.append(subject)
        encoder.append(detail)
        encoder.append(before)
        encoder.append(after)
        encoder.append(requestID)
        encoder.append(sourceAddress)
        return encoder.bytes
    }
}
