/// A word that a router writes where a value would stand: `none`, `never`, `unlimited`.
public struct Keyword: RouterOSValue, CustomStringConvertible {
    /// The word.
    public let rawValue: String

    private init(known word: String) { rawValue = word }

    /// Takes a word of lower-case ASCII letters, digits and inner hyphens that begins with a letter and has at most 63
    /// of them; nil for any other text.
    public init?(_ word: String) { self.init(routerOS: word) }

    /// Reads a word as above.
    public init?(routerOS bytes: Span<UInt8>) {
        guard (1...63).contains(bytes.count), Keyword.isLetter(bytes[0]), bytes[bytes.count - 1] != Keyword.hyphen
        else { return nil }
        for index in 0..<bytes.count {
            let byte = bytes[index]
            guard Keyword.isLetter(byte) || byte &- 0x30 < 10 || byte == Keyword.hyphen else { return nil }
        }
        rawValue = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Appends the word.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: rawValue.utf8)
    }

    /// The word.
    public var description: String { rawValue }

    private static let hyphen = UInt8(ascii: "-")

    private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}

extension Keyword {
    /// Switched off: `keepalive-timeout` of a hotspot.
    public static let none = Keyword(known: "none")
    /// Not at any time: `advertise-timeout`.
    public static let never = Keyword(known: "never")
    /// Without a limit: `shared-users`.
    public static let unlimited = Keyword(known: "unlimited")
    /// At once: `advertise-timeout`.
    public static let immediately = Keyword(known: "immediately")
    /// As the RADIUS server says: `radius-interim-update`.
    public static let received = Keyword(known: "received")
    /// When the router starts: `start-time` of a scheduler.
    public static let startup = Keyword(known: "startup")
    /// Switched off.
    public static let disabled = Keyword(known: "disabled")
    /// As the menu has it by default: `use-compression` of a PPP profile.
    public static let `default` = Keyword(known: "default")
    /// It has not begun.
    public static let notYetRunning = Keyword(known: "not-yet-running")
    /// It has not ended.
    public static let notFinished = Keyword(known: "not-finished")
}
