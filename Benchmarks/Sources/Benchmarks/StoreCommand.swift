import Glibc
import StoreWorkloads
import Workloads

/// `benchmarks store [--json] [sqlite|postgresql] [batch|large] [COUNT]`.
enum StoreCommand {
    static let usage = "benchmarks store [--json] [sqlite|postgresql] [batch|large] [COUNT]"

    static func run(_ arguments: some Collection<String>) async throws {
        var rest = Array(arguments)
        let asJSON = rest.first == "--json"
        if asJSON { rest.removeFirst() }
        let backing = rest.first.flatMap(StoreBacking.init)
        if backing != nil { rest.removeFirst() }
        let part = rest.first.flatMap { ["batch", "large"].contains($0) ? $0 : nil }
        if part != nil { rest.removeFirst() }
        let count = rest.first.flatMap { Int($0) }
        guard rest.count == (count == nil ? 0 : 1), count ?? 1 > 0 else {
            print("usage: \(usage)")
            exit(EX_USAGE)
        }
        for backing in StoreBacking.allCases.filter({ backing == nil || $0 == backing }) {
            let store = StoreWorkloads(backing)
            if part != "large" { show(try await store.batch(min(count ?? 100_000, 100_000)), asJSON) }
            if part != "batch" {
                let count = count ?? 1_000_000
                try await store.large(vouchers: count, postings: count) { show($0, asJSON) }
            }
        }
    }

    private static func show(_ result: StoreWorkloads.Result, _ asJSON: Bool) {
        func text(_ value: Double) -> String { Measurement.decimal(value, places: 3) }
        if asJSON {
            var members = ["\"name\": \"\(result.name)\"", "\"value\": \(text(result.value))"]
            if let limit = result.limit { members.append("\"limit\": \(text(limit))") }
            if let ratio = result.ratio { members.append("\"ratio\": \(text(ratio))") }
            if let bound = result.bound { members.append("\"bound\": \(text(bound))") }
            members += ["\"unit\": \"\(result.unit)\"", "\"note\": \"\(result.note)\""]
            print("{" + members.joined(separator: ", ") + "}")
        } else {
            let limit = result.limit.map { ", C \(text($0))" } ?? ""
            let ratio = result.ratio.map { ", ratio \(text($0))" } ?? ""
            let bound = result.bound.map { ", at most \(text($0))" + (result.value > $0 ? ": EXCEEDED" : "") } ?? ""
            print("\(result.name): \(text(result.value)) \(result.unit)\(limit)\(ratio)\(bound), \(result.note)")
        }
    }
}
