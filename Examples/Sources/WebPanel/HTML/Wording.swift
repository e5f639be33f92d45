import BillingDomain
import BillingPersistence

extension Money {
    /// `UGX 1,250,000`, for people to read.
    var wording: String {
        let parts = decimalString.split(separator: ".")
        let digits = parts.first ?? ""
        let sign = digits.hasPrefix("-") ? "−" : ""
        let whole = Array(digits.drop { $0 == "-" })
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return "\(currency.code) \(sign)\(grouped)" + (parts.count == 2 ? ".\(parts[1])" : "")
    }
}

extension Voucher {
    /// `1 voucher`, `50 vouchers`.
    static func counted(_ count: Int) -> String { "\(count) voucher" + (count == 1 ? "" : "s") }

    /// `more than 10000 vouchers`, where they were not counted to the end.
    static func counted(_ total: ListTotal) -> String {
        total.isExact ? counted(total.count) : "\(total) vouchers"
    }

    /// Whether its sale can be entered: it is in stock and would let its buyer in.
    var isForSale: Bool { commercial == .generated && access != .disabled && access != .revoked }
}

extension VoucherTerms {
    /// `3 h · 1.5 GB`, what a voucher gives.
    var wording: String {
        var parts: [String] = []
        if let validity { parts.append("valid \(validity.wording)") }
        if let uptimeAllowance { parts.append("\(uptimeAllowance.wording) online") }
        if let dataQuota { parts.append(dataQuota.wording) }
        return parts.isEmpty ? "unlimited" : parts.joined(separator: " · ")
    }
}

extension ByteQuota {
    /// The amount in binary units under the names customers know: `1.5 GB`.
    var wording: String { description.replacing("iB", with: "B") }
}

extension Duration {
    /// The largest unit that leaves no remainder: `3 hours`, `90 minutes`, `1 day`.
    var wording: String {
        let seconds = components.seconds
        let units: [(name: String, seconds: Int64)] = [("day", 86_400), ("hour", 3600), ("minute", 60)]
        for unit in units where seconds >= unit.seconds && seconds % unit.seconds == 0 {
            let count = seconds / unit.seconds
            return "\(count) \(unit.name)" + (count == 1 ? "" : "s")
        }
        return "\(seconds) s"
    }

    /// The two largest units, for what goes on: `3 d 4 h`, `12 min`.
    var roughWording: String {
        let seconds = components.seconds
        if seconds >= 86_400 { return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h" }
        if seconds >= 3600 { return "\(seconds / 3600) h \(seconds % 3600 / 60) min" }
        if seconds >= 60 { return "\(seconds / 60) min" }
        return "\(seconds) s"
    }
}
