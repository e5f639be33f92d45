#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's `close`, for types that have a `close` of their own.
func closeDescriptor(_ descriptor: Int32) { close(descriptor) }

/// The system's `connect`, for types that have a `connect` of their own.
func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
    connect(descriptor, address, size)
}
