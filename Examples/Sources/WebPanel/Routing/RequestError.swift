import HTTPServer

/// Why a request was not done: a status, a code for programs, a sentence for people and the field at fault.
struct RequestError: Error {
    let status: HTTPStatus
    let code: String
    let message: String
    let field: String?

    init(_ status: HTTPStatus, code: String? = nil, _ message: String, field: String? = nil) {
        self.status = status
        self.code = code ?? Self.codes[status] ?? "error"
        self.message = message
        self.field = field
    }

    private static let codes: [HTTPStatus: String] = [
        .badRequest: "bad_request",
        .unauthorized: "unauthenticated",
        .forbidden: "forbidden",
        .notFound: "not_found",
        .methodNotAllowed: "method_not_allowed",
        .lengthRequired: "length_required",
        .contentTooLarge: "too_large",
        .uriTooLong: "too_large",
        .unsupportedMediaType: "unsupported_media_type",
        .unprocessableContent: "invalid_input",
        .internalServerError: "internal_error",
        .notImplemented: "not_implemented",
        .serviceUnavailable: "unavailable",
    ]
}
