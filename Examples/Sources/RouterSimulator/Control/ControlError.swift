import HTTPServer

/// Why the control port does not do what it was asked.
struct ControlError: Error {
    let status: HTTPStatus
    let message: String

    init(_ status: HTTPStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
