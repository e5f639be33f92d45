/// An HTTP status code.
public struct HTTPStatus: RawRepresentable, Hashable, Sendable {
    /// The code, 100 to 599.
    public let rawValue: Int

    /// Names a status.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// 200: done.
    public static let ok = HTTPStatus(rawValue: 200)
    /// 201: made.
    public static let created = HTTPStatus(rawValue: 201)
    /// 303: look at another address with GET.
    public static let seeOther = HTTPStatus(rawValue: 303)
    /// 304: the copy the client holds is still right.
    public static let notModified = HTTPStatus(rawValue: 304)
    /// 400: not understood.
    public static let badRequest = HTTPStatus(rawValue: 400)
    /// 401: nobody we know.
    public static let unauthorized = HTTPStatus(rawValue: 401)
    /// 403: known, and not allowed.
    public static let forbidden = HTTPStatus(rawValue: 403)
    /// 404: no such thing.
    public static let notFound = HTTPStatus(rawValue: 404)
    /// 405: the thing does not do that.
    public static let methodNotAllowed = HTTPStatus(rawValue: 405)
    /// 409: it clashes with what is there.
    public static let conflict = HTTPStatus(rawValue: 409)
    /// 411: a body whose length was not announced.
    public static let lengthRequired = HTTPStatus(rawValue: 411)
    /// 413: the body is larger than the server takes.
    public static let contentTooLarge = HTTPStatus(rawValue: 413)
    /// 414: the address is longer than the server takes.
    public static let uriTooLong = HTTPStatus(rawValue: 414)
    /// 415: a body in another format than the resource reads.
    public static let unsupportedMediaType = HTTPStatus(rawValue: 415)
    /// 422: understood, and some value is wrong.
    public static let unprocessableContent = HTTPStatus(rawValue: 422)
    /// 429: too often; try later.
    public static let tooManyRequests = HTTPStatus(rawValue: 429)
    /// 500: a fault of ours.
    public static let internalServerError = HTTPStatus(rawValue: 500)
    /// 501: a method this server does not know.
    public static let notImplemented = HTTPStatus(rawValue: 501)
    /// 503: not now.
    public static let serviceUnavailable = HTTPStatus(rawValue: 503)
}
