/// What a socket is ready for, or is to be watched for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// There is something to read, the end of the stream included.
    package static let read = Readiness(rawValue: 1)
    /// There is room to write.
    package static let write = Readiness(rawValue: 2)
    /// The peer is gone or the socket failed; reported whether or not it is watched for.
    package static let hangUp = Readiness(rawValue: 4)
}
