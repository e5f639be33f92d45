@testable import OpenSSLSupport

/// A session behind a reference: the test macros cannot look into a value that has one owner.
final class TLSEnd {
    private var session: TLSSession

    init(_ session: consuming TLSSession) { self.session = session }

    var isEstablished: Bool { session.isEstablished }
    var isPeerDone: Bool { session.isPeerDone }
    var information: TLSInformation? { session.information }
    var certificate: TLSCertificate? { session.certificate }

    func start() throws(TLSError) { try session.start() }
    func receive(_ bytes: [UInt8]) throws(TLSError) { try session.receive(bytes) }
    func receivedEnd() throws(TLSError) { try session.receivedEnd() }
    func send(_ bytes: [UInt8]) throws(TLSError) { try session.send(bytes) }
    func shutdown() { session.shutdown() }
    func takeOutgoing() -> [UInt8] { session.takeOutgoing() }
    func takePlaintext() -> [UInt8] { session.takePlaintext() }
}
