import BillingDomain
import BillingPersistence
import Testing

@Suite("Every store: queries")
struct QueryLaws {
    @Test(arguments: StoreKind.allCases)
    func everyRecordIsReadBackAsItWasWritten(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            var router = Samples.router(5)
            router.location = RouterLocation(
                region: "Central",
                district: "Kampala",
                coordinates: try .init(latitude: 0.3476, longitude: 32.5825)
            )
            router.status = .error
            router.statusDetail = "no hotspot"
            router.identity = "MikroTik"
            router.routerOSVersion = "7.18.2"
            router.uptime = .seconds(86_400)
            router.lastSeen = Samples.time(7)
            router.lastSync = Samples.time(8)
            var voucher = try Samples.voucher(50)
            voucher.customer = "Amina"
            try voucher.sell(at: Samples.time(51))
            try voucher.activate(at: Samples.time(52), evidence: .activeSession)
            try voucher.markFailed("profile “3h” is missing")
            voucher.usage.observe(
                row: .init(uptime: .seconds(60), bytesIn: 7, bytesOut: 9),
                session: .init(),
                at: Samples.time(60)
            )
            voucher.usage.observe(
                row: .init(uptime: .seconds(1), bytesIn: 1, bytesOut: 1),
                session: nil,
                at: Samples.time(61)
            )
            try voucher.revoke(at: Samples.time(70))
            let bare = Voucher(
                id: Samples.id(51),
                tenant: Samples.id(1),
                batch: Samples.id(1),
                code: "",
                router: Samples.id(1),
                terms: try VoucherTerms(price: .zero(.usd)),
                createdAt: Samples.start
            )
            var token = Samples.token(5)
            token.revokedAt = Samples.time(9)
            try await store.write(.one) { [router, voucher, token] tx throws in
                try tx.insert(router)
                try tx.insert(vouchers: [voucher, bare])
                try tx.insert(Samples.package(5))
                try tx.insert(token)
                try tx.insert(Samples.session(5))
                try tx.append(audit: Samples.audit(5))
            }
            try await store.read(.one) { [router, voucher, token] reader throws in
                #expect(try reader.router(router.id) == router)
                #expect(try reader.voucher(voucher.id) == voucher)
                #expect(try reader.voucher(bare.id) == bare)
                #expect(try reader.package(Samples.id(5)) == Samples.package(5))
                #expect(try reader.batch(Samples.id(1)) == Samples.batch(1))
                #expect(try reader.staff(username: "USER1") == Samples.staff(1))
                #expect(try reader.apiToken(digest: token.digest) == token)
                #expect(try reader.signInSession(digest: Samples.session(5).digest) == Samples.session(5))
                #expect(try reader.audit(PageRequest()).items == [Samples.audit(5)])
                #expect(try reader.tenant(Samples.id(1)) == Samples.tenant(1))
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func pagesCutANewestFirstListWithoutGapsOrRepeats(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.insert(vouchers: try (10..<33).map { try Samples.voucher($0) })
            }
            try await store.read(.one) { reader throws in
                var seen: [Identifier<Voucher>] = []
                for number in 1...5 {
                    let page = try reader.vouchers(VoucherFilter(), PageRequest(number: number, size: 6))
                    #expect(page.total == 25)
                    #expect(page.items.count == (number < 5 ? 6 : 1))
                    seen += page.items.map(\.id)
                }
                #expect(seen == ([1, 2] + Array(10..<33)).reversed().map { Samples.id($0) })
                #expect(try reader.vouchers(VoucherFilter(), PageRequest(number: 6, size: 6)).items.isEmpty)
                #expect(try reader.vouchers(VoucherFilter(), PageRequest(number: .max, size: 6)).items.isEmpty)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func filtersCombine(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.insert(Samples.router(7))
                try tx.insert(Samples.batch(7, router: 7))
                var other = try Samples.voucher(70, batch: 7, router: 7)
                other.customer = "Amina O."
                try tx.insert(other)
                var voucher = try #require(try tx.voucher(Samples.id(1)))
                try voucher.revoke(at: Samples.start)
                try voucher.markPresent()
                try tx.update(voucher)
                var second = try #require(try tx.voucher(Samples.id(2)))
                try second.disable()
                try tx.update(second)
            }
            try await store.read(.one) { reader throws in
                func numbers(_ filter: VoucherFilter) throws -> [Identifier<Voucher>] {
                    try reader.vouchers(filter, PageRequest()).items.map(\.id)
                }
                #expect(try numbers(.init(documentStatus: .disabled)) == [Samples.id(2), Samples.id(1)])
                #expect(try numbers(.init(documentStatus: .pending)) == [Samples.id(70)])
                #expect(try numbers(.init(documentStatus: .used)).isEmpty)
                #expect(try numbers(.init(batch: Samples.id(7))) == [Samples.id(70)])
                #expect(try numbers(.init(router: Samples.id(7))) == [Samples.id(70)])
                #expect(try numbers(.init(provisioning: .present)) == [Samples.id(1)])
                #expect(try numbers(.init(documentStatus: .disabled, provisioning: .pending)) == [Samples.id(2)])
                #expect(try numbers(.init(search: "DE-7")) == [Samples.id(70)])
                #expect(try numbers(.init(search: "amina")) == [Samples.id(70)])
                #expect(try numbers(.init(search: "100%_'")).isEmpty)
                #expect(try numbers(.init(search: "")).count == 3)
                let counts = try reader.voucherCounts()
                #expect(counts.total == 3)
                #expect(counts[DocumentStatus.disabled] == 2)
                #expect(counts[AccessState.revoked] == 1)
                #expect(counts[ProvisioningState.pending] == 2)
                #expect(counts[CommercialState.generated] == 3)
                #expect(try reader.voucherCounts(batch: Samples.id(7)).total == 1)
                #expect(try reader.voucherCounts(router: Samples.id(1)).total == 2)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func vouchersAreFoundByIdentityAndByCodeOnTheirRouter(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.read(.one) { reader throws in
                #expect(
                    try reader.vouchers(ids: [Samples.id(2), Samples.id(1), Samples.id(2), Samples.id(9)]).map(\.id)
                        == [Samples.id(1), Samples.id(2)]
                )
                #expect(
                    try reader.vouchers(router: Samples.id(1), codes: ["code-2", "CODE-2", "foreign"]).map(\.id)
                        == [Samples.id(2)]
                )
            }
            let elsewhere = try await store.read(.system) {
                try $0.vouchers(router: Samples.id(2), codes: ["Code-1", "Code-3"]).map(\.id)
            }
            #expect(elsewhere == [Samples.id(3)])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func onlyActiveVouchersWhoseValidityIsOverAreToExpire(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                for (number, start) in [(1, 20), (2, 10), (3, 10)] {
                    var voucher = try #require(try tx.voucher(Samples.id(number)))
                    try voucher.activate(at: Samples.time(start), evidence: .log)
                    if number == 3 { try voucher.disable() }
                    try tx.update(voucher)
                }
            }
            try await store.read(.system) { reader throws in
                let end = Samples.time(10 + 3 * 3600)
                #expect(try reader.vouchersToExpire(before: end - .microseconds(1), limit: 9).isEmpty)
                #expect(try reader.vouchersToExpire(before: end, limit: 9).map(\.id) == [Samples.id(2)])
                let both = try reader.vouchersToExpire(before: end + .seconds(10), limit: 9).map(\.id)
                #expect(both == [Samples.id(2), Samples.id(1)])
                #expect(try reader.vouchersToExpire(before: end + .seconds(10), limit: 1).count == 1)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func sessionsEndOneByOneOrByTime(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                for number in 1...3 { try tx.insert(Samples.session(number)) }
                try tx.deleteSignInSession(digest: Samples.session(1).digest)
                try tx.deleteSignInSession(digest: [0])
                var longer = Samples.session(2)
                longer.expiresAt = Samples.time(9000)
                try tx.update(longer)
                #expect(try tx.deleteSignInSessions(expiredBefore: Samples.session(3).expiresAt) == 1)
                #expect(try tx.signInSession(digest: longer.digest) == longer)
                #expect(try tx.signInSession(digest: Samples.session(3).digest) == nil)
            }
        }
    }
}
