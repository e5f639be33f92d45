public import RouterOSProtocol

extension WritableRouterOSRow {
    /// The attributes in which `existing` is not what this row asks for; what this row leaves open does not count.
    ///
    /// Values are compared by what they mean, however they were written: `1h` is `01:00:00` and `3600s`, `2M/2M` is
    /// `2000000/2000000`, and a limit of 0 is none. Lists whose order means nothing are compared as sets, `!ftp` in a list
    /// of policies being no element of it. A secret that the router does not show counts as right.
    public func drift(from existing: Self) -> [String] {
        var wanted = Attributes()
        write(to: &wanted)
        var found = Attributes()
        existing.write(to: &found)
        return wanted.all.filter { !Self.means($0, found.bytes($0.name)) }.map(\.name)
    }

    private static func means(_ wanted: Sentence.Attribute, _ found: ArraySlice<UInt8>?) -> Bool {
        let value = wanted.value
        guard let found else { return isHiddenFromSome(wanted.name) || wanted.meansNothing }
        if found.isEmpty { return wanted.meansNothing }
        if found.elementsEqual(wanted.bytes) { return true }
        let text = String(decoding: found, as: UTF8.self)
        // Attributes that rows keep as text because a word can stand in their place.
        switch wanted.name {
        case "rate-limit":
            guard let wanted = RateLimit(routerOS: value), let found = RateLimit(routerOS: text) else { return false }
            return wanted.resolved == found.resolved
        case "caller-id":
            guard let wanted = MACAddress(routerOS: value) else { return false }
            return wanted == MACAddress(routerOS: text)
        case "login-by", "authentication", "policy", "service", "packet-marks", "address", "target", "dst",
            "remote-ipv6-prefix":
            return elements(value) == elements(text)
        default:
            return false
        }
    }

    /// Whether users without the policy `sensitive` are not shown it.
    private static func isHiddenFromSome(_ name: String) -> Bool {
        ["password", "secret", "mac-auth-password", "otp-secret"].contains(name)
    }

    /// The elements of a list whose order means nothing, networks without the bits behind them.
    private static func elements(_ list: String) -> Set<String> {
        Set(list.split(separator: ",").filter { !$0.hasPrefix("!") }.map { network(String($0)) })
    }

    /// `10.0.0.5` is stored as `10.0.0.5/32`, `10.0.0.5/24` as `10.0.0.0/24`; what is no network is as it was.
    private static func network(_ element: String) -> String {
        guard let prefix = IPPrefix(routerOS: element) else { return element }
        switch prefix.address {
        case .v4(let address):
            // A shift by all bits gives 0.
            let host = UInt32.max >> UInt32(clamping: prefix.length)
            return "\(IPv4Address(address.rawValue & ~host))/\(prefix.length)"
        case .v6(let address):
            let high = UInt64.max >> UInt64(clamping: prefix.length)
            let low = UInt64.max >> UInt64(clamping: max(0, prefix.length - 64))
            let network = IPv6Address(high: address.high & ~high, low: address.low & ~low, zone: address.zone)
            return "\(network)/\(prefix.length)"
        }
    }
}

extension Sentence.Attribute {
    /// Whether the value says what a router says by leaving the attribute out.
    var meansNothing: Bool {
        switch name {
        case "server": value.isEmpty || value == "all"
        case "disabled": value == "no" || value == "false"
        case "address": value.isEmpty || value == "0.0.0.0"
        case "mac-address": value.isEmpty || value == "00:00:00:00:00:00"
        case _ where name.hasPrefix("limit-"): value.isEmpty || value == "0" || value == "0s"
        case _ where name.hasSuffix("-timeout") || name.hasSuffix("-pool"): value.isEmpty || value == "none"
        default: value.isEmpty
        }
    }
}
