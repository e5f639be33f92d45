public import BillingDomain
import BillingPersistence

/// Which sessions on routers are wanted; what is left out does not matter.
public struct NetworkSessionFilter: Hashable, Sendable {
    /// Of this voucher or service.
    public var subject: SessionSubject?
    /// Of a customer: of any of their services, and of the latest 1 000 vouchers that are theirs.
    public var customer: Identifier<Customer>?
    /// On this router.
    public var router: Identifier<Router>?
    /// Those that last, or those that are over.
    public var isOpen: Bool?
    /// Connected like this.
    public var kind: SessionKind?
    /// With this network address, or this MAC address or caller id, as it was shown.
    public var address: String?
    /// The first instant at which they began.
    public var from: Timestamp?
    /// The instant after the last at which they began.
    public var until: Timestamp?

    /// A filter of the given parts; without any, all sessions.
    public init(
        subject: SessionSubject? = nil,
        customer: Identifier<Customer>? = nil,
        router: Identifier<Router>? = nil,
        isOpen: Bool? = nil,
        kind: SessionKind? = nil,
        address: String? = nil,
        from: Timestamp? = nil,
        until: Timestamp? = nil
    ) {
        self.subject = subject
        self.customer = customer
        self.router = router
        self.isOpen = isOpen
        self.kind = kind
        self.address = address
        self.from = from
        self.until = until
    }

    /// Those who are on line now.
    public static let online = NetworkSessionFilter(isOpen: true)

    func query(in store: any StoreReader) throws -> Query<NetworkSession> {
        typealias Columns = NetworkSession.Columns
        var query = Query<NetworkSession>().sorted(byDescending: Columns.startedAt)
        if let isOpen { query = query.where(isOpen ? Columns.endedAt.isAbsent : Columns.endedAt.isPresent) }
        if let subject { query = query.where(Columns.subject == subject) }
        if let customer { query = query.where(Columns.subject.isOne(of: try Self.subjects(of: customer, in: store))) }
        if let router { query = query.where(Columns.router == router) }
        if let kind { query = query.where(Columns.kind == kind) }
        if let address { query = query.where(Columns.address == address || Columns.hardwareAddress == address) }
        if let from { query = query.where(Columns.startedAt >= from) }
        if let until { query = query.where(Columns.startedAt < until) }
        return query
    }

    private static func subjects(
        of customer: Identifier<Customer>,
        in store: any StoreReader
    ) throws -> [SessionSubject] {
        let services = try store.records(Query(ServiceAccount.Columns.customer == customer))
        let vouchers = try store.records(
            Query(Voucher.Columns.customerID == customer).sorted(byDescending: Voucher.Columns.createdAt).first(1_000)
        )
        return services.map { .service($0.id) } + vouchers.map { .voucher($0.id) }
    }
}
