extension RowSample {
    /// One row of every mapped type, each with every attribute that the type knows.
    static let all: [RowSample] = hotspot + ppp + interfaces + system + addresses + administration
}
