extension String: RouterOSValue {
    /// Reads text, see ``TextEncoding``: UTF-8, or else Windows-1252; never nil.
    public init?(routerOS bytes: Span<UInt8>) {
        self = TextEncoding.windows1252.decode(bytes).text
    }

    /// Appends the text in UTF-8.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }

    /// True.
    @inlinable public static var holdsText: Bool { true }
}
