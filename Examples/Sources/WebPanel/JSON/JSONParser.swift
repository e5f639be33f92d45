/// A strict reader of JSON (RFC 8259) over UTF-8 bytes, in time linear to their number.
///
/// It refuses more than the grammar does, because every leniency is a second meaning for somebody else: a member twice,
/// half a surrogate pair, a byte order mark, numbers that `Decimal` would round, and nesting beyond 16 levels, which
/// also bounds its recursion.
struct JSONParser {
    /// How many lists and objects may be open at once.
    static let depthLimit = 16

    private let bytes: [UInt8]
    private var offset = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads one value that fills the bytes, but for blanks around it.
    static func value(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes)
        parser.skipBlanks()
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.next == nil else { throw parser.error(.trailing) }
        return value
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        switch next {
        case nil: throw error(.incomplete)
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try list(depth: depth + 1)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        default: throw error(.unexpected)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        guard depth <= Self.depthLimit else { throw error(.tooDeep) }
        offset += 1
        var members: [String: JSON] = [:]
        skipBlanks()
        if skip("}") { return .object(members) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw error(next == nil ? .incomplete : .unexpected) }
            let name = try text()
            guard members[name] == nil else { throw error(.duplicateKey) }
            skipBlanks()
            try expect(":")
            skipBlanks()
            members[name] = try value(depth: depth)
            skipBlanks()
        } while skip(",")
        try expect("}")
        return .object(members)
    }

    private mutating func list(depth: Int) throws(JSONError) -> JSON {
        guard depth <= Self.depthLimit else { throw error(.tooDeep) }
        offset += 1
        var items: [JSON] = []
        skipBlanks()
        if skip("]") { return .list(items) }
        repeat {
            skipBlanks()
            items.append(try value(depth: depth))
            skipBlanks()
        } while skip(",")
        try expect("]")
        return .list(items)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard let next else { throw error(.incomplete) }
            guard next == word.utf8Start[index] else { throw error(.unexpected) }
            offset += 1
        }
        return value
    }

    // MARK: Texts

    private mutating func text() throws(JSONError) -> String {
        offset += 1
        var content: [UInt8] = []
        while true {
            let start = offset
            while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { offset += 1 }
            content += bytes[start..<offset]
            switch next {
            case nil: throw error(.incomplete)
            case UInt8(ascii: "\""):
                offset += 1
                guard let text = String(validating: content, as: UTF8.self) else { throw error(.notUTF8) }
                return text
            case UInt8(ascii: "\\"):
                offset += 1
                content += try escape()
            default: throw error(.controlCharacter)
            }
        }
    }

    /// What an escape stands for, in UTF-8; the backslash has been read.
    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let letter = next else { throw error(.incomplete) }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var code = UInt32(try codeUnit())
            if UTF16.isLeadSurrogate(UInt16(code)), skip("\\"), skip("u") {
                let second = try codeUnit()
                guard UTF16.isTrailSurrogate(second) else { throw error(.badEscape) }
                code = 0x1_0000 + (code - 0xD800) << 10 + (UInt32(second) - 0xDC00)
            }
            // Half a pair is no scalar.
            guard let scalar = Unicode.Scalar(code) else { throw error(.badEscape) }
            return Array(String(scalar).utf8)
        default: throw error(.badEscape)
        }
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw error(.incomplete) }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error(.badEscape) }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) -> JSON {
        let isNegative = skip("-")
        let whole = digits()
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { throw error(.badNumber) }
        var fraction: ArraySlice<UInt8> = []
        if skip(".") {
            fraction = digits()
            guard !fraction.isEmpty else { throw error(.badNumber) }
        }
        var exponent = 0
        if skip("e") || skip("E") {
            let isSmall = skip("-")
            if !isSmall { _ = skip("+") }
            let power = digits()
            guard !power.isEmpty else { throw error(.badNumber) }
            // Ten thousand is far beyond what can be exact, and cannot overflow.
            exponent = power.reduce(0) { min(10_000, $0 * 10 + Int($1 - UInt8(ascii: "0"))) } * (isSmall ? -1 : 1)
        }
        guard let number = ExactDecimal.value(isNegative, whole: whole, fraction: fraction, exponent: exponent) else {
            throw error(.inexactNumber)
        }
        return .number(number)
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let start = offset
        while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
        return bytes[start..<offset]
    }

    // MARK: Bytes

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
        guard skip(character) else { throw error(next == nil ? .incomplete : .unexpected) }
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(reason: reason, offset: offset)
    }
}
