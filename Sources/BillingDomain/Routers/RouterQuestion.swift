/// Whether so much of a router may be changed at once: what is asked about it, and what people have answered.
///
/// A router has one. An answer holds once and for an hour, so that nobody agrees to what they have not seen.
public struct RouterQuestion: Hashable, Sendable {
    /// How long an answer holds.
    public static let approvalTime = Duration.seconds(3_600)

    /// The identity of the question: that of the router, which has one question at the most.
    public let id: Identifier<RouterQuestion>

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// The router.
    public let router: Identifier<Router>

    /// How many changes are asked about; zero while nothing is asked.
    public private(set) var changes: Int

    /// What is asked, for people and without secrets; empty while nothing is asked.
    public private(set) var text: String

    /// Since when it is asked; `nil` while nothing is.
    public private(set) var askedAt: Timestamp?

    /// How many changes people have agreed to at the most; zero while they have not.
    public private(set) var approvedChanges: Int

    /// When they agreed.
    public private(set) var approvedAt: Timestamp?

    /// Who agreed.
    public private(set) var approvedBy: Actor?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a router's question while nothing is asked, or recreates a stored one.
    public init(
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        changes: Int = 0,
        text: String = "",
        askedAt: Timestamp? = nil,
        approvedChanges: Int = 0,
        approvedAt: Timestamp? = nil,
        approvedBy: Actor? = nil,
        revision: Int64 = 1
    ) {
        id = Self.id(of: router)
        self.tenant = tenant
        self.router = router
        self.changes = changes
        self.text = text
        self.askedAt = askedAt
        self.approvedChanges = approvedChanges
        self.approvedAt = approvedAt
        self.approvedBy = approvedBy
        self.revision = revision
    }

    /// The identity of the question of a router.
    public static func id(of router: Identifier<Router>) -> Identifier<RouterQuestion> {
        Identifier(high: router.high, low: router.low)
    }

    /// Whether an answer is waited for.
    public var isOpen: Bool { askedAt != nil }

    /// Whether people have agreed to so many changes and that still holds.
    public func isApproved(_ changes: Int, at instant: Timestamp) -> Bool {
        guard let approvedAt, isOpen else { return false }
        return changes <= approvedChanges && instant < approvedAt + Self.approvalTime
    }

    /// Asks whether so many changes may be made; says whether that was not asked before.
    ///
    /// What people have agreed to stays, though it may be too little now.
    public mutating func ask(_ changes: Int, _ text: String, at instant: Timestamp) -> Bool {
        let isNew = !isOpen
        self.changes = changes
        self.text = text
        askedAt = askedAt ?? instant
        if let approvedAt, instant >= approvedAt + Self.approvalTime { forgetApproval() }
        return isNew
    }

    /// Agrees to so many changes at the most.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` where nothing is asked, and with
    ///   ``DomainError/Code/invalidValue`` for a number below one.
    public mutating func approve(upTo changes: Int, by actor: Actor, at instant: Timestamp) throws(DomainError) {
        guard isOpen else {
            throw DomainError(.illegalMove, "Nothing is asked about this router. Look at it again.")
        }
        guard changes > 0 else { throw DomainError(.invalidValue, "Agree to at least one change.") }
        approvedChanges = changes
        approvedAt = instant
        approvedBy = actor
    }

    /// Asks nothing any more: the changes are being made, or none is needed; the answer goes with the question.
    public mutating func close() {
        changes = 0
        text = ""
        askedAt = nil
        forgetApproval()
    }

    private mutating func forgetApproval() {
        approvedChanges = 0
        approvedAt = nil
        approvedBy = nil
    }
}
