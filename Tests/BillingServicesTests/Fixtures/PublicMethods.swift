import Foundation

/// The public methods that stand in the source files of a type, as in `RouterService.retry(_:)`.
///
/// Swift can not list the methods of a type, so this reads the files named after it.
func publicMethods(of type: String) throws -> [String] {
    let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .appending(path: "../../../../Sources/BillingServices").standardized
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var methods: [String] = []
    while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift", file.lastPathComponent.prefix(while: \.isLetter) == type else { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        methods += text.ranges(of: "public func ").map { "\(type).\(fullName(text[$0.upperBound...]))" }
    }
    return methods
}

/// `name(label:_:)` of a declaration that begins with its name.
private func fullName(_ declaration: Substring) -> String {
    let name = declaration.prefix { $0 != "(" }
    var depth = 0
    var parameters: [String] = []
    var parameter = ""
    for character in declaration.dropFirst(name.count) {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if depth == 0 || (depth == 1 && character == ",") {
            parameters.append(parameter)
            parameter = ""
        } else {
            parameter.append(character)
        }
        if depth == 0 { break }
    }
    let labels = parameters.compactMap { $0.drop { !$0.isLetter && $0 != "_" }.split { " :".contains($0) }.first }
    return "\(name)(\(labels.map { "\($0):" }.joined()))"
}
