extension ClientEvent {
    /// The router that it is about, `host:port`.
    public var endpoint: String {
        switch self {
        case .connected(let endpoint, _, _), .connectFailed(let endpoint, _, _), .disconnected(let endpoint, _),
            .readingPaused(let endpoint, _), .poolChanged(let endpoint, _), .leaseOverdue(let endpoint, _, _),
            .leaseMisused(let endpoint, _),
            .retrying(let endpoint, _, _, _, _), .rateLimited(let endpoint, _, _), .breakerChanged(let endpoint, _):
            endpoint
        case .commandFinished(let record): record.endpoint
        }
    }

    /// Whether it tells how things are now, where other events tell that something happened.
    var isState: Bool {
        if case .poolChanged = self { true } else { false }
    }
}
