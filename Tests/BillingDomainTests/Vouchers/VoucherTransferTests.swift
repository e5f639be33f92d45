import BillingDomain
import Testing

@Suite("Giving a voucher away, moving it, locking it")
struct VoucherTransferTests {
    private let phone = DeviceAddress("aa:bb:cc:00:11:22")
    private let laptop = DeviceAddress("AABBCC001133")

    @Test(arguments: AccessState.allCases, CommercialState.allCases)
    func onlyWhatHasNotEndedIsTransferred(access: AccessState, commercial: CommercialState) throws {
        let mayMove = !access.isFinal && commercial != .refunded && commercial != .writtenOff
        let before = try Samples.voucher(commercial: commercial, access: access, provisioning: .present)
        var given = before
        var moved = before
        if mayMove {
            try given.transfer(toCustomer: Samples.id(5), name: "Amina")
            #expect(given.customerID == Samples.id(5))
            #expect(given.customer == "Amina")
            let former = try moved.transfer(toRouter: Samples.id(2))
            #expect(former == before.router)
            #expect(moved.router == Samples.id(2))
            #expect(moved.provisioning == .pending)
        } else {
            #expect(throws: DomainError.self) { try given.transfer(toCustomer: Samples.id(5)) }
            #expect(throws: DomainError.self) { try moved.transfer(toRouter: Samples.id(2)) }
            #expect(given == before)
            #expect(moved == before)
        }
        #expect(given.access == access)
        #expect(moved.access == access)
    }

    @Test func theRestOfTheAllowanceGoesAlongToTheOtherRouter() throws {
        let terms = try Samples.terms(dataQuota: ByteQuota(bytes: 1000))
        var voucher = try Samples.voucher(terms: terms, access: .active)
        voucher.usage.observe(row: .init(bytesIn: 400), session: nil, at: Samples.start)
        #expect(throws: DomainError.self) { try voucher.transfer(toRouter: voucher.router) }
        _ = try voucher.transfer(toRouter: Samples.id(2))
        voucher.usage.observe(row: .init(bytesIn: 500), session: nil, at: Samples.start)
        #expect(voucher.usage.bytesTotal == 900)
        voucher.usage.observe(row: .init(bytesIn: 600), session: nil, at: Samples.start)
        #expect(voucher.isAllowanceUsedUp)
        #expect(throws: DomainError.self) { try voucher.transfer(toRouter: Samples.id(3)) }
    }

    @Test func aLockedVoucherAdmitsItsFirstDeviceAlone() throws {
        let phone = try #require(phone)
        let laptop = try #require(laptop)
        var voucher = try Samples.voucher(
            terms: Samples.terms(locksToDevice: true),
            access: .active,
            provisioning: .present
        )
        #expect(voucher.admits(laptop))
        #expect(try voucher.meet(phone))
        #expect(voucher.provisioning == .pending)
        #expect(try !voucher.meet(laptop))
        #expect(voucher.lockedDevice == phone)
        try voucher.unlockDevice()
        #expect(try voucher.meet(laptop))
        try voucher.transfer(toCustomer: Samples.id(5))
        #expect(voucher.lockedDevice == nil)
        #expect(throws: DomainError.self) { try voucher.unlockDevice() }
        var free = try Samples.voucher(access: .active)
        #expect(try free.meet(phone))
        #expect(try free.meet(laptop))
        #expect(free.lockedDevice == nil)
        var unused = try Samples.voucher()
        #expect(throws: DomainError.self) { try unused.meet(phone) }
    }

    @Test(arguments: ["AA:BB:CC:00:11:22", "aa-bb-cc-00-11-22", "aabb.cc00.1122", "aabbcc001122"])
    func aDeviceIsReadHoweverItsAddressIsWritten(text: String) throws {
        #expect(DeviceAddress(text) == phone)
        #expect(DeviceAddress(text)?.description == "AA:BB:CC:00:11:22")
    }

    @Test(arguments: [
        "", "AA:BB:CC:00:11", "AA:BB:CC:00:11:2G", "AA:BB:CC:00:11:22:33", "AABBCC0011223", "::::::::::::",
    ])
    func nothingElseIsADevice(text: String) {
        #expect(DeviceAddress(text) == nil)
    }

    @Test func aDeviceIsSeenFromTheFirstToTheLastSighting() throws {
        var device = VoucherDevice(
            id: Samples.id(1),
            tenant: Samples.id(1),
            voucher: Samples.id(1),
            address: try #require(phone),
            firstSeenAt: Samples.start
        )
        device.see(at: Samples.start + .seconds(9))
        device.see(at: Samples.start - .seconds(9))
        #expect(device.firstSeenAt == Samples.start - .seconds(9))
        #expect(device.lastSeenAt == Samples.start + .seconds(9))
    }

    @Test func aPasswordShowsNowhere() throws {
        let secret = "s3cr3t-canary"
        let voucher = Voucher(
            id: Samples.id(1),
            tenant: Samples.id(1),
            batch: Samples.id(1),
            code: "A7K2",
            password: try VoucherPassword(secret),
            router: Samples.id(1),
            terms: try Samples.terms(),
            createdAt: Samples.start
        )
        #expect(voucher.routerPassword == secret)
        var dumped = ""
        dump(voucher, to: &dumped)
        for text in ["\(voucher)", String(reflecting: voucher), dumped] {
            #expect(!text.contains(secret))
            #expect(text.contains("redacted"))
        }
        #expect(try Samples.voucher().routerPassword == "BIL-A7K2")
        for text in ["", "a b", "ä", String(repeating: "x", count: 65)] {
            let error = #expect(throws: DomainError.self) { try VoucherPassword(text) }
            #expect(text.isEmpty || error?.description.contains(text) == false)
        }
    }
}
