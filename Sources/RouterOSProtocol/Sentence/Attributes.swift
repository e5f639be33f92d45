/// The attributes of a command or reply that is being built, kept as the bytes that will be sent.
public struct Attributes: Sendable {
    /// The words.
    private(set) var writer = WordWriter()
    /// One bit for each name set so far, several names to a bit: a name whose bit is clear is new for sure.
    private var seen: UInt64 = 0
    /// Where a value is written before its length is known; kept for its memory.
    private var scratch: [UInt8] = []

    /// Makes an empty list.
    public init() {}

    /// Makes a list of the attribute words of a sentence, each as it came.
    init(_ sentence: Sentence) {
        self.init()
        for word in sentence.words where word.first == UInt8(ascii: "=") {
            word.withUnsafeBufferPointer { writer.append($0) }
        }
        seen = .max
    }

    /// The attribute words, each with its length prefix.
    var encoded: ArraySlice<UInt8> { writer.written }

    /// Whether nothing is set.
    public var isEmpty: Bool { writer.end == 0 }

    /// The value of `name` as text; setting replaces it, setting nil takes it out.
    ///
    /// `name` is not checked: a name that holds `=` reaches the router as another name. ``isValidName(_:)`` tells.
    @inlinable
    public subscript(_ name: String) -> String? {
        get { text(name) }
        // Inlined for literals: the compiler then sees their bytes and passes two pointers.
        @inline(__always) set {
            guard let value = newValue else { return remove(name) }
            let isSet: Void?? = name.utf8.withContiguousStorageIfAvailable { name in
                value.utf8.withContiguousStorageIfAvailable { put(name, $0, Self.bit(of: name)) }
            }
            if case .some(.some) = isSet { return }
            set(name, bytes: value.utf8)
        }
    }

    /// The value of `name` as bytes, or nil when it is not set.
    public func bytes(_ name: String) -> ArraySlice<UInt8>? {
        let word = Array(name.utf8).withUnsafeBufferPointer { find($0) }
        return word.flatMap { Sentence.Attribute(word: writer.bytes[$0.body])?.bytes }
    }

    /// Sets `name` to bytes that need not be text.
    public mutating func set(_ name: String, bytes: some Collection<UInt8>) {
        var name = name
        let bytes = Array(bytes)
        name.withUTF8 { name in bytes.withUnsafeBufferPointer { put(name, $0, Self.bit(of: name)) } }
    }

    /// Sets `name` to a value as routers take it; nil takes it out.
    public mutating func set(_ name: String, to value: (some RouterOSValue)?) {
        guard let value else { return remove(name) }
        scratch.removeAll(keepingCapacity: true)
        value.writeRouterOS(to: &scratch)
        set(name, bytes: scratch)
    }

    /// Sets a flag, which RouterOS writes as an attribute with an empty value: `=detail=`.
    public mutating func flag(_ name: String) {
        self[name] = ""
    }

    /// The names and values in the order they were set.
    public var all: [Sentence.Attribute] {
        var found: [Sentence.Attribute] = []
        _ = firstWord { word in
            if let attribute = Sentence.Attribute(word: writer.bytes[word]) { found.append(attribute) }
            return false
        }
        return found
    }

    /// Whether `name` can be an attribute's name: not empty and without `=`.
    public static func isValidName(_ name: String) -> Bool {
        !name.isEmpty && !name.utf8.contains(UInt8(ascii: "="))
    }

    /// Takes everything out and keeps the memory.
    @usableFromInline
    mutating func removeAll() {
        writer.removeAll()
        seen = 0
    }

    @usableFromInline
    mutating func put(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>, _ bit: UInt64) {
        if seen & bit != 0 { remove(name) }
        seen |= bit
        writer.append(name, value)
    }

    @usableFromInline
    mutating func remove(_ name: String) {
        var name = name
        name.withUTF8 { if seen & Self.bit(of: $0) != 0 { remove($0) } }
    }

    private mutating func remove(_ name: UnsafeBufferPointer<UInt8>) {
        // More than one of a name, or one without a value, can only be there when a peer sent it.
        while let known = find(name) { writer.remove(known.whole) }
    }

    private func find(_ name: UnsafeBufferPointer<UInt8>) -> (whole: Range<Int>, body: Range<Int>)? {
        writer.bytes.withUnsafeBufferPointer { bytes in
            firstWord { word in
                guard bytes[word].first == UInt8(ascii: "=") else { return false }
                let body = bytes[word].dropFirst()
                guard body.starts(with: name) else { return false }
                let rest = body.dropFirst(name.count)
                return rest.isEmpty || rest.first == UInt8(ascii: "=")
            }
        }
    }

    @usableFromInline
    func text(_ name: String) -> String? { bytes(name).map(RouterOSText.decode) }

    /// Which bit of `seen` stands for a name: different ones for the names of every menu that this package writes.
    @inlinable
    @inline(__always)
    static func bit(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let first = name.first else { return 1 }
        return 1 &<< (UInt64(truncatingIfNeeded: name.count) &+ (UInt64(first) &* 45))
    }

    /// The first word that `isWanted` says yes to, with its length prefix and without.
    private func firstWord(where isWanted: (Range<Int>) -> Bool) -> (whole: Range<Int>, body: Range<Int>)? {
        writer.bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at < writer.end, case .word(let prefix, let length) = WordLength.read(bytes, at: at) {
                let end = at + prefix + length
                if isWanted(at + prefix..<end) { return (at..<end, at + prefix..<end) }
                at = end
            }
            return nil
        }
    }
}

extension Attributes: Hashable {
    /// Whether both send the same words in the same order.
    public static func == (left: Attributes, right: Attributes) -> Bool { left.encoded == right.encoded }

    /// Feeds the words to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(encoded) }
}
