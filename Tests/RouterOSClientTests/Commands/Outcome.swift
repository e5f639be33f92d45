import RouterOSClient

/// How a row was ensured, in words.
func outcome<Row>(_ ensured: Ensured<Row>) -> String {
    switch ensured {
    case .created: "created"
    case .unchanged: "unchanged"
    case .updated(_, let changed): "updated " + changed.joined(separator: ",")
    case .conflict: "conflict"
    }
}
