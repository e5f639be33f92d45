import BillingDomain

/// What a voucher gives, in as few words as a 7 mm row has room for.
struct AllowanceText {
    let short: String

    init(_ terms: VoucherTerms) {
        var parts: [String] = []
        if let validity = terms.validityPeriod {
            parts.append(Self.text(validity))
        }
        if let uptime = terms.uptimeAllowance, uptime != terms.validity {
            parts.append("\(Self.text(uptime)) online")
        }
        if let quota = terms.dataQuota {
            parts.append(Self.text(bytes: quota.bytes))
        }
        short = parts.isEmpty ? "unlimited" : parts.joined(separator: " · ")
    }

    static func text(_ validity: Validity) -> String {
        switch validity {
        case .elapsed(let duration): text(duration)
        case .days(let count): count == 1 ? "1 day" : "\(count) days"
        case .weeks(let count): count == 1 ? "1 week" : "\(count) weeks"
        case .months(let count): count == 1 ? "1 month" : "\(count) months"
        case .untilDayOfMonth(let day, _): "until day \(day)"
        }
    }

    /// The largest unit that fits without a remainder: `3 h`, `90 min`, `7 days`.
    static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if seconds % 86_400 == 0, seconds > 86_400 { return "\(seconds / 86_400) days" }
        if seconds % 3_600 == 0 { return "\(seconds / 3_600) h" }
        if seconds % 60 == 0 { return "\(seconds / 60) min" }
        return "\(seconds) s"
    }

    /// In binary units, which is what the router counts in, to a tenth: `1.5 GB`, `512 MB`.
    static func text(bytes: Int64) -> String {
        let units: [(name: String, shift: Int64)] = [("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10)]
        for unit in units where bytes >= 1 << unit.shift {
            let whole = bytes >> unit.shift
            let tenths = ((bytes - (whole << unit.shift)) * 10) >> unit.shift
            return tenths == 0 ? "\(whole) \(unit.name)" : "\(whole).\(tenths) \(unit.name)"
        }
        return "\(bytes) B"
    }
}
