import CRouterOSMicroHTTPD
import Glibc

/// libmicrohttpd behind a Swift face: the callbacks of its one thread drive ``ConnectionMachine``.
struct MicroHTTPD {
    private let daemon: OpaquePointer

    /// Starts the library's thread on a listening socket.
    ///
    /// The switchboard must outlive ``stop()``.
    init(listeningSocket: Int32, switchboard: Switchboard) throws {
        let limits = switchboard.limits
        var options = routeros_http_options(
            listening_socket: listeningSocket,
            connection_limit: UInt32(clamping: limits.connections),
            connections_per_address: UInt32(clamping: limits.connectionsPerAddress),
            connection_memory: limits.connectionMemory,
            inactivity_seconds: UInt32(clamping: max(1, limits.inactivity.components.seconds)),
            context: Unmanaged.passUnretained(switchboard).toOpaque(),
            connection_changed: { context, pointer, owner, change in
                guard let context, let pointer, let owner else { return }
                let switchboard = Unmanaged<Switchboard>.fromOpaque(context).takeUnretainedValue()
                if change == .CONNECTION_NOTIFY_STARTED {
                    let connection = Connection(pointer, now: .now)
                    owner.pointee = Unmanaged.passRetained(connection).toOpaque()
                    switchboard.opened(connection)
                } else if let opaque = owner.pointee {
                    owner.pointee = nil
                    switchboard.closed(Unmanaged<Connection>.fromOpaque(opaque).takeRetainedValue())
                }
            },
            request_began: { _, target, pointer in
                if let target, let connection = pointer?.owner {
                    connection.move { $0.began(target: String(cString: target), at: .init(target), now: .now) }
                }
                return nil
            },
            request_advanced: { context, pointer, _, method, version, bytes, count, _ in
                guard let context, let pointer, let connection = pointer.owner, let method, let version, let count
                else { return .NO }
                let switchboard = Unmanaged<Switchboard>.fromOpaque(context).takeUnretainedValue()
                if let response = connection.move({ $0.takeAnswer(now: .now) }) {
                    return pointer.queue(response)
                }
                if let (target, place) = connection.move(\.unseenHead) {
                    let head = pointer.head(method, target: place, version)
                    return switchboard.receive(head, target: target, on: connection).map(pointer.queue) ?? .YES
                }
                if count.pointee > 0 {
                    let piece = UnsafeRawBufferPointer(start: bytes, count: count.pointee)
                    count.pointee = 0
                    let limit = switchboard.limits.body
                    return connection.move { $0.received(body: piece, limit: limit) } ? .YES : .NO
                }
                let (ending, number) = connection.move { ($0.ended(now: .now), $0.request) }
                switch ending {
                case .handle(let request, let target, let lease):
                    MHD_suspend_connection(pointer)
                    let call = Switchboard.Call(request: request, number: number, connection: connection, lease: lease)
                    switchboard.connect(call, target: target)
                    return .YES
                case .refuse(let refusal): return pointer.queue(switchboard.final(refusal))
                case nil: return .NO
                }
            },
            request_completed: { _, pointer, _, _ in
                pointer?.owner?.move { $0.completed(now: .now) }
            }
        )
        guard let daemon = routeros_http_start(&options) else {
            throw HTTPServerError(
                description: "The HTTP thread did not start. Check the limits of open files and threads."
            )
        }
        self.daemon = daemon
    }

    /// Accepts no more connections; the open ones live on.
    func quiesce() {
        _ = MHD_quiesce_daemon(daemon)
    }

    /// Closes every connection and joins the thread.
    ///
    /// No connection may be suspended.
    func stop() {
        MHD_stop_daemon(daemon)
    }
}

extension OpaquePointer {
    /// The owner stored at the accept.
    fileprivate var owner: Connection? {
        routeros_http_owner(self).map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The head of the request, with the question answered whether all of it was handed out.
    fileprivate func head(
        _ method: UnsafePointer<CChar>,
        target: RequestLayout.Part,
        _ version: UnsafePointer<CChar>
    ) -> RequestHead {
        let fields = fields
        let layout = RequestLayout(
            method: .init(method),
            target: target,
            version: .init(version),
            fields: fields.map { (.init($0.name), .init($0.value)) },
            size: routeros_http_head_size(self)
        )
        return RequestHead(
            method: HTTPMethod(rawValue: String(cString: method)),
            version: String(cString: version),
            headers: HTTPHeaders(fields.map { (String($0.name), String($0.value)) }),
            // From 1.0 on the library itself refuses what the layout would show.
            isIntact: routeros_http_parses_in_place() == 0 || (layout.isIntact && layout.endsInZeroes)
        )
    }

    /// The header fields where the library keeps them.
    private var fields: [(name: UnsafeBufferPointer<CChar>, value: UnsafeBufferPointer<CChar>)] {
        var pairs: [(name: UnsafeBufferPointer<CChar>, value: UnsafeBufferPointer<CChar>)] = []
        withUnsafeMutablePointer(to: &pairs) { list in
            _ = MHD_get_connection_values_n(
                self,
                .HEADER_KIND,
                { context, _, name, nameLength, value, valueLength in
                    context?
                        .assumingMemoryBound(
                            to: [(name: UnsafeBufferPointer<CChar>, value: UnsafeBufferPointer<CChar>)].self
                        ).pointee.append(
                            (
                                UnsafeBufferPointer(start: name, count: name == nil ? 0 : nameLength),
                                UnsafeBufferPointer(start: value, count: value == nil ? 0 : valueLength)
                            )
                        )
                    return .YES
                },
                list
            )
        }
        return pairs
    }

    /// Queues a response; one with an unsafe header becomes 500, because it would split the message.
    fileprivate func queue(_ response: HTTPResponse) -> MHD_Result {
        guard response.headers.areSafe else {
            return queue(.text(.internalServerError, "The answer could not be sent."))
        }
        let message = response.body.withUnsafeBytes { bytes in
            MHD_create_response_from_buffer(
                bytes.count,
                UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                .RESPMEM_MUST_COPY
            )
        }
        guard let message else { return .NO }
        defer { MHD_destroy_response(message) }
        for (name, value) in response.headers.pairs where MHD_add_response_header(message, name, value) == .NO {
            return .NO
        }
        return MHD_queue_response(self, UInt32(clamping: response.status.rawValue), message)
    }
}

extension String {
    /// The text of a part; what is not UTF-8 comes out as replacement characters.
    fileprivate init(_ bytes: UnsafeBufferPointer<CChar>) {
        self.init(decoding: UnsafeRawBufferPointer(bytes), as: UTF8.self)
    }
}

extension RequestLayout {
    /// Whether the last four bytes, over whose line ends the library has put zero bytes, were nothing else.
    ///
    /// Only to be asked of a layout that is intact: then they are the last four of the head.
    fileprivate var endsInZeroes: Bool {
        guard let end = UnsafePointer<UInt8>(bitPattern: lastEnd) else { return false }
        return (0..<4).allSatisfy { end[$0] == 0 }
    }
}

extension RequestLayout.Part {
    fileprivate init(_ bytes: UnsafeBufferPointer<CChar>) {
        self.init(start: UInt(bitPattern: bytes.baseAddress), count: bytes.count)
    }

    fileprivate init(_ text: UnsafePointer<CChar>) {
        self.init(UnsafeBufferPointer(text))
    }
}

extension UnsafeBufferPointer<CChar> {
    /// A text up to its zero byte.
    fileprivate init(_ text: UnsafePointer<CChar>) {
        self.init(start: text, count: strlen(text))
    }
}
