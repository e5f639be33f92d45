/// Why a simulator cannot do what it was told to.
public struct SimulatorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong; more may come.
    public struct Code: Sendable, Hashable {
        private let name: String

        /// The address cannot be listened on.
        public static let network = Code(name: "network")
        /// A certificate or its key cannot be used.
        public static let certificate = Code(name: "certificate")
        /// A file cannot be read or written.
        public static let file = Code(name: "file")
        /// Saved tables are not in the format that is written.
        public static let malformedState = Code(name: "malformedState")
        /// The description of a menu cannot be read.
        public static let malformedMenus = Code(name: "malformedMenus")
        /// The menu, user or command does not exist on this simulator, or it refused.
        public static let refused = Code(name: "refused")
    }

    /// What went wrong.
    public let code: Code
    /// What went wrong in a sentence, and what to do about it.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
