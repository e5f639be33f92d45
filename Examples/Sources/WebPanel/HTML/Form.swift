import BillingServices
import HTTPServer

/// A form as it was filled in, and what was wrong with it: each field shows its own value and its own fault.
struct Form {
    let values: FormFields
    let error: RequestError?

    init(_ values: FormFields = FormFields([]), error: RequestError? = nil) {
        self.values = values
        self.error = error
    }

    /// What a field holds.
    enum Kind {
        case text
        case number
        case password
        /// Digits with a decimal point; a number field would round it.
        case amount
    }

    /// A labelled input.
    func input(
        _ name: StaticString,
        _ label: HTML,
        _ kind: Kind = .text,
        hint: HTML? = nil,
        initial: String = "",
        isRequired: Bool = false,
        placeholder: String = ""
    ) -> HTML {
        let field = name.description
        let value = kind == .password ? "" : values[field] ?? initial
        let attributes: HTML =
            switch kind {
            case .text: "type=\"text\" autocomplete=\"off\""
            case .number: "type=\"text\" inputmode=\"numeric\" autocomplete=\"off\""
            case .password: "type=\"password\" autocomplete=\"new-password\""
            case .amount: "type=\"text\" inputmode=\"decimal\" autocomplete=\"off\""
            }
        return wrap(
            field,
            label,
            hint: hint,
            """
            <input id="\(field)" name="\(field)" \(attributes) value="\(value)" placeholder="\(placeholder)"\
            \(described(field))\("required", if: isRequired)>
            """
        )
    }

    /// A labelled choice of one.
    func choice(
        _ name: StaticString,
        _ label: HTML,
        _ options: [(value: String, title: String)],
        hint: HTML? = nil,
        initial: String = ""
    ) -> HTML {
        let field = name.description
        let chosen = values[field] ?? initial
        let list = options.map { option -> HTML in
            "<option value=\"\(option.value)\"\("selected", if: option.value == chosen)>\(option.title)</option>"
        }
        return wrap(
            field,
            label,
            hint: hint,
            "<select id=\"\(field)\" name=\"\(field)\"\(described(field))>\(list)</select>"
        )
    }

    /// A choice above a list, which is sent as soon as it is made.
    func filter(_ name: StaticString, _ label: HTML, _ options: [(value: String, title: String)]) -> HTML {
        let chosen = values[name.description] ?? ""
        let list = options.map { option -> HTML in
            "<option value=\"\(option.value)\"\("selected", if: option.value == chosen)>\(option.title)</option>"
        }
        return "<select name=\"\(name.description)\" aria-label=\"\(label)\" data-send>\(list)</select>"
    }

    /// A labelled box to tick.
    func check(_ name: StaticString, _ label: HTML, hint: HTML? = nil) -> HTML {
        let field = name.description
        return """
            <div class="field tick"><label><input type="checkbox" name="\(field)" value="yes"\
            \("checked", if: values[field] == "yes")> \(label)</label>\(hint.map { "<small>\($0)</small>" as HTML })</div>
            """
    }

    /// The hidden field that makes sending the form twice have one effect.
    ///
    /// A form shown again keeps its key: what was refused has left no trace under it.
    var idempotencyField: HTML {
        "<input type=\"hidden\" name=\"key\" value=\"\(values["key"] ?? IdempotencyKey.new().text)\">"
    }

    /// What was wrong, above the form.
    var summary: HTML {
        error.map { "<p class=\"notice failure\" role=\"alert\">\($0.message)</p>" } ?? .empty
    }

    private func wrap(_ field: String, _ label: HTML, hint: HTML?, _ control: HTML) -> HTML {
        let fault: HTML? = message(field).map { "<small class=\"fault\" id=\"\(field)-fault\">\($0)</small>" }
        let note: HTML? = hint.map { "<small>\($0)</small>" }
        return """
            <div class="field"><label for="\(field)">\(label)</label>\(control)\(fault)\(note)</div>
            """
    }

    private func described(_ field: String) -> HTML? {
        message(field).map { _ in " aria-invalid=\"true\" aria-describedby=\"\(field)-fault\"" }
    }

    private func message(_ field: String) -> String? {
        error?.field == field ? error?.message : nil
    }
}
