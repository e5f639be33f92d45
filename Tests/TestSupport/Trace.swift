/// Everything that a log, a debugger or a crash report might make of a value.
public func trace(_ value: some Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    return "\(value) \(String(reflecting: value)) \(dumped)"
}
