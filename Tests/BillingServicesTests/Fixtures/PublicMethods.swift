import Foundation

/// The public methods of every type in the sources of BillingServices, as in `RouterService.retry(_:)`.
///
/// Swift can not list the methods of a type, so this reads the files.
func publicMethods() throws -> Set<String> { Set(try publicDeclarations().map(\.name)) }

/// Those of them that read for whoever is signed in.
func readingMethods() throws -> Set<String> {
    Set(try publicDeclarations().filter { $0.body.contains("session.read(") }.map(\.name))
}

/// Those of them that read for whoever is signed in, and may be told of one thing whose rows alone are wanted.
func narrowedMethods() throws -> Set<String> {
    let readers = try publicDeclarations().filter { $0.body.contains("session.read(") }
    return Set(
        readers.filter { $0.parameters.contains { $0.contains(/: (Identifier<\w+>|CommissionEarner)\?/) } }.map(\.name)
    )
}

/// The public filters of lists, by name.
func publicFilters() throws -> Set<String> {
    let texts = try sourceTexts(of: "BillingPersistence") + sourceTexts(of: "BillingServices")
    return Set(texts.flatMap { $0.matches(of: /public struct (\w+Filter):/).map { String($0.1) } })
}

/// How many things of a tenant each public method is told by identity or code, in drafts, orders and options too.
///
/// A method of payment counts as none: an agent among them is named where it sells.
func thingsNamed() throws -> [String: Int] {
    let types = try publicTypes()
    func count(_ text: String, within outer: Set<String>) -> Int {
        let identities = text.matches(of: /Identifier<(\w+)>/).filter { $0.1 != "Tenant" }.count
        let words = text.replacing(/Identifier<\w+>/, with: "").matches(of: /\w+\b(?!\.)/).map { String($0.0) }
        return Set(words).reduce(identities) { sum, word in
            guard let type = types[word], !outer.contains(word), word != "PaymentMethod", !word.hasSuffix("Filter")
            else { return sum }
            let parts = type.parts.map { count($0, within: outer.union([word])) }
            return sum + (type.isChoice ? parts.max() ?? 0 : parts.reduce(0, +))
        }
    }
    return try publicDeclarations().reduce(into: [:]) { methods, method in
        methods[method.name] = method.parameters.reduce(0) { sum, parameter in
            let type = parameter.prefix(upTo: parameter.firstRange(of: " = ")?.lowerBound ?? parameter.endIndex)
            return sum + count(String(type), within: []) + (type.contains(/\bcodes? ?\w*: \[?String/) ? 1 : 0)
        }
    }
}

/// The public structures and enumerations of the sources, with the types of their properties or of what their cases hold.
private func publicTypes() throws -> [String: (isChoice: Bool, parts: [String])] {
    var types: [String: (isChoice: Bool, parts: [String])] = [:]
    for text in try sourceTexts(of: "BillingDomain") + sourceTexts(of: "BillingServices") {
        var type: String?
        for line in text.split(separator: "\n") {
            if let named = line.wholeMatch(of: /public (struct|enum) (\w+).*\{/) {
                type = String(named.2)
                types[String(named.2)] = (named.1 == "enum", [])
            } else if line == "}" {
                type = nil
            } else if let type,
                let part = line.firstMatch(of: /^    (?:public [^=({]*(?:var|let) \w+: |case \w+\()([^={]+)/)
            {
                types[type]?.parts.append(String(part.1))
            }
        }
    }
    return types
}

private func sourceTexts(of module: String) throws -> [String] {
    let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .appending(path: "../../../../Sources/\(module)").standardized
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var texts: [String] = []
    while let file = files?.nextObject() as? URL {
        if file.pathExtension == "swift" { texts.append(try String(contentsOf: file, encoding: .utf8)) }
    }
    return texts
}

private func publicDeclarations() throws -> [(name: String, parameters: [String], body: Substring)] {
    var methods: [(name: String, parameters: [String], body: Substring)] = []
    for text in try sourceTexts(of: "BillingServices") {
        var type = ""
        for line in text.split(separator: "\n") {
            if let named = try /^(?:public )?(?:final )?(?:extension|struct|class|enum) (\w+)/.firstMatch(in: line) {
                type = String(named.1)
            }
            guard let start = line.range(of: "  public func ")?.upperBound else { continue }
            let (name, parameters) = signature(text[start...])
            let rest = text[start...]
            let body = rest.prefix(upTo: rest.firstRange(of: "\n    }\n")?.lowerBound ?? rest.endIndex)
            methods.append((type + "." + name, parameters, body))
        }
    }
    return methods
}

/// `name(label:_:)` of a declaration that begins with its name, and its parameters as they are written.
private func signature(_ declaration: Substring) -> (name: String, parameters: [String]) {
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
    return ("\(name)(\(labels.map { "\($0):" }.joined()))", parameters)
}
