/// A service that clients of the API connect to: a row of `/ip/service`.
enum APIService: String, Sendable {
    case plain = "api"
    case overTLS = "api-ssl"
}
