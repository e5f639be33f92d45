import RouterOSProtocol

extension Query.Condition {
    /// Whether a row meets the condition, from the value of its property and that property's kind; nil when it has none.
    func holds(_ property: (value: WireText, kind: ValueKind)?) -> Bool {
        guard let (own, kind) = property else { return comparison == .absent }
        switch comparison {
        case .present: return true
        case .absent: return false
        case .equal:
            if case .text = kind { return own.bytes.elementsEqual(value) }
            return kind.areEqual(own, WireText(value))
        case .less: return kind.isLess(own, than: WireText(value))
        case .greater: return kind.isLess(WireText(value), than: own)
        }
    }
}
