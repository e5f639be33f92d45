/// How long a debt is past due.
public enum AgeingBucket: String, Hashable, Sendable, CaseIterable, Codable {
    /// Not past due; the due day itself belongs here.
    case current
    /// 1 to 30 days.
    case days1To30 = "1-30"
    /// 31 to 60 days.
    case days31To60 = "31-60"
    /// 61 to 90 days.
    case days61To90 = "61-90"
    /// More than 90 days.
    case over90 = "over-90"

    /// The bucket of a number of days past due; negative for days to go.
    public init(daysPastDue days: Int64) {
        switch days {
        case ...0: self = .current
        case 1...30: self = .days1To30
        case 31...60: self = .days31To60
        case 61...90: self = .days61To90
        default: self = .over90
        }
    }
}
