/// A row that is there for as long as something else is, such as the queue of a session.
struct DynamicRow: Sendable {
    let menu: String
    let id: UInt64
}

extension SimulatedRouter {
    private static let queues = "/queue/simple"

    /// Adds a row that is there for as long as the router wants it; nothing is checked.
    mutating func addDynamic(_ path: String, _ values: KeyValuePairs<String, WireText>) -> DynamicRow? {
        guard let menu = menus[path], menu.shape == .table else { return nil }
        var row = menu.columns.map(\.initial)
        if let column = menu.column("dynamic") { row[column] = "true" }
        for (name, value) in values {
            if let column = menu.column(name) { row[column] = value }
        }
        guard let id = tables[path]?.insert(row) else { return nil }
        changed(menu, id, .added)
        return DynamicRow(menu: path, id: id)
    }

    mutating func remove(_ row: DynamicRow) {
        guard let menu = menus[row.menu], tables[row.menu]?.row(row.id) != nil else { return }
        tables[row.menu]?.remove(row.id)
        counted[CountedRow(menu: row.menu, id: row.id)] = nil
        changed(menu, row.id, .removed)
    }

    /// A limit of bits a second as the router makes it for a session by itself.
    ///
    /// Of what a profile's `rate-limit` holds the first group is the limit.
    mutating func addQueue(named name: WireText, target: WireText, _ rates: WireText?) -> DynamicRow? {
        guard let first = rates?.bytes.split(separator: UInt8(ascii: " ")).first,
            let limit = ValueKind.pair(.rate).canonical(WireText(first))
        else { return nil }
        let unused = unusedName(name, in: Self.queues)
        return addDynamic(Self.queues, ["name": unused, "target": target, "max-limit": limit])
    }

    /// A name that no row of a menu has: the name of a session, with a number behind it when somebody has it already.
    func unusedName(_ name: WireText, in path: String) -> WireText {
        guard tables[path]?.id(ofName: name) != nil else { return name }
        let stem = name.bytes.last == UInt8(ascii: ">") ? Array(name.bytes.dropLast()) : name.bytes
        let tail = Array(name.bytes.suffix(name.bytes.count - stem.count))
        var number = 1
        while true {
            let candidate = WireText(stem + Array("-\(number)".utf8) + tail)
            if tables[path]?.id(ofName: candidate) == nil { return candidate }
            number += 1
        }
    }

    /// Puts an address on the lists of a profile.
    mutating func addToLists(_ lists: WireText?, _ address: UInt32) -> [DynamicRow] {
        (lists?.commaSeparated ?? []).compactMap { list in
            addDynamic("/ip/firewall/address-list", ["list": list, "address": ValueKind.addressText(address)])
        }
    }
}
