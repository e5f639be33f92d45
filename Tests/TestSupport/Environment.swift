import Glibc

/// How much a test does, unless the one who runs it asks for more.
package enum Environment {
    /// The number in an environment variable, or `usual` without one.
    package static func count(_ name: String, usually usual: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? usual
    }
}
