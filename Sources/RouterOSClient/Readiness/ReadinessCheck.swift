/// One thing that a router needs before internet access can be sold on it, and how it stands.
public struct ReadinessCheck: Sendable, Hashable {
    /// What is looked at.
    public enum Subject: String, Sendable, CaseIterable {
        /// The API service is switched on, at the port that was dialled.
        case apiService
        /// The connection cannot be listened to.
        case encryption
        /// The API user's group allows what is needed and nothing else.
        case policies
        /// Only known addresses may log in as the API user.
        case addressRestriction
        /// A hotspot server runs.
        case hotspotServer
        /// The billing site opens without a login.
        case walledGarden
        /// The clock is right.
        case clock
        /// RouterOS is new enough.
        case version
        /// There is enough memory.
        case memory
    }

    /// How it stands.
    public enum Outcome: Sendable, Hashable {
        /// It is as it should be.
        case passed
        /// It works, and should be better.
        case warning
        /// It does not work.
        case failed
        /// The API user may not see it.
        case unknown
    }

    /// What was looked at.
    public let subject: Subject
    /// How it stands.
    public let outcome: Outcome
    /// What was found, in a sentence.
    public let finding: String
    /// What to do: a command line to type into the router's terminal, or a sentence where none can help; nil when all
    /// is well.
    public let remedy: String?

    init(_ subject: Subject, _ outcome: Outcome, _ finding: String, remedy: String? = nil) {
        self.subject = subject
        self.outcome = outcome
        self.finding = finding
        self.remedy = remedy
    }
}
