public import BillingDomain

/// What became of many service accounts that were asked for at once.
public struct BulkCreation: Sendable {
    /// One that was not made.
    public struct Failure: Sendable {
        /// Its place in the request, from 0.
        public let index: Int
        /// Why.
        public let error: BillingError
    }

    /// Those that were made, in the order of the request.
    public let created: [ServiceAccount]
    /// Those that were not.
    public let failures: [Failure]
}
