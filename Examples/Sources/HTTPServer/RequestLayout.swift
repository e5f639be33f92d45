/// Where the parser left the parts of a head in its buffer.
///
/// libmicrohttpd before 1.0 parses in place: it hands out texts up to their first zero byte, ends lines at a bare line
/// feed or carriage return as well, and glues a folded line to the *name* of the field before it, which turns
/// `Content-Length:` and a line of blanks and digits into a field of another name and no length at all. None of that
/// shows in the texts. All of it shows in the gaps between them, which are one byte for a separator and two for the
/// end of a line, or else something stood there that nobody was told of.
struct RequestLayout {
    /// One part: its address in the buffer and its length as a text.
    struct Part: Hashable, Sendable {
        var start: UInt
        var count: Int

        /// The byte behind the part.
        var end: UInt { start &+ UInt(bitPattern: count) }
    }

    var method: Part
    var target: Part
    var version: Part
    /// Names and values in turn, in the order of the lines.
    var fields: [(name: Part, value: Part)]
    /// How many bytes the head has, from the method to the empty line inclusive.
    var size: Int

    /// Where the text of the last line ends.
    var lastEnd: UInt { fields.last?.value.end ?? version.end }

    /// Whether every byte of the head is accounted for by its parts and what separates them.
    var isIntact: Bool {
        guard target.start == method.end &+ 1, version.start == target.end &+ 1 else { return false }
        var lineEnd = version.end
        for (name, value) in fields {
            // Any number of blanks may stand in front of a value; one in front of its name is folded.
            guard name.start == lineEnd &+ 2, value.start > name.end else { return false }
            lineEnd = value.end
        }
        return method.start &+ UInt(bitPattern: size) == lineEnd &+ 4
    }
}
