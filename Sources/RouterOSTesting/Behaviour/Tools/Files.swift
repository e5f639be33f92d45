import RouterOSProtocol

extension Behaviour {
    /// `/file`.
    static let file = Behaviour(
        follow: { router, change in router.dateFile(change.id) },
        verbs: ["read": { router, menu, request throws(Trap) in try router.readFile(menu, request) }]
    )

    /// `/system/backup`.
    static let backup = Behaviour(verbs: [
        "save": { router, menu, request throws(Trap) in
            let values = try router.arguments(of: menu, request)
            let password = values["password"].flatMap { $0.isEmpty ? nil : $0 }
            router.later(.backUp(values["name"] ?? router.backupName, password: password), after: .seconds(1))
            return Answer()
        },
        "load": { router, menu, request throws(Trap) in
            let values = try router.arguments(of: menu, request)
            try router.loadBackup(values["name"] ?? "", password: values["password"] ?? "")
            return Answer()
        },
    ])
}

extension SimulatedRouter {
    private static let files = "/file"

    /// Creates a file or puts something else into it; the id of its row.
    @discardableResult
    mutating func writeFile(_ name: WireText, _ contents: WireText) -> UInt64? {
        if let id = tables[Self.files]?.id(ofName: name) {
            store(["contents": contents, "backup": nil], in: id, of: Self.files)
            return id
        }
        return addDynamic(Self.files, ["name": name, "contents": contents])?.id
    }

    /// What a file says of itself follows what is in it.
    fileprivate mutating func dateFile(_ id: UInt64) {
        guard let name = value("name", of: id, in: Self.files), value("type", of: id, in: Self.files) != "directory"
        else { return }
        let size = bytes(ofFile: id).count
        let ending = name.bytes.split(separator: UInt8(ascii: "/")).last?.split(separator: UInt8(ascii: ".")) ?? []
        let type: WireText =
            switch ending.count > 1 ? WireText(ending[ending.count - 1]) : "" {
            case "backup": "backup"
            case "rsc": "script"
            case "": "file"
            case let ending: WireText(".\(ending) file")
            }
        refresh(
            [
                "type": type, "size": WireText(size), "last-modified": dateTime,
                "creation-time": value("creation-time", of: id, in: Self.files) ?? dateTime,
            ],
            in: id,
            of: Self.files
        )
    }

    /// What is in a file: the tables of a backup, or what somebody wrote into it.
    private func bytes(ofFile id: UInt64) -> [UInt8] {
        (value("backup", of: id, in: Self.files) ?? value("contents", of: id, in: Self.files))?.bytes ?? []
    }

    fileprivate func readFile(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let values = try arguments(of: menu, request)
        guard let name = values["file"] else { throw .missingValue("file") }
        guard let id = tables[Self.files]?.id(ofName: name) else { throw .noSuchItem }
        let contents = bytes(ofFile: id)
        let offset = values["offset"].flatMap { Magnitude.integer($0) } ?? 0
        let size = values["chunk-size"].flatMap { Magnitude.integer($0) } ?? 32_768
        guard size <= 32_768 else { throw Trap(category: 1, message: "value of chunk-size out of range (1..32768)") }
        let piece = contents.dropFirst(Int(clamping: offset)).prefix(Int(clamping: size))
        return Answer(rows: [[("data", WireText(piece))]])
    }

    // MARK: Backups

    fileprivate var backupName: WireText {
        let identity = setting("name", of: "/system/identity") ?? "MikroTik"
        let digits = (localTime?.text(.numeric) ?? "").utf8.filter(\.isDigit)
        let (date, time) = (WireText(digits.prefix(8)), WireText(digits.suffix(6).prefix(4)))
        return WireText("\(identity)-\(date)-\(time)")
    }

    /// A backup that was asked for is there.
    mutating func writeBackup(_ name: WireText, password: WireText?) {
        let tables = SavedTables.text(of: self, without: [Self.files])
        let contents = password.map { EncryptedBackup.encrypted(tables, $0) } ?? tables
        let ending = Array(".backup".utf8)
        let file = name.bytes.suffix(ending.count).elementsEqual(ending) ? name : WireText(name.bytes + ending)
        guard let id = writeFile(file, "") else { return }
        store(["backup": WireText(contents)], in: id, of: Self.files)
    }

    /// Takes the tables of a backup and starts anew.
    fileprivate mutating func loadBackup(_ name: WireText, password: WireText) throws(Trap) {
        // One that somebody uploaded is as good as one that was made here.
        guard let id = tables[Self.files]?.id(ofName: name), case let saved = bytes(ofFile: id),
            SavedTables.isText(saved) || EncryptedBackup.isOne(saved)
        else { throw Trap(message: "failure: no such file") }
        do {
            try SavedTables.restore(EncryptedBackup.decrypted(saved, password), to: &self)
        } catch {
            throw Trap(message: "failure: could not restore backup")
        }
        later(.reboot, after: .seconds(1))
    }
}
