/// What a command comes to.
struct Answer {
    /// The names and values of each row.
    var rows: [[(name: String, value: WireText)]] = []
    /// The value that `!done` carries.
    var returned: WireText?
    /// Whether having no rows is worth saying, as it is for a print.
    var isListing = false
    /// The number that the rows of a measurement carry; each round has the next one.
    var section: Int?
    /// What goes on from now; the command does not end by itself then.
    var activity: Activity.Kind?
}
