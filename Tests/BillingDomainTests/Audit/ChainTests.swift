import BillingDomain
import TestSupport
import Testing

@Suite("Chains of digests")
struct ChainTests {
    /// Not cryptography: a digest that any change of a byte changes, for tests of the chain alone.
    private static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var state: [UInt64] = [1, 2, 3, 4]
        for (index, byte) in bytes.enumerated() {
            var mixer = SplitMix64(seed: state[index % 4] ^ UInt64(byte) << 32 ^ UInt64(index))
            for lane in state.indices { state[lane] ^= mixer.next() }
        }
        return state.flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> UInt64(8 * $0)) } }
    }

    private func audit(_ number: UInt64, detail: String = "", before: String? = nil) -> AuditEntry {
        AuditEntry(
            id: Samples.id(number),
            tenant: Samples.id(1),
            at: Samples.start,
            actor: .system("test"),
            action: "voucher.sell",
            subject: "batch:7:8",
            detail: detail,
            before: before
        )
    }

    private func chain(_ contents: [[UInt8]]) -> [ChainLink] {
        contents.reduce(into: []) { links, content in
            links.append(ChainLink(after: links.last, content: content, sha256: Self.digest))
        }
    }

    private func verify(_ links: [ChainLink], _ contents: [[UInt8]]) throws {
        var last: ChainLink?
        for (link, content) in zip(links, contents) {
            try link.verify(after: last, content: content, sha256: Self.digest)
            last = link
        }
    }

    @Test func anUntouchedChainHolds() throws {
        let contents = (1...5).map { audit($0).canonicalBytes }
        let links = chain(contents)
        #expect(links.map(\.position) == [1, 2, 3, 4, 5])
        #expect(links[0].previous == ChainLink.genesis)
        #expect(links[3].previous == links[2].digest)
        try verify(links, contents)
    }

    @Test func aChangeOfAnyByteIsFound() throws {
        let contents = (1...3).map { audit($0).canonicalBytes }
        let links = chain(contents)
        for index in contents[1].indices {
            var forged = contents
            forged[1][index] ^= 1
            let error = #expect(throws: DomainError.self) { try verify(links, forged) }
            #expect(error?.code == .brokenChain)
        }
    }

    @Test func aRecordRemovedPutInOrMovedIsFound() {
        let contents = (1...4).map { audit($0).canonicalBytes }
        let links = chain(contents)
        for order in [[0, 2, 3], [1, 2, 3], [0, 2, 1, 3], [0, 1, 1, 2]] {
            #expect(throws: DomainError.self) { try verify(order.map { links[$0] }, order.map { contents[$0] }) }
        }
        var forged = links
        forged[2] = ChainLink(position: 3, previous: links[1].digest, digest: links[3].digest)
        #expect(throws: DomainError.self) { try verify(forged, contents) }
    }

    @Test func noTwoRecordsHaveTheSameBytes() {
        let entries = [
            audit(1), audit(2), audit(1, detail: "x"), audit(1, before: ""), audit(1, before: "x"),
            audit(1, detail: "x", before: "x"),
        ]
        #expect(Set(entries.map(\.canonicalBytes)).count == entries.count)
    }

    @Test func theEncodingIsTheDocumentedOne() {
        var encoder = CanonicalEncoder(kind: "k")
        encoder.append("é")
        encoder.append(String?.none)
        encoder.append(Int64(-2))
        encoder.append(Identifier<Tenant>(high: 1, low: 2))
        let number = { (byte: UInt8) -> [UInt8] in [0, 0, 0, 0, 0, 0, 0, byte] }
        let kind = number(1) + [UInt8(ascii: "k")]
        let text = number(2) + [0xC3, 0xA9]
        let minusTwo = [UInt8](repeating: 0xFF, count: 7) + [0xFE]
        #expect(encoder.bytes == [1] + kind + text + [0] + minusTwo + number(1) + number(2))
    }

    @Test func theOrderOfPostingsDoesNotMatter() throws {
        func entry(_ postings: [Posting]) throws -> LedgerEntry {
            try LedgerEntry(
                id: Samples.id(1),
                tenant: Samples.id(1),
                at: Samples.start,
                cause: "c",
                idempotencyKey: "k",
                actor: .system("t"),
                postings: postings
            )
        }
        let money = Money(minorUnits: 5, currency: .ugx)
        let postings: [Posting] = [.debit(.bank, money), try .credit(.safe, money)]
        #expect(try entry(postings).canonicalBytes == entry(postings.reversed()).canonicalBytes)
        let other: [Posting] = [.debit(.safe, money), try .credit(.bank, money)]
        #expect(try entry(postings).canonicalBytes != entry(other).canonicalBytes)
    }

    @Test func aSubjectHasAKindAndAName() {
        #expect(audit(1).subjectKind == "batch")
        #expect(audit(1).subjectID == "7:8")
    }

    @Test func theActivityLogShowsThePanelAndTheRoutersNewestFirst() {
        let event = RouterEvent(
            id: Samples.id(1),
            tenant: Samples.id(1),
            router: Samples.id(2),
            at: Samples.start + .seconds(1),
            actor: .system("sync"),
            operation: "users.read",
            outcome: .failed
        )
        let lines = ActivityLine.log([audit(1), audit(2, detail: "later")], [event])
        #expect(lines.map(\.action) == ["users.read", "voucher.sell", "voucher.sell"])
        #expect(lines.map(\.outcome) == [.failed, .succeeded, .succeeded])
        #expect(lines[0].subject == "router:\(event.router)")
    }

    @Test func whatStandsInTheTrailAndInTheLogOfARouterIsOneLineOfTheActivityLog() {
        let event = RouterEvent(
            id: Samples.id(1),
            tenant: Samples.id(1),
            router: Samples.id(2),
            at: Samples.start,
            actor: .system("sync"),
            operation: "router.status",
            outcome: .failed
        )
        func entry(_ id: UInt64, router: Identifier<Router>, _ actor: Actor) -> AuditEntry {
            AuditEntry(
                id: Samples.id(id),
                tenant: event.tenant,
                at: event.at,
                actor: actor,
                action: event.operation,
                subject: "router:\(router)"
            )
        }
        let same = entry(3, router: event.router, event.actor)
        let others = [entry(4, router: Samples.id(9), event.actor), entry(5, router: event.router, .system("panel"))]
        let lines = ActivityLine.log([same] + others, [event])
        #expect(lines == others.map { ActivityLine($0) } + [ActivityLine(event)])
    }
}
