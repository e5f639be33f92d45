public import BillingDomain

extension TenantSlug: StorableText {}
extension TenantState: StorableWord {}
extension SignInAttempt.Outcome: StorableWord {}
extension RouterEvent.Outcome: StorableWord {}
extension RouterTrouble: StorableWord {}
extension ShiftState: StorableWord {}
extension CashMovement.Kind: StorableWord {}
extension CommissionEarner: StorableText {}
extension CommissionRule.Moment: StorableWord {}
extension CommissionStatement.State: StorableWord {}
extension Agent.State: StorableWord {}
extension ScheduledJob.CatchUp: StorableWord {}
extension JobSchedule: StorableText {}
extension JobRun.State: StorableWord {}
extension NotificationState: StorableWord {}
extension SessionKind: StorableWord {}
extension SessionSource: StorableWord {}
extension SessionSubject: StorableText {}
extension NetworkSession.EndReason: StorableWord {}

extension StaffAssignment: StorableValue {
    /// Text.
    public static var columnKind: ColumnKind { .text }

    /// The form that ``storedText`` has.
    public var storeValue: StoreValue { .text(storedText) }

    /// Reads an assignment; one that cannot be read in full is refused, for what is left out could lift a restriction.
    public init(storeValue: StoreValue) throws {
        guard let assignment = Self(storedText: try String(storeValue: storeValue)) else {
            throw PersistenceError.unreadable("assignment")
        }
        self = assignment
    }
}
