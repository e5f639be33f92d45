public import BillingDomain

extension LocalDate: StorableText {
    /// The day as `2026-03-01`, so that days within the years 0 to 9999 sort as texts do.
    public var storeValue: StoreValue { .text(description) }
}
extension LocalDateTime: StorableText {}
extension NumberPattern: StorableText {}
extension PaymentMethod: StorableText {}
extension PaymentPurpose: StorableText {}
extension CustomerStatus: StorableWord {}
extension ServiceKind: StorableWord {}
extension ServiceAccess: StorableWord {}
extension SubscriptionState: StorableWord {}
extension SuspensionCause: StorableWord {}
extension InvoiceState: StorableWord {}
extension DocumentKind: StorableWord {}
extension PaymentStatus: StorableWord {}
extension InboxState: StorableWord {}
