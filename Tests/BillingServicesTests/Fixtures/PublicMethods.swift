import Foundation

/// The public methods of every type in the sources of BillingServices, as in `RouterService.retry(_:)`.
///
/// Swift can not list the methods of a type, so this reads the files.
func publicMethods() throws -> Set<String> {
    let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .appending(path: "../../../../Sources/BillingServices").standardized
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var methods: Set<String> = []
    while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        var type = ""
        for line in text.split(separator: "\n") {
            if let named = try /^(?:public )?(?:final )?(?:extension|struct|class|enum) (\w+)/.firstMatch(in: line) {
                type = String(named.1)
            }
            guard let start = line.range(of: "  public func ")?.upperBound else { continue }
            methods.insert("\(type).\(fullName(text[start...]))")
        }
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
