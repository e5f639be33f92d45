import Glibc
import OpenSSLSupport

extension SecretKeys {
    /// The keys in the file at `path`; a file with one fresh key is made, mode 600, if there is none.
    ///
    /// Each line is `<id> <64 hexadecimal digits>`, the id any number that no other line has; blank lines and lines starting with `#` are skipped. The last line
    /// is the key that seals, so a rotation appends a line. Keep a copy apart from the database: without the file the
    /// router passwords are lost, and with both anybody can read them. Refuses a file that others than its owner may
    /// read or write, and never follows a symbolic link. Blocks for the time of a small file.
    public static func keyFile(_ path: String) throws -> SecretKeys {
        let text = try KeyFile(path: path).readOrCreate()
        var keys: [UInt32: [UInt8]] = [:]
        var last: UInt32?
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard words.count == 2, let id = UInt32(first), let key = Hexadecimal.bytes(words[1]),
                key.count == AES256GCM.keyByteCount, keys.updateValue(key, forKey: id) == nil
            else {
                throw KeyFile.refusal(path, "has a line that is not `<id> <64 hexadecimal digits>` or repeats an id")
            }
            last = id
        }
        guard let last else { throw KeyFile.refusal(path, "holds no key") }
        return try SecretKeys(keys: keys, sealing: last)
    }
}

/// The file the keys are kept in.
private struct KeyFile {
    private static let maximumByteCount = 64 << 10

    let path: String

    func readOrCreate() throws -> String {
        var existing = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if existing < 0, errno == ENOENT {
            try create()
            existing = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        }
        guard existing >= 0 else { throw Self.refusal(path, "can not be opened: \(reason())") }
        defer { close(existing) }
        return try read(existing)
    }

    /// Puts a file with one fresh key in place, unless another process was quicker.
    ///
    /// It is written in full under another name first: nobody ever reads half a key.
    private func create() throws {
        let key = try SecureRandom.bytes(AES256GCM.keyByteCount)
        // An id of its own, lest the keys of two files ever be taken for one another when they are put together.
        let id = UInt32.random(in: 1 ... .max)
        let text = """
            # Keys of the router passwords; the last line seals. Keep a copy apart from the database.
            \(id) \(Hexadecimal.text(key))

            """
        let draft = "\(path).\(Hexadecimal.text(try SecureRandom.bytes(8))).new"
        let file = open(draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.refusal(path, "can not be created: \(reason())") }
        defer {
            close(file)
            unlink(draft)
        }
        let bytes = Array(text.utf8)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            throw Self.refusal(path, "can not be written: \(reason())")
        }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw Self.refusal(path, "can not be created: \(reason())")
        }
        try syncFolder()
    }

    /// Makes the file's name last: what its key seals may be on disk the next moment.
    private func syncFolder() throws {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.refusal(path, "can not be made to last: \(reason())") }
        defer { close(descriptor) }
        // Some file systems have nothing to sync in a folder and say so.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw Self.refusal(path, "can not be made to last: \(reason())")
        }
    }

    private func read(_ file: Int32) throws -> String {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw Self.refusal(path, "can not be examined: \(reason())") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Self.refusal(path, "is not a regular file") }
        guard status.st_mode & 0o077 == 0 else {
            throw Self.refusal(
                path,
                "may be read or written by others. Run `chmod 600` on it and, if that is news, renew its key"
            )
        }
        guard status.st_size <= Self.maximumByteCount else { throw Self.refusal(path, "is too large to be a key file") }
        var bytes = [UInt8](repeating: 0, count: Self.maximumByteCount)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw Self.refusal(path, "can not be read: \(reason())") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private func reason() -> String {
        String(cString: strerror(errno))
    }

    static func refusal(_ path: String, _ reason: String) -> BillingError {
        BillingError(.unavailable, field: "key-file", "The key file \(path) \(reason).")
    }
}
