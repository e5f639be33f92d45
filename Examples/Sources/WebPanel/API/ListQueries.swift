import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

extension RouterQuery {
    /// Reads `search`, `status`, `sort_by` and `sort_order`.
    /// - Throws: ``RequestError`` 422 with the field.
    init(_ query: FormFields) throws(RequestError) {
        self.init(search: query.filled("search"))
        status = try query.word("status", among: ["online": .online, "offline": .offline, "error": .error])
        order =
            try query.word(
                "sort_by",
                among: ["name": .name, "ip_address": .host, "status": .status, "created_at": .createdAt]
            ) ?? .name
        isDescending = try query.word("sort_order", among: ["asc": false, "desc": true]) ?? false
    }
}

extension VoucherFilter {
    /// Reads `status`, `batch` and `router`; `batch_id` and `router_id`, as answers call them, mean the same.
    /// - Throws: ``RequestError`` 422 with the field.
    init(_ query: FormFields) throws(RequestError) {
        let statuses = DocumentStatus.allCases.map { ($0.rawValue, $0) }
        self.init(
            documentStatus: try query.word("status", among: Dictionary(uniqueKeysWithValues: statuses)),
            batch: try query.identifier("batch", "batch_id"),
            router: try query.identifier("router", "router_id")
        )
    }
}

extension VoucherService {
    /// The vouchers that a request asks for: of those that ``VoucherFilter/init(_:)`` lets through, the ones whose code
    /// begins with `search`; where no code does, the ones whose customer's name does.
    func list(_ query: FormFields, _ paging: Paging) async throws -> Page<Voucher> {
        var filter = try VoucherFilter(query)
        filter.codeBeginning = query.filled("search")
        let found = try await list(filter, paging.request)
        guard found.total == 0, filter.codeBeginning != nil else { return found }
        swap(&filter.codeBeginning, &filter.customerBeginning)
        return try await list(filter, paging.request)
    }
}

extension FormFields {
    /// The meaning of one of a few words; `nil` where the field is empty.
    fileprivate func word<Meaning>(
        _ name: String,
        among words: [String: Meaning]
    ) throws(RequestError) -> Meaning? {
        guard let word = filled(name) else { return nil }
        guard let meaning = words[word] else {
            let choice = words.keys.sorted().joined(separator: ", ")
            throw RequestError(.unprocessableContent, "\(name) must be one of \(choice).", field: name)
        }
        return meaning
    }

    /// The identifier in the first of the fields that is filled.
    fileprivate func identifier<Entity>(_ names: String...) throws(RequestError) -> Identifier<Entity>? {
        guard let name = names.first(where: { filled($0) != nil }), let text = filled(name) else { return nil }
        guard let identifier = Identifier<Entity>(text) else {
            throw RequestError(.unprocessableContent, "\(name) must be an identifier.", field: name)
        }
        return identifier
    }
}
