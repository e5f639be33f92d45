import BillingDomain
import Foundation
import Testing

@testable import BillingServices

@Suite("The key file")
struct KeyFileTests {
    private let folder: String
    private let path: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/billing.key"
    }

    private func write(_ text: String, mode: Int = 0o600) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test func isMadeForItsOwnerAloneAndReadAgain() throws {
        defer { remove() }
        let made = try SecretKeys.keyFile(path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let sealed = try made.seal([1, 2, 3], owner: "a", environment: .live)
        #expect(try SecretKeys.keyFile(path).open(sealed, owner: "a") == [1, 2, 3])
    }

    @Test func everyNewFileHasAKeyIdOfItsOwn() throws {
        defer { remove() }
        let ids = try ["a", "b", "c"].map { name in
            _ = try SecretKeys.keyFile(folder + "/" + name)
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            let line = try #require(text.split(separator: "\n").last)
            return try #require(UInt32(line.prefix { $0 != " " }))
        }
        #expect(Set(ids).count == 3 && !ids.contains(0))
    }

    @Test func isMadeOnceHoweverManyStartTogether() async throws {
        defer { remove() }
        let path = path
        let all = try await withThrowingTaskGroup(of: SecretKeys.self) { group in
            for _ in 0..<20 {
                group.addTask { try SecretKeys.keyFile(path) }
            }
            return try await group.reduce(into: [SecretKeys]()) { $0.append($1) }
        }
        let sealed = try #require(all.first).seal([1], owner: "a", environment: .live)
        for keys in all {
            #expect(try keys.open(sealed, owner: "a") == [1])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["billing.key"])
    }

    @Test("is refused when others may read or write it", arguments: [0o640, 0o604, 0o620, 0o666, 0o644])
    func isRefusedWhenOthersMayReadIt(mode: Int) async throws {
        defer { remove() }
        _ = try SecretKeys.keyFile(path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        await expectRefusal(.unavailable, field: "key-file") { try SecretKeys.keyFile(path) }
    }

    @Test func aSymbolicLinkOrAFolderIsRefused() async throws {
        defer { remove() }
        _ = try SecretKeys.keyFile(path)
        try FileManager.default.createSymbolicLink(atPath: path + ".link", withDestinationPath: path)
        await expectRefusal(.unavailable, field: "key-file") { try SecretKeys.keyFile(path + ".link") }
        await expectRefusal(.unavailable, field: "key-file") { try SecretKeys.keyFile(folder) }
        await expectRefusal(.unavailable, field: "key-file") { try SecretKeys.keyFile(folder + "/no/such/folder") }
    }

    @Test(
        "is refused with a damaged line",
        arguments: [
            "", "# nothing\n", "1 00\n", "1 \(String(repeating: "0", count: 63))g\n",
            "x \(String(repeating: "00", count: 32))\n", "1\n",
            "1 \(String(repeating: "00", count: 32))\n1 \(String(repeating: "11", count: 32))\n",
        ]
    )
    func damageIsRefused(text: String) async throws {
        defer { remove() }
        try write(text)
        await expectRefusal(.unavailable, field: "key-file") { try SecretKeys.keyFile(path) }
    }

    @Test func aRotatedFileSealsWithTheLastKeyAndOpensWithEvery() throws {
        defer { remove() }
        let first = "1 \(String(repeating: "0a", count: 32))\n"
        try write(first)
        let old = try SecretKeys.keyFile(path)
        let sealedBefore = try old.seal([7], owner: "r", environment: .live)
        try write(first + "\n# rotated\n2 \(String(repeating: "0b", count: 32))\n")
        let new = try SecretKeys.keyFile(path)
        let sealedAfter = try new.seal([7], owner: "r", environment: .live)
        #expect(try new.open(sealedBefore, owner: "r") == [7])
        #expect(try new.open(sealedAfter, owner: "r") == [7])
        #expect(throws: BillingError.self) { try old.open(sealedAfter, owner: "r") }
    }
}

@Suite("Sealed secrets")
struct SealedSecretTests {
    let keys: SecretKeys
    let sealed: [UInt8]

    init() throws {
        keys = try .ephemeral()
        sealed = try keys.seal(Array("password".utf8), owner: "router:1", environment: .live)
    }

    @Test func theSameSecretNeverLooksTheSame() throws {
        #expect(try keys.seal(Array("password".utf8), owner: "router:1", environment: .live) != sealed)
    }

    @Test func aSecretMovedToAnotherRecordDoesNotOpen() {
        #expect(throws: BillingError.self) { try keys.open(sealed, owner: "router:2") }
    }

    @Test func everyFlippedByteAndEveryTruncationIsRefused() {
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: BillingError.self) { try keys.open(changed, owner: "router:1") }
            #expect(throws: BillingError.self) { try keys.open(Array(sealed.prefix(index)), owner: "router:1") }
        }
    }

    @Test func aKeyOfAnotherLengthOrAMissingOneIsRefused() async {
        await expectRefusal(.invalidInput) { try SecretKeys(keys: [1: [1, 2, 3]], sealing: 1) }
        await expectRefusal(.invalidInput) { try SecretKeys(keys: [:], sealing: 1) }
    }
}
