/// The drawing of different codes from random bytes that somebody else provides.
///
/// ```swift
/// var draw = CodeDraw(style, count: 50)
/// while draw.bytesWanted > 0 { draw.feed(try random(draw.bytesWanted)) }
/// ```
///
/// The same bytes give the same codes. What is left of a portion beside whole codes is not used.
public struct CodeDraw: Sendable {
    /// The style of the codes.
    public let style: VoucherCodeStyle

    /// How many codes are wanted.
    public let count: Int

    /// How many portions were fed; a source that never ends the drawing repeats itself.
    public private(set) var portions = 0

    private var drawn: Set<String> = []
    private let check: CheckSymbol?

    /// Begins a drawing of `count` codes; below zero counts as none.
    public init(_ style: VoucherCodeStyle, count: Int) {
        self.style = style
        self.count = max(0, count)
        check = style.hasCheckSymbol ? CheckSymbol(style.alphabet) : nil
    }

    /// The codes so far, in the order of their bytes.
    public var codes: [String] { drawn.sorted() }

    /// How many random bytes will probably do; zero when the drawing is over.
    public var bytesWanted: Int {
        let missing = (count - drawn.count) * style.length
        guard missing > 0 else { return 0 }
        // One byte in 256 / (256 mod n) is passed over, at most; check symbols that do not exist cost a few codes more.
        return missing + missing / 4 + style.length
    }

    /// Draws codes from random bytes, as many as they give and are wanted.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        portions += 1
        let symbols = style.alphabet.symbols(from: bytes)
        var start = 0
        while drawn.count < count, start + style.length <= symbols.count {
            var body = Array(symbols[start..<(start + style.length)])
            start += style.length
            if let check {
                guard let symbol = check.symbol(after: body) else { continue }
                body.append(symbol)
            }
            drawn.insert(style.prefix + String(decoding: body, as: UTF8.self))
        }
    }
}
