extension Bool: RouterOSValue {
    /// Reads `true`, `yes`, `false` or `no`.
    ///
    /// The API answers with the first pair of words, the manual and the console write the second.
    public init?(routerOS bytes: Span<UInt8>) {
        // By length first: every row has a few of these.
        switch bytes.count {
        case 2 where bytes.equals("no"): self = false
        case 3 where bytes.equals("yes"): self = true
        case 4 where bytes.equals("true"): self = true
        case 5 where bytes.equals("false"): self = false
        default: return nil
        }
    }

    /// Appends `yes` or `no`, which every version accepts.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: (self ? "yes" : "no").utf8)
    }
}
