import BillingDomain
import Testing

@Suite("A rate limit")
struct RateLimitTests {
    @Test(arguments: [
        ("2M/2M", Int64(2_000_000), Int64(2_000_000), "2M/2M"),
        ("512k/2M", 512_000, 2_000_000, "512k/2M"),
        ("2M", 2_000_000, 2_000_000, "2M/2M"),
        ("64000/1500000", 64_000, 1_500_000, "64k/1500k"),
        ("1G/0", 1_000_000_000, 0, "1G/0"),
        ("1/999", 1, 999, "1/999"),
    ])
    func isReadInBitsPerSecondAndWrittenForTheRouter(text: String, rx: Int64, tx: Int64, written: String) throws {
        let limit = try RateLimit(text)
        #expect(limit.rates.rx == rx)
        #expect(limit.rates.tx == tx)
        #expect(limit.burst == nil)
        #expect(limit.description == written)
        #expect(try RateLimit(written) == limit)
    }

    @Test(arguments: [
        ("1M/2M 2M/4M 750k/1500k 8/8", "1M/2M 2M/4M 750k/1500k 8/8"),
        ("1M/2M 2M/4M", "1M/2M 2M/4M 1M/2M 1/1"),
        ("1M 2M 1M 16s/8s", "1M/1M 2M/2M 1M/1M 16/8"),
        ("1M/0 2M/0", "1M/0 2M/0 1M/0 1/1"),
    ])
    func mayHaveABurst(text: String, written: String) throws {
        let limit = try RateLimit(text)
        #expect(limit.burst != nil)
        #expect(limit.description == written)
        #expect(try RateLimit(written) == limit)
    }

    @Test(arguments: [
        "", "0/0", "0", "-1/2", "2X/2M", "2M/2M/2M", "1.5M/2M", "/2M", "2M/", "9999999999G", "2000G/1M", "M",
        "1M/2M 500k/4M", "1M/2M 2M/4M 1M/2M 0/8", "1M/2M 2M/4M 1M/2M 8/9999", "1M/0 2M/2M",
        "1M/2M 2M/4M 1M/2M 8/8 8", "٣M/2M", "1M/2M 2M/4M 1M/2M x",
    ])
    func nothingElseIsRead(text: String) {
        let error = #expect(throws: DomainError.self) { try RateLimit(text) }
        #expect(error?.code == .invalidValue)
    }
}
