public import BillingDomain

/// What a round of background jobs did.
public struct JobRound: Hashable, Sendable {
    /// The runs that were attempted, as they ended.
    public internal(set) var runs: [JobRun] = []
    /// How many messages of gateways were processed.
    public internal(set) var messages = 0
}
