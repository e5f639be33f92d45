import BillingDomain
import BillingServices

extension UseCase {
    /// What people do with their drawers, and what is done about them.
    static let cash: [UseCase] = [
        UseCase(ofPerson: "ShiftService.open(float:at:key:)", "open a shift", [.workShifts]) {
            _ = try await $0.shifts.open(float: shillings(1_000), key: .call)
        },
        UseCase(ofPerson: "ShiftService.current(_:)", "see one's shift", [.workShifts]) {
            _ = try await $0.shifts.current(.ugx)
        },
        UseCase(ofPerson: "ShiftService.handOver(_:to:key:)", "hand cash over", [.workShifts], given: opened) {
            session,
            _ in
            _ = try await session.shifts.handOver(shillings(10), to: .safe, key: .call)
        },
        UseCase(ofPerson: "ShiftService.cashIn(_:reason:key:)", "put cash in", [.workShifts], given: opened) {
            session,
            _ in
            _ = try await session.shifts.cashIn(shillings(10), reason: "change", key: .call)
        },
        UseCase(ofPerson: "ShiftService.cashOut(_:reason:key:)", "take cash out", [.workShifts], given: opened) {
            session,
            _ in
            _ = try await session.shifts.cashOut(shillings(10), reason: "petrol", key: .call)
        },
        UseCase(ofPerson: "ShiftService.count(_:)", "count a drawer", [.workShifts], given: opened) { session, _ in
            _ = try await session.shifts.count(shillings(1_000))
        },
        UseCase("ShiftService.count(_:of:)", "count the drawer of somebody else", [.approveShifts], given: left) {
            session,
            _,
            _,
            shift in
            _ = try await session.shifts.count(shillings(900), of: shift.id)
        },
        UseCase(ofPerson: "ShiftService.recount(_:)", "count a drawer again", [.workShifts]) { session, shop in
            try await opened(session, shop)
            _ = try await session.shifts.count(shillings(10))
        } run: { session, _ in
            _ = try await session.shifts.recount(.ugx)
        },
        UseCase("ShiftService.recount(of:)", "give up the count of a drawer", [.approveShifts], given: counted) {
            session,
            _,
            _,
            shift in
            _ = try await session.shifts.recount(of: shift.id)
        },
        UseCase(ofPerson: "ShiftService.close(_:key:)", "close a shift", [.workShifts]) { session, shop in
            try await opened(session, shop)
            _ = try await session.shifts.count(shillings(1_000))
        } run: { session, _ in
            _ = try await session.shifts.close(.ugx, key: .call)
        },
        UseCase("ShiftService.list(of:_:)", "list shifts", [.viewShifts], namesThings: false) { session, _, _ in
            _ = try await session.shifts.list()
        },
        UseCase("ShiftService.shift(_:)", "see a shift", [.viewShifts], given: counted) { session, _, _, shift in
            _ = try await session.shifts.shift(shift.id)
        },
        UseCase("ShiftService.approve(_:reason:key:)", "approve a shift", [.approveShifts], given: counted) {
            session,
            _,
            _,
            shift in
            _ = try await session.shifts.approve(shift.id, reason: "a hole in the pocket", key: .call)
        },
    ]

    static func shillings(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .ugx) }

    @Sendable private static func opened(_ session: BillingSession, _: Shop) async throws {
        _ = try await session.shifts.open(float: shillings(1_000), key: .new())
    }

    /// An open shift of somebody who is not there.
    @Sendable private static func left(_ shop: Shop, _: GeneratedBatch) async throws -> Shift {
        let till = try await shop.person(.cashier, "till-\(shop.random.word())").session
        return try await till.shifts.open(float: shillings(1_000), key: .new())
    }

    /// A shift of the shop that was counted with something missing.
    @Sendable private static func counted(_ shop: Shop, _: GeneratedBatch) async throws -> Shift {
        let till = try await shop.person(.cashier, "till-\(shop.random.word())").session
        _ = try await till.shifts.open(float: shillings(1_000), key: .new())
        return try await till.shifts.count(shillings(900))
    }
}
