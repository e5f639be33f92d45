/// A table of comma-separated values: RFC 4180 with any line ending, and a byte order mark if there is one.
struct CommaSeparatedText {
    /// One record and the line that it begins on, from 1.
    struct Record {
        let line: Int
        let fields: [String]
    }

    /// The records that are not blank.
    let records: [Record]

    /// Reads a table.
    ///
    /// - Throws: ``BillingError`` with ``BillingError/Code/invalidInput`` and the field `csv` for what is not UTF-8, more
    ///   than 5 MB, or a quote out of place.
    init(_ bytes: [UInt8]) throws {
        guard bytes.count <= 5_000_000 else { throw BillingError.invalid("csv", "A list has at most 5 MB.") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw BillingError.invalid("csv", "Save the list as UTF-8: it holds bytes that are no text.")
        }
        var records: [Record] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var wasQuoted = false
        var line = 1
        var start = 1
        let quote = UInt8(ascii: "\"")
        var rest = Array(text.utf8)[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
        func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field = []
            wasQuoted = false
        }
        func endRecord() {
            endField()
            if fields.contains(where: { !$0.isEmpty }) { records.append(Record(line: start, fields: fields)) }
            fields = []
        }
        while let byte = rest.popFirst() {
            if byte == 10 { line += 1 }
            if isQuoted {
                if byte == quote {
                    if rest.first == quote {
                        field.append(quote)
                        rest.removeFirst()
                    } else {
                        isQuoted = false
                    }
                } else {
                    field.append(byte)
                }
                continue
            }
            switch byte {
            case quote:
                guard field.isEmpty, !wasQuoted else {
                    throw BillingError.invalid(
                        "csv",
                        "Line \(line): a quote stands inside a value; put all of it in quotes."
                    )
                }
                isQuoted = true
                wasQuoted = true
            case UInt8(ascii: ","): endField()
            case 13 where rest.first == 10: continue
            case 10, 13:
                endRecord()
                if byte == 13 { line += 1 }
                start = line
            default:
                guard !wasQuoted else {
                    throw BillingError.invalid("csv", "Line \(line): something follows a closing quote.")
                }
                field.append(byte)
            }
        }
        guard !isQuoted else { throw BillingError.invalid("csv", "Line \(start): a quote is not closed.") }
        endRecord()
        self.records = records
    }
}
