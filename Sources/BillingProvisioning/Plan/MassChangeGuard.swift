/// Stops a plan that would change more of a router than anybody means to change at once.
///
/// A wrong restore, a router that stands in for another, or a mistake of ours looks like thousands of changes, all of them
/// well-founded one by one. A person looks at those first.
struct MassChangeGuard: Sendable {
    /// As many changes are made on the smallest router: a share of few rows says nothing.
    static let floor = 20

    /// The share of what stands there, in hundredths of a percent.
    let limit: Int64

    /// What to ask before so many of our rows are changed while so many stand there; `nil` when nothing is to be asked.
    ///
    /// A router that shows none of ours was reset or replaced: everything is put back.
    func question(changes: Int, standing: Int) -> String? {
        guard standing > 0, changes > Self.floor else { return nil }
        let share = Int64(clamping: changes).multipliedReportingOverflow(by: 10_000)
        guard share.overflow || share.partialValue > limit.multipliedReportingOverflow(by: Int64(standing)).partialValue
        else { return nil }
        return """
            Putting this router right takes \(changes) changes, and \(standing) rows of ours stand there: that is more than \
            \(limit / 100) % of them (setting router.mass-change-limit). Nothing was changed. Look at the plan, and carry it \
            out if it is right.
            """
    }
}
