/// The caller's name for one request, so that sending it twice has one effect.
///
/// Make it before the first attempt and keep it for every repetition. The same key with another request is refused.
public struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
    /// 1…200 bytes.
    public let text: String

    /// A key of the caller's own making; nil unless it has 1…200 bytes, none of them of a control character.
    public init?(_ text: String) {
        guard (1...200).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        self.text = text
    }

    private init(unchecked text: String) {
        self.text = text
    }

    /// A key no other request has: 128 random bits.
    public static func new() -> IdempotencyKey {
        let bits = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        return IdempotencyKey(unchecked: String(bits.0, radix: 16) + "-" + String(bits.1, radix: 16))
    }

    /// The name of one page of a request that is too large for one transaction: the first has the name of the whole.
    func page(_ number: Int) -> IdempotencyKey {
        number == 1 ? self : IdempotencyKey(unchecked: "\(text) page \(number)")
    }

    /// The text of the key.
    public var description: String { text }
}
