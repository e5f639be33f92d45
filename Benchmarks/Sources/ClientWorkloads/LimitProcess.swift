internal import CClientLimit

/// A bare socket in a process of its own, which does in C what a workload does, once whenever it is asked.
///
/// In this process its figures would depend on what the client's threads were doing a moment before.
final class LimitProcess {
    /// What it does.
    enum Work {
        /// So many times one command and its answer.
        case sequential([UInt8], count: Int)
        /// So many times a batch of `width` commands and all their answers.
        case batches([UInt8], width: Int, count: Int)
        /// One command and its answer to the end.
        case print([UInt8])
    }

    private var process = limit_process()

    /// Connects, starts the process and waits until it has done its work once.
    ///
    /// - Throws: an error that says so when the server does not answer.
    init(_ server: Server, _ work: Work) throws {
        let descriptor = limit_dial(server.address, Int32(server.port))
        guard descriptor >= 0 else { throw BenchmarkError.limit }
        let (kind, bytes, width, count) =
            switch work {
            case .sequential(let bytes, let count): (limit_kind_sequential, bytes, 1, count)
            case .batches(let bytes, let width, let count): (limit_kind_batches, bytes, width, count)
            case .print(let bytes): (limit_kind_print, bytes, 1, 1)
            }
        let status = bytes.withUnsafeBytes {
            limit_start(&process, descriptor, kind, $0.baseAddress, $0.count, Int32(width), Int32(count))
        }
        guard status == 0 else { throw BenchmarkError.limit }
    }

    deinit { limit_end(&process) }

    /// Has it do its work once; what that took, by its own clock.
    ///
    /// - Throws: an error that says so when the server did not answer.
    func microseconds() throws -> Double {
        let nanoseconds = limit_sample(&process)
        guard nanoseconds >= 0 else { throw BenchmarkError.limit }
        return Double(nanoseconds) / 1_000
    }
}
