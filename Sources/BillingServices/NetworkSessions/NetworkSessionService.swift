public import BillingDomain
public import BillingPersistence

/// Who is on line on the routers of one tenant, and who was.
///
/// It tells what the routers showed when they were read last; sessions on routers out of reach are left out.
public struct NetworkSessionService: Sendable {
    let session: BillingSession

    /// The sessions that meet a filter, the last to begin first.
    public func list(
        _ filter: NetworkSessionFilter = NetworkSessionFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<SessionLine> {
        let session = session
        return try await session.read(.viewSessions) { store in
            if let customer = filter.customer { _ = try session.assignment.customer(customer, in: store) }
            if let router = filter.router { try session.assignment.require(store.require(router, "router")) }
            let found = try store.page(filter.query(in: store).within(session.assignment, in: store), page)
            return Page(items: try session.lines(found.items, in: store), total: found.total, next: found.next)
        }
    }

    /// One session.
    public func session(_ id: Identifier<NetworkSession>) async throws -> SessionLine {
        let session = session
        return try await session.read(.viewSessions) { store in
            let found = try store.require(id, "session")
            try session.assignment.require(store.require(found.router, "router"))
            guard let line = try session.lines([found], in: store).first else { throw BillingError.notFound("session") }
            return line
        }
    }

    /// How many sessions last now, by router and kind; where there are none there is no count.
    public func online() async throws -> [OnlineCount] {
        let assignment = session.assignment
        return try await session.read(.viewSessions) { store in
            let open = try NetworkSessionFilter.online.query(in: store).within(assignment, in: store)
            return try store.sums(open, by: ["router", "kind"]).map { sums in
                OnlineCount(
                    router: try Identifier<Router>(storeValue: sums.group[0]),
                    kind: try SessionKind(storeValue: sums.group[1]),
                    sessions: sums.count
                )
            }
            .sorted { ($0.router, $0.kind.rawValue) < ($1.router, $1.kind.rawValue) }
        }
    }
}

extension BillingSession {
    /// The sessions with whose they are, as far as they may see that.
    fileprivate func lines(_ sessions: [NetworkSession], in store: any StoreReader) throws -> [SessionLine] {
        let vouchers = try store.find(sessions.compactMap(\.subject.voucher))
        let services = try store.find(sessions.compactMap(\.subject.service))
        let voucher = Dictionary(vouchers.map { ($0.id, $0) }) { first, _ in first }
        let service = Dictionary(services.map { ($0.id, $0) }) { first, _ in first }
        let seesCodes = permissions.contains(.viewVouchers)
        return sessions.map { session in
            switch session.subject {
            case .voucher(let id):
                SessionLine(
                    session: session,
                    username: seesCodes ? voucher[id]?.code : nil,
                    customer: voucher[id]?.customerID
                )
            case .service(let id):
                SessionLine(session: session, username: service[id]?.username, customer: service[id]?.customer)
            }
        }
    }
}
