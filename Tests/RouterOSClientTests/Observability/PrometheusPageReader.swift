/// Reads the text format of Prometheus, strictly: what it does not understand is a reason to fail a test.
struct PrometheusPageReader {
    struct Sample: Hashable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    struct Malformed: Error {
        let line: String
        let reason: String
    }

    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(line: "", reason: "the last line has no end") }
        var helped: Set<String> = []
        var family = ""
        var seen: Set<[String]> = []
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("# HELP ") {
                family = line.split(separator: " ", maxSplits: 3).dropFirst(2).first.map(String.init) ?? ""
                guard helped.insert(family).inserted else { throw Malformed(line: line, reason: "HELP twice") }
            } else if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ").map(String.init)
                guard words.count == 4, words[2] == family, types[family] == nil else {
                    throw Malformed(line: line, reason: "TYPE away from its HELP")
                }
                types[family] = words[3]
            } else {
                let sample = try Self.sample(line)
                let suffixes = types[family] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
                guard suffixes.contains(where: { family + $0 == sample.name }) else {
                    throw Malformed(line: line, reason: "not of the family \(family)")
                }
                let key = [sample.name] + sample.labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
                guard seen.insert(key).inserted else { throw Malformed(line: line, reason: "the series comes twice") }
                samples.append(sample)
            }
        }
    }

    func value(_ name: String, _ labels: [String: String]) -> Double? {
        samples.first { $0.name == "routeros_client_" + name && $0.labels == labels }?.value
    }

    private static func sample(_ line: String) throws -> Sample {
        var rest = Array(line.unicodeScalars)[...]
        func malformed(_ reason: String) -> Malformed { Malformed(line: line, reason: reason) }
        func take(_ isPart: (Unicode.Scalar) -> Bool) -> String {
            let part = rest.prefix(while: isPart)
            rest = rest.dropFirst(part.count)
            return String(String.UnicodeScalarView(part))
        }
        func isName(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_")
        }
        let name = take(isName)
        guard !name.isEmpty, rest.popFirst() == "{" else { throw malformed("no name") }
        var labels: [String: String] = [:]
        while rest.first != "}" {
            let label = take(isName)
            guard !label.isEmpty, rest.popFirst() == "=", rest.popFirst() == "\"" else { throw malformed("no label") }
            var value = ""
            while let scalar = rest.popFirst(), scalar != "\"" {
                guard scalar == "\\" else {
                    value.unicodeScalars.append(scalar)
                    continue
                }
                switch rest.popFirst() {
                case "n": value.unicodeScalars.append("\n")
                case "\\": value.unicodeScalars.append("\\")
                case "\"": value.unicodeScalars.append("\"")
                default: throw malformed("an unknown escape")
                }
            }
            guard labels.updateValue(value, forKey: label) == nil else { throw malformed("a label twice") }
            if rest.first == "," { rest = rest.dropFirst() } else if rest.first != "}" { throw malformed("no comma") }
        }
        rest = rest.dropFirst()
        let number = String(String.UnicodeScalarView(rest.dropFirst()))
        guard rest.first == " ", let value = Double(number) else { throw malformed("no number") }
        return Sample(name: name, labels: labels, value: value)
    }
}
