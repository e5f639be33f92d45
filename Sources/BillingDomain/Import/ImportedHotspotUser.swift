/// A hotspot user that stands on a router already, understood well enough to go on as a voucher of ours.
///
/// Reading one never changes anything. What cannot be understood is refused with the attribute at fault, so that an import
/// can list it for people instead of guessing.
public struct ImportedHotspotUser: Hashable, Sendable {
    /// Who wrote its comment.
    public enum Origin: Hashable, Sendable {
        /// Mikhmon, and nobody has logged in yet.
        case mikhmonBatch(MikhmonBatchComment)
        /// Mikhmon, at the first login.
        case mikhmonStamp(MikhmonExpiryStamp)
        /// Somebody else, or nobody.
        case other
    }

    /// The user's name: the code.
    public let code: String

    /// The password where it is not the name.
    public let password: VoucherPassword?

    /// The user profile.
    public let profile: String

    /// The comment as it is.
    public let comment: String

    /// Who wrote it.
    public let origin: Origin

    /// The session time allowed; `nil` for no limit, and where one second of it only marks the end.
    public let uptimeAllowance: Duration?

    /// The bytes allowed; `nil` for no limit.
    public let dataQuota: ByteQuota?

    /// What it has used.
    public let used: VoucherUsage.Counters

    /// The device that may use it.
    public let device: DeviceAddress?

    /// Whether it is switched off.
    public let isDisabled: Bool

    /// Whether mikhmon has ended it and left it for a notice: its session time is limited to one second.
    public let isExpiryNotice: Bool

    /// Reads a row.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the name of the attribute. A name that is empty,
    ///   longer than 50 bytes or not printable is refused, so is the router's own `default-trial`.
    public init(_ row: HotspotUserText) throws(DomainError) {
        let name = row.name ?? ""
        guard (1...VoucherCodeStyle.maximumLength).contains(name.utf8.count), name != "default-trial",
            !name.utf8.contains(where: { $0 < 33 || $0 == 127 })
        else {
            throw .unreadable("name", name, "a name of 1 to 50 bytes without blanks that a customer could have")
        }
        let limit = try Self.time(row.limitUptime, "limit-uptime")
        isExpiryNotice = limit == .seconds(1)
        uptimeAllowance = isExpiryNotice || limit == .zero ? nil : limit
        let bytes = try Self.count(row.limitBytesTotal, "limit-bytes-total")
        dataQuota = bytes == 0 ? nil : try? ByteQuota(bytes: bytes)
        used = VoucherUsage.Counters(
            uptime: try Self.time(row.uptime, "uptime") ?? .zero,
            bytesIn: try Self.count(row.bytesIn, "bytes-in"),
            bytesOut: try Self.count(row.bytesOut, "bytes-out")
        )
        let mac = row.macAddress ?? ""
        device = mac == "00:00:00:00:00:00" ? nil : DeviceAddress(mac)
        guard device != nil || mac.isEmpty || mac == "00:00:00:00:00:00" else {
            throw .unreadable("mac-address", mac, "a MAC address")
        }
        switch row.disabled ?? "false" {
        case "true", "yes": isDisabled = true
        case "false", "no", "": isDisabled = false
        case let word: throw .unreadable("disabled", word, "true or false")
        }
        let secret = row.password ?? ""
        password = secret == name || secret.isEmpty ? nil : try VoucherPassword(secret)
        code = name
        profile = row.profile.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
        comment = row.comment ?? ""
        if let batch = try? MikhmonBatchComment(comment) {
            origin = .mikhmonBatch(batch)
        } else if let stamp = try? MikhmonExpiryStamp(comment) {
            origin = .mikhmonStamp(stamp)
        } else {
            origin = .other
        }
    }

    /// When its use ends, by the router's clock, where its comment says so.
    public var end: LocalDateTime? {
        if case .mikhmonStamp(let stamp) = origin { stamp.end } else { nil }
    }

    /// How it stands at an instant of the router's clock.
    ///
    /// A stamp or a counter above zero shows that it was used; a switched-off user stays so whatever it used.
    public func access(at now: LocalDateTime) -> AccessState {
        if isExpiryNotice { return .expired }
        if let end, end <= now { return .expired }
        if let uptimeAllowance, used.uptime >= uptimeAllowance { return .depleted }
        if let dataQuota, used.bytesIn.saturatingAdding(used.bytesOut) >= dataQuota.bytes { return .depleted }
        if isDisabled { return .disabled }
        return end != nil || used != VoucherUsage.Counters() ? .active : .unused
    }

    private static func time(_ text: String?, _ field: String) throws(DomainError) -> Duration? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = RouterTime.duration(text) else {
            throw .unreadable(field, text, "a length of time such as 3h or 1d02:00:00")
        }
        return time
    }

    private static func count(_ text: String?, _ field: String) throws(DomainError) -> Int64 {
        guard let text, !text.isEmpty else { return 0 }
        guard let count = Int64(text), count >= 0 else { throw .unreadable(field, text, "a number of bytes") }
        return count
    }
}
