/// The attributes of a command or reply that is being built, kept as the bytes that will be sent.
public struct Attributes: Sendable, Hashable {
    /// The attribute words, each with its length prefix.
    private(set) var encoded: [UInt8] = []

    /// Makes an empty list.
    public init() {}

    /// Whether nothing is set.
    public var isEmpty: Bool { encoded.isEmpty }

    /// The value of `name` as text; setting replaces it, setting nil takes it out.
    ///
    /// `name` is not checked: a name that holds `=` reaches the router as another name. ``isValidName(_:)`` tells.
    public subscript(_ name: String) -> String? {
        get { sentence[name] }
        set {
            var name = name
            name.withUTF8 { name in
                remove(name)
                guard var value = newValue else { return }
                value.withUTF8 { append(name, $0) }
            }
        }
    }

    /// The value of `name` as bytes, or nil when it is not set.
    public func bytes(_ name: String) -> ArraySlice<UInt8>? { sentence.bytes(name) }

    /// Sets `name` to bytes that need not be text.
    public mutating func set(_ name: String, to bytes: some Collection<UInt8>) {
        var name = name
        let bytes = Array(bytes)
        name.withUTF8 { name in
            remove(name)
            bytes.withUnsafeBufferPointer { append(name, $0) }
        }
    }

    /// Sets a flag, which RouterOS writes as an attribute with an empty value: `=detail=`.
    public mutating func flag(_ name: String) {
        self[name] = ""
    }

    /// The names and values in the order they were set.
    public var all: [Sentence.Attribute] { sentence.attributes }

    /// Whether `name` can be an attribute's name: not empty and without `=`.
    public static func isValidName(_ name: String) -> Bool {
        !name.isEmpty && !name.utf8.contains(UInt8(ascii: "="))
    }

    @inline(__always)
    private mutating func append(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
        // Room for a whole row of a usual menu, so that building one allocates once.
        if encoded.isEmpty { encoded.reserveCapacity(256) }
        let length = 2 + name.count + value.count
        // Put together first and appended in one piece: each append costs a check of its own.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: WordLength.longest + length) { word in
            var end = WordLength.write(length, to: word)
            word[end] = UInt8(ascii: "=")
            end = UnsafeMutableBufferPointer(rebasing: word[(end + 1)...]).update(fromContentsOf: name) + end + 1
            word[end] = UInt8(ascii: "=")
            end = UnsafeMutableBufferPointer(rebasing: word[(end + 1)...]).update(fromContentsOf: value) + end + 1
            encoded.append(contentsOf: UnsafeBufferPointer(rebasing: word[..<end]))
        }
    }

    @inline(__always)
    private mutating func remove(_ name: UnsafeBufferPointer<UInt8>) {
        let isSet = encoded.withUnsafeBufferPointer { encoded in
            var cursor = WordCursor(position: 0, end: encoded.count)
            return cursor.value(of: name, prefix: UInt8(ascii: "="), in: encoded) != nil
        }
        if isSet { cut(String(decoding: name, as: UTF8.self)) }
    }

    private mutating func cut(_ name: String) {
        let kept = all.filter { $0.name != name }
        encoded.removeAll(keepingCapacity: true)
        for attribute in kept { set(attribute.name, to: attribute.bytes) }
    }

    private var sentence: Sentence {
        Sentence(storage: encoded, start: 0, end: encoded.count, wordCount: 0)
    }
}
