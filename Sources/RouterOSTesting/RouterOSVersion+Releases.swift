public import RouterOSProtocol

// A release is known by its numbers, which no camel case can hold.
// swift-format-ignore: AlwaysUseLowerCamelCase
extension RouterOSVersion {
    /// RouterOS 6.42.12, the last line that signs in by a challenge alone.
    public static let v6_42 = RouterOSVersion(6, 42, 12)
    /// RouterOS 6.49.18, the last of the sixth generation.
    public static let v6_49 = RouterOSVersion(6, 49, 18)
    /// RouterOS 7.9.2: before dates changed and before `!empty`.
    public static let v7_9 = RouterOSVersion(7, 9, 2)
    /// RouterOS 7.16.2: the last before `!empty`.
    public static let v7_16 = RouterOSVersion(7, 16, 2)
    /// RouterOS 7.18.2: the first line with `!empty`.
    public static let v7_18 = RouterOSVersion(7, 18, 2)
    /// RouterOS 7.24.
    public static let v7_24 = RouterOSVersion(7, 24)
}

/// What a release does in its own way.
extension RouterOSVersion {
    /// Whether a print that finds nothing says so with `!empty`.
    var saysEmpty: Bool { self >= RouterOSVersion(7, 18) }

    /// Whether dates are written `2025-02-17` rather than `feb/17/2025`.
    var hasNumericDates: Bool { self >= RouterOSVersion(7, 10) }

    /// Whether `/login` takes a password as it is.
    var takesPlainLogin: Bool { self >= RouterOSVersion(6, 43) }

    /// Whether the answer to a challenge signs anybody in; later releases still hand one out and then refuse every answer.
    var takesChallengeLogin: Bool { self < RouterOSVersion(6, 45, 1) }
}
