import Foundation
import FuzzTargets
import Testing

/// What the fuzzer has found and what was thought up by hand, tried again; `Tests/fuzz.sh` looks for more.
@Suite("Fuzz corpus")
struct FuzzReplayTests {
    @Test("every input in the corpus obeys the law of its target", arguments: FuzzTarget.allCases)
    func replays(target: FuzzTarget) throws {
        let folder = Self.corpus.appending(path: target.rawValue)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        try #require(files.count > 5)
        for file in files {
            let input = try Array(Data(contentsOf: file))
            #expect(throws: Never.self, "\(target)/\(file.lastPathComponent)") { try target.check(input) }
        }
    }

    @Test("the corpus is small and belongs to targets that exist")
    func size() throws {
        let files = try #require(
            FileManager.default.enumerator(
                at: Self.corpus,
                includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey]
            )
        ).compactMap { $0 as? URL }
        let sizes = try files.map { try $0.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey]) }
            .filter { $0.isRegularFile == true }.compactMap(\.fileSize)
        #expect(sizes.count < 400)
        #expect(sizes.allSatisfy { $0 < 4_096 })
        let folders = Set(try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path))
        #expect(folders == Set(FuzzTarget.allCases.map(\.rawValue)))
    }

    private static let corpus = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuzz/Corpus")
}
