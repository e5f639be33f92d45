/// What a setting is: its name, its kind, its default, its range and its unit.
public struct SettingDefinition: Hashable, Sendable {
    /// What values of a setting look like.
    public enum Kind: Hashable, Sendable {
        /// Text of at most so many characters.
        case text(most: Int)
        /// At most so many letters a–z in either case, digits, `_` and `-`.
        case word(most: Int)
        /// A whole number.
        case integer(ClosedRange<Int64>)
        /// `true` or `false`.
        case flag
        /// A time of day, `hh:mm` or `hh:mm:ss`.
        case time
        /// One of some words.
        case choice([String])
        /// Where a web server answers, `http` or `https` with at most a path, of at most so many characters; or nothing.
        case webAddress(most: Int)
    }

    /// What the number of a setting counts.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        /// Nothing in particular.
        case none
        /// Seconds.
        case seconds
        /// Days.
        case days
        /// Months.
        case months
        /// Hundredths of a percent.
        case basisPoints = "basis-points"
        /// Minor units of the tenant's currency.
        case minorUnits = "minor-units"
        /// Things that are counted.
        case count
    }

    /// The name, such as `company.name`; stored, and never changed.
    public let name: String

    /// What its values look like.
    public let kind: Kind

    /// What its number counts.
    public let unit: Unit

    /// The value where none was set, in the form that is stored.
    public let standard: String

    /// What it is for, in one sentence for people.
    public let summary: String

    /// The value in the one form that is stored; `nil` for a value that is not allowed.
    public func normalized(_ text: String) -> String? {
        switch kind {
        case .text(let most): text.count <= most && !text.unicodeScalars.contains { $0.value < 32 } ? text : nil
        case .word(let most): text.utf8.count <= most && text.utf8.allSatisfy(Self.isWordByte) ? text : nil
        case .integer(let range): Int64(text).flatMap { range.contains($0) ? String($0) : nil }
        case .flag: text == "true" || text == "false" ? text : nil
        case .time: LocalTime(text)?.description
        case .choice(let words): words.contains(text) ? text : nil
        case .webAddress(let most): text.utf8.count <= most ? Self.webAddress(text) : nil
        }
    }

    /// An address without a slash at its end; `nil` for what is none, and for what holds a name, a password, a query or
    /// anything that would have to be quoted where it is used.
    private static func webAddress(_ text: String) -> String? {
        if text.isEmpty { return text }
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        var segments = text.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        if segments.count > 1, segments.last == "" { segments.removeLast() }
        let host = segments.removeFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(host.count), host[0].utf8.contains(where: { $0 != UInt8(ascii: ".") }),
            host[0].utf8.allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: ".") }),
            host.count == 1 || UInt16(host[1]).map({ $0 > 0 }) ?? false,
            segments.allSatisfy({ segment in
                !["", ".", ".."].contains(segment)
                    && segment.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "~") }
            })
        else { return nil }
        return scheme + ([host.joined(separator: ":")] + segments.map(String.init)).joined(separator: "/")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// What is allowed, for people.
    public var rule: String {
        switch kind {
        case .text(let most): "Enter at most \(most) characters on one line."
        case .word(let most): "Enter at most \(most) letters, digits, _ and -."
        case .integer(let range):
            "Enter a whole number from \(range.lowerBound) to \(range.upperBound)"
                + (unit == .none ? "." : " (\(unit.rawValue)).")
        case .flag: "Enter true or false."
        case .time: "Enter a time of day such as 23:55."
        case .choice(let words): "Enter one of: \(words.joined(separator: ", "))."
        case .webAddress(let most):
            "Enter an address such as https://panel.example.com, with at most a path and \(most) characters, or nothing."
        }
    }
}
