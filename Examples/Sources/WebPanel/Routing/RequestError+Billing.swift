import BillingDomain
import BillingServices
import HTTPServer

extension RequestError {
    /// What a fault means over HTTP.
    ///
    /// Whatever is not meant for readers becomes a plain 500. `names` says what the reader calls the SDK's fields.
    init(_ error: any Error, naming names: [String: String] = [:]) {
        switch error {
        case let error as RequestError:
            self = error
        case let error as BillingError:
            self.init(
                Self.statuses[error.code] ?? .serviceUnavailable,
                code: error.code.name,
                error.message,
                field: error.field.map { names[$0] ?? $0 }
            )
        case let error as DomainError:
            self.init(
                .unprocessableContent,
                code: "invalid_input",
                error.message,
                field: error.field.map { names[$0] ?? $0 }
            )
        default:
            self.init(.internalServerError, "This did not work for a reason of ours. Try again; the log says more.")
        }
    }

    private static let statuses: [BillingError.Code: HTTPStatus] = [
        .invalidInput: .unprocessableContent,
        .unauthenticated: .unauthorized,
        .forbidden: .forbidden,
        .notFound: .notFound,
        .conflict: .conflict,
        .duplicate: .conflict,
        .leaseLost: .conflict,
        .throttled: .tooManyRequests,
        .unavailable: .serviceUnavailable,
    ]
}
