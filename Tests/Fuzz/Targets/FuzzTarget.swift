/// One law of `RouterOSProtocol`, or of `RouterOSTesting`, that must hold for every input there is.
///
/// The fuzzer makes inputs up; the tests replay those kept under `Tests/Fuzz/Corpus`, a folder per target.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// The decoder agrees with one written straight from the length table, however the bytes arrive.
    case decoder
    /// The decoder finds the same in a great many rows at once as in small pieces of them.
    case bulk
    /// What a sentence says about itself agrees with splitting its words by hand, and no typed row traps.
    case sentence
    /// What is encoded decodes to what it was.
    case roundtrip
    /// A session completes each command once, whatever the router sends and however it arrives.
    case session
    /// A query compiled to words selects, on the router's stack machine, the rows its operators promise.
    case query
    /// A time span that can be read is written and read back the same.
    case duration
    /// Every value that can be read is written and read back the same; code pages, dates and literals likewise.
    case values
    /// A simulated router says the same however it arrives, and not without measure.
    case router
    /// A script that a router runs by itself ends, waits or fails, the same each time, and the router goes on.
    case script

    /// Throws ``BrokenLaw`` when the law does not hold for `input`.
    public func check(_ input: [UInt8]) throws(BrokenLaw) {
        switch self {
        case .decoder: try DecoderTarget.check(input)
        case .bulk: try BulkTarget.check(input)
        case .sentence: try SentenceTarget.check(input)
        case .roundtrip: try RoundtripTarget.check(input)
        case .session: try SessionTarget.check(input)
        case .query: try QueryTarget.check(input)
        case .duration: try DurationTarget.check(input)
        case .values: try ValuesTarget.check(input)
        case .router: try RouterTarget.check(input)
        case .script: try ScriptTarget.check(input)
        }
    }
}
