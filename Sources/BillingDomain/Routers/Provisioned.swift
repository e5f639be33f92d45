/// What has a row of its own on a router: a voucher, or a service account of a customer.
///
/// How the row should stand and how far the router agrees are two things; the moves here are about the second. Which of
/// them a state allows is said by those who conform.
public protocol Provisioned: Hashable, Sendable {
    /// Whom the row belongs to.
    var subject: SessionSubject { get }
    /// The router it stands on.
    var router: Identifier<Router> { get }
    /// How it should stand there: the intent that provisioning converges to.
    var desiredPresence: RouterPresence { get }
    /// How far the router agrees.
    var provisioning: ProvisioningState { get }
    /// How soon somebody waits for the router to agree.
    var urgency: OutboxJob.Urgency { get }

    /// The row is to be written.
    mutating func requestProvisioning() throws(DomainError)
    /// The row is to go.
    mutating func requestRemoval() throws(DomainError)
    /// It was read back from the router as intended.
    mutating func markPresent() throws(DomainError)
    /// It was found changed or missing on the router; `detail` says how and holds no secret.
    mutating func markDrifted(_ detail: String) throws(DomainError)
    /// It is known to be absent from the router.
    mutating func markRemoved() throws(DomainError)
    /// The router refused; `detail` says why and holds no secret.
    mutating func markFailed(_ detail: String) throws(DomainError)
}

extension Voucher: Provisioned {
    /// The voucher itself.
    public var subject: SessionSubject { .voucher(id) }

    /// Only what is in stock, and may stay there, can wait.
    public var urgency: OutboxJob.Urgency {
        let isInStock = commercial == .generated || commercial == .reserved
        return isInStock && access == .unused ? .ordinary : .urgent
    }
}

extension ServiceAccount: Provisioned {
    /// The service itself.
    public var subject: SessionSubject { .service(id) }

    /// A customer waits for it, or is to be cut off.
    public var urgency: OutboxJob.Urgency { .urgent }
}
