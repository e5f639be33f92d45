import Foundation
import Glibc

/// Sends bytes to a local port as they are, and reads until the server closes or `patience`, in seconds, is over.
///
/// Blocking calls run on a thread of their own, so that they never hold one the server's handlers need.
///
/// With `hangsUp` it does not wait for an answer.
func exchange(port: UInt16, _ pieces: String..., hangsUp: Bool = false, patience: Int = 30) async -> String {
    await exchange(port: port, pieces: pieces, hangsUp: hangsUp, patience: patience)
}

/// The same for pieces in a list; without hurry each of them is a packet of its own.
func exchange(
    port: UInt16,
    pieces: [String],
    hangsUp: Bool = false,
    isHurried: Bool = true,
    patience: Int = 30
) async -> String {
    await onThread {
        blockingExchange(port: port, pieces, hangsUp: hangsUp, isHurried: isHurried, patience: patience)
    }
}

/// Whether the server hangs up on a client that sends this and then nothing more.
func isHungUpOn(port: UInt16, _ text: String) async -> Bool {
    await onThread { HeldConnection(port: port, sending: text).isClosedByServer }
}

/// Runs what blocks on a thread of its own.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}

private func blockingExchange(
    port: UInt16,
    _ pieces: [String],
    hangsUp: Bool,
    isHurried: Bool,
    patience: Int
) -> String {
    let descriptor = connected(to: port, patience: patience)
    defer { close(descriptor) }
    var isImmediate: Int32 = isHurried ? 0 : 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isImmediate, socklen_t(MemoryLayout<Int32>.size))
    for piece in pieces { sendAll(piece, descriptor) }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while !hangsUp {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count <= 0 { break }
        received += buffer[..<count]
    }
    return String(decoding: received, as: UTF8.self)
}

/// A connected socket, or one that nothing can be read from.
private func connected(to port: UInt16, patience: Int = 30) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    _ = withUnsafeBytes(of: &address) { bytes in
        bytes.withMemoryRebound(to: sockaddr.self) {
            connect(descriptor, $0.baseAddress, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    return descriptor
}

private func sendAll(_ text: String, _ descriptor: Int32) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
        let count = bytes.withUnsafeBytes {
            send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
        }
        if count <= 0 { return }
        sent += count
    }
}

/// A connection that is held open until the value goes.
final class HeldConnection {
    private let descriptor: Int32

    init(port: UInt16, sending text: String) {
        descriptor = connected(to: port)
        sendAll(text, descriptor)
    }

    deinit { close(descriptor) }

    /// Whether the server closes it, without a word, within half a minute.
    var isClosedByServer: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        return count == 0 || count < 0 && errno == ECONNRESET
    }
}
