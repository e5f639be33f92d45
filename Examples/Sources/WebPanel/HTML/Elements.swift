import BillingDomain
import BillingPersistence
import HTTPServer

extension HTML {
    /// A word with a colour for how good it is.
    static func badge(_ word: String, _ mood: Mood) -> HTML {
        switch mood {
        case .good: "<span class=\"badge good\">\(word)</span>"
        case .busy: "<span class=\"badge busy\">\(word)</span>"
        case .bad: "<span class=\"badge bad\">\(word)</span>"
        case .quiet: "<span class=\"badge\">\(word)</span>"
        }
    }

    /// How good news is.
    enum Mood {
        case good
        case busy
        case bad
        case quiet
    }

    static func badge(_ status: RouterStatus) -> HTML {
        switch status {
        case .online: badge("online", .good)
        case .offline: badge("offline", .bad)
        case .error: badge("error", .bad)
        case .unknown: badge("not seen yet", .quiet)
        }
    }

    static func badge(_ status: DocumentStatus) -> HTML {
        switch status {
        case .pending: badge("pending", .quiet)
        case .active: badge("active", .good)
        case .expired, .used: badge(status.rawValue, .quiet)
        case .disabled: badge("disabled", .bad)
        }
    }

    static func badge(_ state: ProvisioningState) -> HTML {
        switch state {
        case .pending: badge("waiting", .busy)
        case .present: badge("on router", .good)
        case .drifted: badge("drifted", .bad)
        case .removing: badge("removing", .busy)
        case .removed: badge("removed", .quiet)
        case .failed: badge("failed", .bad)
        }
    }

    static func badge(_ state: CommercialState) -> HTML {
        switch state {
        case .generated: badge("not sold", .quiet)
        case .reserved: badge("reserved", .busy)
        case .sold: badge("sold", .good)
        case .refunded: badge("refunded", .busy)
        case .writtenOff: badge("written off", .busy)
        }
    }

    /// A table that becomes a stack of cards on a phone; each cell knows its column's name for that.
    static func table(_ columns: [String], _ rows: [[HTML]], empty: HTML) -> HTML {
        guard !rows.isEmpty else { return "<p class=\"empty\">\(empty)</p>" }
        let head = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
        let body = rows.map { cells -> HTML in
            let row = zip(columns, cells).map { "<td data-label=\"\($0)\">\($1)</td>" as HTML }
            return "<tr>\(row)</tr>"
        }
        return "<div class=\"table\"><table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>"
    }

    /// Names and values one under the other.
    static func facts(_ facts: [(name: HTML, value: HTML)]) -> HTML {
        "<dl class=\"facts\">\(facts.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>" as HTML })</dl>"
    }

    /// Links to the other pages of a list.
    static func pager(_ path: HTML, _ query: FormFields, _ paging: Paging, total: ListTotal) -> HTML {
        let pages = paging.pages(total)
        guard pages > 1 else { return "<p class=\"pager muted\">\(total.description) in all</p>" }
        func link(_ number: Int, _ label: HTML) -> HTML {
            // A list that was not counted to its end goes on behind the last page that is known.
            guard number >= 1, number <= pages || !total.isExact else {
                return "<span class=\"button quiet\" aria-disabled=\"true\">\(label)</span>"
            }
            return
                "<a class=\"button quiet\" href=\"\(path)?\(query.with(["page": String(number)]).encoded)\">\(label)</a>"
        }
        return """
            <nav class="pager" aria-label="Pages">\(link(paging.number - 1, "← Back"))\
            <span class="muted">page \(paging.number) of \(pages), \(total.description) in all</span>\
            \(link(paging.number + 1, "Next →"))</nav>
            """
    }
}
