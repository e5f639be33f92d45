import BillingDomain

/// An instant in a comment on a router: whole seconds since 1970 UTC, or nothing for none.
struct CommentInstant {
    let instant: Timestamp?

    init(_ instant: Timestamp?) { self.instant = instant }

    /// Nil for what is no instant.
    init?(_ field: Substring) {
        guard !field.isEmpty else {
            instant = nil
            return
        }
        guard field.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(field), seconds < 1 << 40
        else {
            return nil
        }
        instant = Timestamp(secondsSince1970: seconds)
    }

    var text: String { instant.map { String($0.secondsSince1970) } ?? "" }
}
