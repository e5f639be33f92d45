/// A version of RouterOS: `7.18.2 (stable)`, `6.49.18 (long-term)`, `7.24rc1`.
///
/// Ordered as they were made: `7.24beta2` before `7.24rc1` before `7.24` before `7.24.1`. The channel in brackets does
/// not count.
public struct RouterOSVersion: RouterOSValue, Comparable, CustomStringConvertible {
    /// How finished a version is.
    public enum Stage: Sendable, Hashable, Comparable {
        /// For trying out early.
        case alpha(Int)
        /// For trying out.
        case beta(Int)
        /// About to be released.
        case candidate(Int)
        /// Released.
        case release
    }

    /// The 7 of 7.18.2.
    public let major: Int
    /// The 18 of 7.18.2.
    public let minor: Int
    /// The 2 of 7.18.2, 0 for 7.18.
    public let patch: Int
    /// How finished it is.
    public let stage: Stage
    /// The channel it came by: `stable`, `long-term`, `testing`; nil when it is not said.
    public let channel: String?

    /// Names a released version.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
        stage = .release
        channel = nil
    }

    /// Reads a version as `/system/resource` has it; numbers of at most four digits.
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        guard let major = Self.number(in: bytes, at: &index), bytes.skip(UInt8(ascii: "."), at: &index),
            let minor = Self.number(in: bytes, at: &index)
        else { return nil }
        self.major = major
        self.minor = minor
        if bytes.skip(UInt8(ascii: "."), at: &index) {
            guard let patch = Self.number(in: bytes, at: &index) else { return nil }
            self.patch = patch
        } else {
            patch = 0
        }
        let text = bytes.extracting(index...).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        guard let (stage, rest) = Self.stage(text[...]) else { return nil }
        self.stage = stage
        if rest.isEmpty {
            channel = nil
        } else {
            guard rest.hasPrefix(" ("), rest.hasSuffix(")"), rest.utf8.count > 3 else { return nil }
            channel = String(rest.dropFirst(2).dropLast())
        }
    }

    /// True: the channel is text.
    public static var holdsText: Bool { true }

    /// Appends the version, its channel in brackets behind it.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\(major).\(minor)".utf8)
        if patch != 0 { bytes.append(contentsOf: ".\(patch)".utf8) }
        switch stage {
        case .alpha(let number): bytes.append(contentsOf: "alpha\(number)".utf8)
        case .beta(let number): bytes.append(contentsOf: "beta\(number)".utf8)
        case .candidate(let number): bytes.append(contentsOf: "rc\(number)".utf8)
        case .release: break
        }
        if let channel { bytes.append(contentsOf: " (\(channel))".utf8) }
    }

    /// Whether both are the same version, by whichever channel they came.
    public static func == (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) == (right.major, right.minor, right.patch) && left.stage == right.stage
    }

    /// Feeds what `==` compares to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(major)
        hasher.combine(minor)
        hasher.combine(patch)
        hasher.combine(stage)
    }

    /// Whether the first is older.
    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch, left.stage) < (right.major, right.minor, right.patch, right.stage)
    }

    private static func number(in bytes: Span<UInt8>, at index: inout Int) -> Int? {
        let start = index
        while let byte = bytes.at(index), byte &- 0x30 < 10, index - start < 4 { index += 1 }
        return Int(routerOS: bytes.extracting(start..<index))
    }

    private static func stage(_ text: Substring) -> (Stage, rest: Substring)? {
        let makers: [(String, (Int) -> Stage)] = [
            ("alpha", Stage.alpha), ("beta", Stage.beta), ("rc", Stage.candidate),
        ]
        for (word, make) in makers where text.hasPrefix(word) {
            let rest = text.dropFirst(word.utf8.count)
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard digits.utf8.count <= 4, let number = Int(digits) else { return nil }
            return (make(number), rest.dropFirst(digits.count))
        }
        return (.release, text)
    }
}
