import Synchronization

extension RouterOSSimulator {
    /// The commands received over connections, the oldest first.
    ///
    /// The last 50 000 are kept at least, and of each 64 KiB, as far as ``SimulatorLimits/transcriptBytes`` has room for them.
    public var transcript: [RecordedCommand] { state.withLock { $0.router.transcript.commands } }

    /// The dialogue as text, a line for each sentence: when, over which connection, in which direction, and its words.
    ///
    /// ```
    /// 0s 1 > /login .tag=1 =name=api =password=‹hidden›
    /// 0s 1 < !done .tag=1
    /// 2h 1 > /ip/hotspot/user/add .tag=2 =name=A7K2
    /// 2h 1 < !done .tag=2 =ret=‹hidden›
    /// ```
    /// The values of attributes that hold secrets are left out. Of an answer only the first 4 KiB are kept.
    public var dialogue: String { state.withLock { $0.router.transcript }.text }

    /// A number that is the same for the same dialogue at the same times: every byte of every command and every answer counts, but not
    /// the pieces they came in.
    public var dialogueHash: UInt64 { state.withLock { $0.router.transcript.hash.value } }

    /// Forgets the dialogue so far, and begins its hash anew.
    public func clearTranscript() {
        state.withLock { $0.router.transcript.clear() }
    }

    /// Keeps fewer commands and answers than usual, or none: at least half of `count` of each, and no more than `count`.
    ///
    /// For processes with many simulators.
    public func limitTranscript(to count: Int) {
        state.withLock { $0.router.transcript.capacity = max(0, min(count, 100_000)) }
    }
}
