/// Why bytes are not the JSON we read, and where.
struct JSONError: Error, Hashable {
    /// What is wrong.
    enum Reason: String, Hashable {
        case incomplete = "it ends too early"
        case unexpected = "there is something unexpected"
        case trailing = "something follows the value"
        case tooDeep = "it is nested deeper than 16 levels"
        case duplicateKey = "an object has a member twice"
        case notUTF8 = "a text is not valid UTF-8"
        case controlCharacter = "a text holds a control character that is not escaped"
        case badEscape = "a text holds a broken escape"
        case badNumber = "a number is malformed"
        case inexactNumber = "a number has more than 38 digits and cannot be read exactly"
    }

    let reason: Reason
    /// How many bytes were read before it.
    let offset: Int
}
