/// What a command comes to.
struct Answer {
    /// The names and values of each row.
    var rows: [[(name: String, value: WireText)]] = []
    /// The value that `!done` carries.
    var returned: WireText?
    /// Whether having no rows is worth saying, as it is for a print.
    var isListing = false
    /// What is to be told about from now on; the command does not end by itself then.
    var listener: Listener?
}
