/// A Swift type that reads itself from a row of an answer: a ``RouterOSRow``, or what a command answers that prints no menu.
public protocol RouterOSReadable: Sendable {
    /// Reads a row; quickest in the order in which routers send the attributes.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow`.
    init(_ row: inout RowReader) throws(RouterOSError)
}

extension RouterOSReadable {
    /// Reads the row that a sentence holds; text that is not UTF-8 in the code page `encoding`, Windows-1252 when nil.
    ///
    /// Where bytes without a character matter, read the row from a ``RowReader`` and ask ``RowReader/isLossy`` then.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow`.
    @inlinable
    public init(_ sentence: consuming Sentence, encoding: TextEncoding? = nil) throws(RouterOSError) {
        var row = RowReader(sentence, encoding: encoding)
        try self.init(&row)
    }
}
