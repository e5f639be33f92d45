import BillingPersistence
import CRouterOSPostgreSQL

/// Where a database is and how to be let in; the password is in no description of it.
struct ConnectionTarget: Sendable, CustomStringConvertible, CustomReflectable {
    private let settings: [(keyword: String, value: String)]

    /// Reads a URL such as `postgresql://user:password@host/database?sslmode=verify-full`, or libpq's own `key=value`.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/io`` for what is neither.
    init(url: String) throws {
        // What libpq says about a text it cannot read quotes it, so it is not repeated.
        guard let options = PQconninfoParse(url, nil) else {
            throw PersistenceError(
                .io,
                "The database's URL cannot be read; write postgresql://user@host/database, with %-codes where needed."
            )
        }
        defer { PQconninfoFree(options) }
        var settings: [(keyword: String, value: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { settings.append((String(cString: keyword), String(cString: value))) }
            option += 1
        }
        self.settings = settings
    }

    /// The host, the database and the user.
    var description: String {
        func value(_ keyword: String) -> String? { settings.last { $0.keyword == keyword }?.value }
        let port = value("port").map { ":\($0)" } ?? ""
        return "\(value("user") ?? "")@\(value("host") ?? "")\(port)/\(value("dbname") ?? "")"
    }

    /// The description alone.
    var customMirror: Mirror { Mirror(self, children: ["target": description]) }

    /// Begins to connect under a name that the server shows to its operator.
    func connect(as name: String) -> OpaquePointer? {
        let own = [("application_name", name), ("client_encoding", "UTF8")]
        let all = settings.filter { setting in
            !own.contains { $0.0 == setting.keyword } || setting.keyword == "application_name"
        }.map { ($0.keyword, $0.value) }
        let isNamed = all.contains { $0.0 == "application_name" }
        let pairs = all + own.filter { !isNamed || $0.0 != "application_name" }
        return Self.withStrings(pairs.map(\.0)) { keywords in
            Self.withStrings(pairs.map(\.1)) { values in PQconnectStartParams(keywords, values, 0) }
        }
    }

    /// Lends texts as C wants a list of them, with nothing at its end.
    private static func withStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let all = texts.map { Array($0.utf8CString) }
        let joined = all.flatMap(\.self)
        return joined.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var start = 0
            for text in all {
                pointers.append(buffer.baseAddress.map { $0 + start })
                start += text.count
            }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
