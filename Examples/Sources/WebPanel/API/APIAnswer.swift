import BillingPersistence
import HTTPServer

/// The envelope every answer of the programming interface comes in.
enum APIAnswer {
    /// The documents' names for what the services call otherwise.
    static let fields = [
        "host": "ip_address", "port": "api_port", "latitude": "location.coordinates.lat",
        "longitude": "location.coordinates.lng", "region": "location.region", "district": "location.district",
        "validity": "validity_hours", "uptimeAllowance": "uptime_hours",
        "dataQuota": "data_limit_mb", "codePrefix": "code_prefix", "router": "router_id", "package": "profile",
        "routerProfile": "router_profile", "key": "Idempotency-Key",
    ]

    /// `{success: true, message, data}`.
    static func success(_ message: String, _ data: JSON, status: HTTPStatus = .ok) -> HTTPResponse {
        response(status, ["success": true, "message": .text(message), "data": data])
    }

    /// `{success: false, message, error: {code, field}}`, with data where a failure has details.
    static func failure(_ error: RequestError, data: JSON = .null) -> HTTPResponse {
        var response = response(
            error.status,
            [
                "success": false,
                "message": .text(error.message),
                "data": data,
                "error": ["code": .text(error.code), "field": JSON(error.field)],
            ]
        )
        if error.status == .unauthorized { response.headers["WWW-Authenticate"] = "Bearer" }
        if error.status == .tooManyRequests { response.headers["Retry-After"] = "60" }
        return response
    }

    /// One page of a list as the data, and beside it where it stands in the whole.
    static func page(_ message: String, _ rows: [JSON], _ page: Paging, total: ListTotal) -> HTTPResponse {
        response(
            .ok,
            [
                "success": true,
                "message": .text(message),
                "data": .list(rows),
                "pagination": [
                    "page": JSON(page.number), "per_page": JSON(page.size), "total": JSON(total.count),
                    "total_is_exact": .bool(total.isExact), "total_pages": JSON(page.pages(total)),
                ],
            ]
        )
    }

    private static func response(_ status: HTTPStatus, _ body: JSON) -> HTTPResponse {
        HTTPResponse(
            status,
            headers: [
                "Content-Type": "application/json", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
            ],
            body: body.bytes
        )
    }
}
