internal import CFaultVFS
import Foundation
import Testing

/// A layer between SQLite and the operating system that fails when it is told to.
final class FaultyDisk: Sendable {
    /// What goes wrong.
    enum Fault: String, CaseIterable, CustomTestStringConvertible {
        /// Any call meets an input or output error.
        case ioError
        /// A write finds no room.
        case noSpace
        /// A write ends half-way.
        case shortWrite
        /// A sync fails.
        case failedSync

        var testDescription: String { rawValue }

        fileprivate var kind: Int32 {
            switch self {
            case .ioError: Int32(FAULT_EIO.rawValue)
            case .noSpace: Int32(FAULT_NOSPC.rawValue)
            case .shortWrite: Int32(FAULT_SHORT.rawValue)
            case .failedSync: Int32(FAULT_FSYNC.rawValue)
            }
        }
    }

    /// The name that SQLite knows it by.
    let name = "faulty-\(UUID().uuidString)"
    // The layer locks itself, so that any thread may speak to it.
    private nonisolated(unsafe) let layer: OpaquePointer?

    /// Makes a disk; one that keeps track can lose its power.
    init(keepsTrack: Bool = false) { layer = fault_vfs_create(name, keepsTrack ? 1 : 0) }

    deinit { fault_vfs_destroy(layer) }

    /// Lets the n-th call from now on fail, from 1, and those after it too if it lasts.
    func fail(_ fault: Fault, at call: Int, lasting: Bool) { fault_vfs_arm(layer, fault.kind, call, lasting ? 1 : 0) }

    /// Works again.
    func heal() { fault_vfs_disarm(layer) }

    /// How many calls could have failed since ``fail(_:at:lasting:)``.
    var calls: Int { fault_vfs_calls(layer) }

    /// How many calls did fail.
    var failures: Int { fault_vfs_strikes(layer) }

    /// Loses its power at the n-th change from now on, from 1.
    func cutPower(atChange change: Int) { fault_vfs_cut(layer, change) }

    /// Whether the power is gone.
    var isWithoutPower: Bool { fault_vfs_is_cut(layer) != 0 }

    /// Writes into a folder what is left on the disk.
    func leaveRemains(in folder: String, seed: UInt64) -> Bool { fault_vfs_remains(layer, folder, seed) == 0 }
}
