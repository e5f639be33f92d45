/// What a session may use up before it ends; fixed when it begins, as on a router.
struct Allowance: Sendable, Equatable {
    var seconds: Int64?
    var bytesIn: UInt64?
    var bytesOut: UInt64?
    var bytesTotal: UInt64?
}
