import BillingDomain
import Testing

@Suite("Data quotas")
struct ByteQuotaTests {
    @Test(arguments: [
        ("1.5GB", Int64(1_610_612_736)),
        ("1.5 GB", 1_610_612_736),
        ("1.5gib", 1_610_612_736),
        ("1536MB", 1_610_612_736),
        ("1 GB", 1_073_741_824),
        ("512KB", 524_288),
        ("1572864", 1_572_864),
        ("7B", 7),
        ("2TB", 2_199_023_255_552),
    ])
    func amountsAreBinary(text: String, bytes: Int64) throws {
        #expect(try ByteQuota(text).bytes == bytes)
    }

    @Test func aThousandAndAHalfMegabytesIsOneAndAHalfGigabytes() throws {
        let quota = try ByteQuota.mebibytes(1536)
        #expect(quota.bytes == 1_610_612_736)
        #expect(quota.description == "1.5 GiB")
        #expect(quota.mebibytes == 1536)
        #expect(quota.gibibytes == 1)
    }

    @Test func theFamousLiteralIsOneAndAHalfMebibytesAndNotGigabytes() throws {
        let quota = try ByteQuota(bytes: 1_572_864)
        #expect(quota.description == "1.5 MiB")
        #expect(try quota != ByteQuota("1.5GB"))
    }

    @Test(arguments: [
        (Int64(0), "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1_048_576, "1 MiB"), (1_073_741_824, "1 GiB"),
        (1_073_741_823, "1023.99 MiB"), (1_084_227_584, "1 GiB"), (1_127_428_915, "1.04 GiB"),
        (.max, "8388607.99 TiB"),
    ])
    func amountsAreShownInTheirLargestUnit(bytes: Int64, text: String) throws {
        #expect(try ByteQuota(bytes: bytes).description == text)
    }

    @Test(arguments: ["", "GB", "-1GB", "1.5.1GB", "1,5GB", "1.GB", ".5GB", "1XB", "1.3B", "9e9", "1.1234567GB"])
    func anythingElseIsRefused(text: String) {
        let error = #expect(throws: DomainError.self) { try ByteQuota(text) }
        #expect(error?.code == .invalidValue)
    }

    @Test func whatDoesNotFitIsRefused() {
        for body in [
            { try ByteQuota("9999999999999TB") }, { try .mebibytes(.max) }, { try .gibibytes(1 << 40) },
        ] as [() throws -> ByteQuota] {
            let error = #expect(throws: DomainError.self) { try body() }
            #expect(error?.code == .overflow)
        }
        #expect(throws: DomainError.self) { try ByteQuota(bytes: -1) }
        #expect(throws: DomainError.self) { try ByteQuota.mebibytes(-1) }
    }
}
