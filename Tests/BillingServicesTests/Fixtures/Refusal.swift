import BillingServices
import Testing

/// Expects a use case to refuse with a code, and where it matters a field.
func expectRefusal(
    _ code: BillingError.Code,
    _ what: String = "",
    field: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Any
) async {
    do {
        _ = try await body()
        Issue.record("expected \(code), but it was done \(what)", sourceLocation: sourceLocation)
    } catch let error as BillingError {
        #expect(error.code == code, "\(what) \(error)", sourceLocation: sourceLocation)
        if let field {
            #expect(error.field == field, "\(what) \(error)", sourceLocation: sourceLocation)
        }
    } catch {
        Issue.record("expected \(code), not \(error) \(what)", sourceLocation: sourceLocation)
    }
}
