public import BillingDomain

/// What came of caring for a router.
public struct CareFindings: Hashable, Sendable {
    /// The user profiles that stand there, in the router's order; nil where they could not be read.
    public var profiles: [ObservedProfile]?
    /// The lines of its log that tell of errors and are new, the oldest first.
    public var logLines: [RouterLogLine]
    /// The logins that new lines of its log tell of, the first of each user that can be believed.
    public var logins: [ObservedLogin]
    /// How far the log was read now; nil where it was not.
    public var logCursor: RouterLogCursor?
    /// The hotspot user profiles whose scripts were changed.
    public var scripts: [String]
    /// What could not be done, and why, without secrets.
    public var faults: [CarePart: String]
    /// What was done well.
    public var sound: Set<CarePart>

    /// Findings; nothing was done where nothing is said.
    public init(
        profiles: [ObservedProfile]? = nil,
        logLines: [RouterLogLine] = [],
        logins: [ObservedLogin] = [],
        logCursor: RouterLogCursor? = nil,
        scripts: [String] = [],
        faults: [CarePart: String] = [:],
        sound: Set<CarePart> = []
    ) {
        self.profiles = profiles
        self.logLines = logLines
        self.logins = logins
        self.logCursor = logCursor
        self.scripts = scripts
        self.faults = faults
        self.sound = sound
    }
}
