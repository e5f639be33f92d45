/// Looks that cost little, for those who look often.
extension RouterOSSimulator {
    /// Some columns of the row that has a name, as the router stores them; nil when there is no such row.
    package func values(_ columns: [String], ofName name: String, in menu: String) -> [String?]? {
        process { router in
            guard let id = router.tables[menu]?.id(ofName: WireText(name)) else { return nil }
            return columns.map { router.value($0, of: id, in: menu)?.description }
        }
    }

    /// One column of every row of a menu, in order.
    package func column(_ name: String, of menu: String) -> [String] {
        process { router in
            (router.tables[menu]?.rows ?? []).map { router.value(name, of: $0.id, in: menu)?.description ?? "" }
        }
    }
}
