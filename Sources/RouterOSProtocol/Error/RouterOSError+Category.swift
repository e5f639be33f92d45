extension RouterOSError {
    /// The router's own sorting of traps; many everyday traps come without one.
    ///
    /// Source: RouterOS manual, "API", section "Error handling".
    public struct Category: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The number as the router sent it; ones that this version has no name for are kept.
        public let rawValue: Int

        /// Takes a number as the router sent it.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The number.
        public var description: String { String(rawValue) }

        /// 0: an item or a command does not exist.
        public static let missingItemOrCommand = Category(rawValue: 0)
        /// 1: the value of an argument is not accepted.
        public static let argumentValue = Category(rawValue: 1)
        /// 2: the execution of the command was interrupted.
        public static let interrupted = Category(rawValue: 2)
        /// 3: a script failed.
        public static let scripting = Category(rawValue: 3)
        /// 4: the command failed for another reason.
        public static let general = Category(rawValue: 4)
        /// 5: the API itself failed.
        public static let api = Category(rawValue: 5)
        /// 6: a terminal failed.
        public static let terminal = Category(rawValue: 6)
        /// 7: a value that a script returned with `:return`.
        public static let returnedValue = Category(rawValue: 7)
    }
}
