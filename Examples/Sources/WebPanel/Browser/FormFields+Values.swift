import BillingDomain
import HTTPServer

extension FormFields {
    /// The value of a field, without blanks around it; `nil` where nothing was filled in.
    func filled(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let trimmed = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// The fields of these names alone: an address may come from anywhere, so it fills in nothing else.
    func only(_ names: String...) -> FormFields {
        FormFields(pairs.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
    }
}
