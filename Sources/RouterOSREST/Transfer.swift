internal import CRouterOSCurl
import RouterOSClient

/// One request on its way, owned by the thread of its client.
final class Transfer {
    enum Outcome: Sendable {
        case response(status: Int, body: [UInt8])
        case failure(TransferFailure)
    }

    let easy: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let isPinned: Bool
    private let limit: Int
    private var body: [UInt8] = []
    private var isTooLong = false
    /// Not zero once the host has taken the connection and TLS begins.
    private let hasBegunTLS: UnsafeMutablePointer<CChar>

    /// Makes a transfer that may take `time`, which is more than nothing.
    ///
    /// The 32 bytes at `pin` stay where they are for as long as there are connections.
    init?(
        _ settings: TransferSettings,
        _ request: RESTRequest,
        _ time: Duration,
        pin: UnsafeMutablePointer<UInt8>?
    ) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        hasBegunTLS = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        hasBegunTLS.initialize(to: 0)
        isPinned = pin != nil
        limit = settings.maximumResponseBytes
        headers = curl_slist_append(nil, "Content-Type: application/json")
        headers = curl_slist_append(headers, "Expect:")
        var codes = [
            routeros_curl_set_text(easy, CURLOPT_URL, settings.origin + request.path),
            routeros_curl_set_body(easy, request.body, curl_off_t(request.body.count)),
            routeros_curl_set_headers(easy, headers),
            routeros_curl_set_basic_authentication(
                easy,
                settings.credentials.user,
                settings.credentials.password
            ),
            // The environment has no say in where a password goes.
            routeros_curl_set_text(easy, CURLOPT_PROXY, ""),
            routeros_curl_set_text(
                easy,
                CURLOPT_PROTOCOLS_STR,
                settings.security == .plaintext ? "http" : "https"
            ),
            routeros_curl_set_number(easy, CURLOPT_FOLLOWLOCATION, 0),
            routeros_curl_set_number(easy, CURLOPT_NOSIGNAL, 1),
            routeros_curl_set_number(easy, CURLOPT_PATH_AS_IS, 1),
            routeros_curl_set_number(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            routeros_curl_set_number(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            routeros_curl_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(settings.connectTimeout)),
            routeros_curl_set_number(easy, CURLOPT_TIMEOUT_MS, Self.milliseconds(time)),
            // A kept connection may be closed by the other side just as a request goes out on it. libcurl sends the request
            // again then, and cannot know whether a router has carried out the first.
            routeros_curl_set_number(easy, CURLOPT_FRESH_CONNECT, request.isRepeatable ? 0 : 1),
            routeros_curl_set_receiver(
                easy,
                { bytes, size, count, context in
                    guard let bytes, let context else { return 0 }
                    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                    // The size of an item is 1, as libcurl promises.
                    return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size &* count))
                },
                Unmanaged.passUnretained(self).toOpaque()
            ),
        ]
        if settings.security != .plaintext { codes.append(routeros_curl_watch_tls(easy, hasBegunTLS)) }
        if let pin { codes.append(routeros_curl_set_pin(easy, pin)) }
        guard codes.allSatisfy({ $0 == CURLE_OK }) else { return nil }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headers)
        hasBegunTLS.deallocate()
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= limit - body.count else {
            isTooLong = true
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    /// Whether anything of the request may have reached the router.
    var isSent: Bool { routeros_curl_time(easy, CURLINFO_PRETRANSFER_TIME_T) > 0 }

    /// What the transfer came to, once libcurl says that it is over.
    func outcome(_ code: CURLcode) -> Outcome {
        guard code != CURLE_OK else {
            return .response(status: routeros_curl_number(easy, CURLINFO_RESPONSE_CODE), body: body)
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .failure(.nameResolution)
        case CURLE_COULDNT_CONNECT:
            let number = routeros_curl_number(easy, CURLINFO_OS_ERRNO)
            return .failure(.connect(Int32(truncatingIfNeeded: number)))
        case CURLE_OPERATION_TIMEDOUT where isSent: return .failure(.deadline)
        case CURLE_OPERATION_TIMEDOUT: return .failure(hasBegunTLS.pointee == 0 ? .connectTimeout : .tlsTimeout)
        case CURLE_PEER_FAILED_VERIFICATION: return .failure(.certificate(isPinned: isPinned))
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_ENGINE_INITFAILED:
            return .failure(.tls)
        case CURLE_WRITE_ERROR where isTooLong: return .failure(.tooLong(limit))
        default: return .failure(.lost(isUnsent: !isSent))
        }
    }

    /// At least one, since 0 means no limit to libcurl, and at most a day, which no router takes.
    static func milliseconds(_ duration: Duration) -> Int {
        // In this order: the components of what has not been bounded may not fit.
        let (seconds, attoseconds) = min(max(duration, .milliseconds(1)), .seconds(86_400)).components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
