/// A backup that was saved with a password: bytes that say nothing without it.
///
/// A toy: enough that no test finds a secret in such a file by chance, and that only the right password opens it.
enum EncryptedBackup {
    private static let heading = Array("routeros-simulator-encrypted-backup 1\n".utf8)

    static func encrypted(_ tables: [UInt8], _ password: WireText) -> [UInt8] {
        heading + veiled(tables, password)
    }

    static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: heading) }

    /// The tables; something else with a wrong password, and the bytes themselves when they are not encrypted.
    static func decrypted(_ bytes: [UInt8], _ password: WireText) -> [UInt8] {
        isOne(bytes) ? veiled(Array(bytes.dropFirst(heading.count)), password) : bytes
    }

    private static func veiled(_ bytes: [UInt8], _ password: WireText) -> [UInt8] {
        // FNV-1a.
        let seed = password.bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
        }
        var random = SeededRandom(seed: seed)
        return bytes.map { $0 ^ UInt8(truncatingIfNeeded: random.next()) }
    }
}
