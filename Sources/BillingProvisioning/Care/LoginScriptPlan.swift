import RouterOSProtocol

/// Which scripts of user profiles are changed so that exactly those tell of logins that are to, pure.
///
/// What others have written there stays, byte for byte.
struct LoginScriptPlan: Hashable, Sendable {
    /// A profile as it was read.
    struct Profile: Hashable, Sendable {
        let id: ItemID
        let name: String
        let onLogin: [UInt8]
    }

    /// No script is made longer: routers refuse those that are.
    static let mostBytes = 30_000

    /// The profiles to be changed, with the scripts that they are to have.
    private(set) var changes: [Profile] = []
    /// The names of profiles to which nothing can be added without harm: what stands there is damaged, unfinished or long.
    private(set) var refused: [String] = []

    /// Compares profiles with what is wanted.
    ///
    /// - Parameters:
    ///   - profiles: all that stand on the router.
    ///   - used: the names of those that are to tell.
    ///   - script: what they are to have; nil for none.
    init(_ profiles: [Profile], used: Set<String>, _ script: LoginScript?) {
        for profile in profiles {
            let wanted = used.contains(profile.name) ? script?.block : nil
            guard let own = Self.blocks(in: profile.onLogin) else {
                refused.append(profile.name)
                continue
            }
            if let wanted, own.count == 1, Self.isSame(profile.onLogin[own[0].block], wanted) { continue }
            if wanted == nil, own.isEmpty { continue }
            var others = profile.onLogin
            for range in own.reversed() { others.removeSubrange(range.whole) }
            guard let wanted else {
                changes.append(Profile(id: profile.id, name: profile.name, onLogin: others))
                continue
            }
            let all = others + [UInt8(ascii: "\n")] + wanted
            guard all.count <= Self.mostBytes, !Self.isUnfinished(others) else {
                refused.append(profile.name)
                // What is there of ours is old, and tells nobody any more.
                if !own.isEmpty { changes.append(Profile(id: profile.id, name: profile.name, onLogin: others)) }
                continue
            }
            changes.append(Profile(id: profile.id, name: profile.name, onLogin: all))
        }
    }

    /// Where our lines are in a script, and from where to where they go when they are removed; nil where a beginning has no
    /// end or an end no beginning.
    private static func blocks(in script: [UInt8]) -> [(block: Range<Int>, whole: Range<Int>)]? {
        var blocks: [(block: Range<Int>, whole: Range<Int>)] = []
        var begun: Int?
        var line = 0
        while line < script.count {
            let end = script[line...].firstIndex(of: UInt8(ascii: "\n")) ?? script.count
            let text = script[line..<end]
            if text.starts(with: LoginScript.beginning) {
                guard begun == nil else { return nil }
                begun = line
            } else if text.starts(with: LoginScript.ending) {
                guard let first = begun else { return nil }
                let last = line + LoginScript.ending.count
                blocks.append((first..<last, lineEnd(before: first, in: script)..<last))
                begun = nil
            }
            line = end + 1
        }
        return begun == nil ? blocks : nil
    }

    /// Where the line end begins that stands before a line: it was added together with it.
    private static func lineEnd(before line: Int, in script: [UInt8]) -> Int {
        guard line > 0 else { return 0 }
        let isReturn = line > 1 && script[line - 2] == UInt8(ascii: "\r")
        return line - (isReturn ? 2 : 1)
    }

    /// Whether two texts are the same but for the kind of their line ends, which editors change.
    private static func isSame(_ one: ArraySlice<UInt8>, _ other: [UInt8]) -> Bool {
        one.filter { $0 != UInt8(ascii: "\r") } == other
    }

    /// Whether a script ends in the midst of a line that goes on in the next.
    private static func isUnfinished(_ script: [UInt8]) -> Bool {
        script.last { ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains($0) }
            == UInt8(ascii: "\\")
    }
}
