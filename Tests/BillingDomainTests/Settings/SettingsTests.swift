import BillingDomain
import Testing

@Suite("Settings and tenants")
struct SettingsTests {
    private let settings = Settings(tenant: Samples.id(1))

    @Test("every default is allowed, and names are unique", arguments: Settings.definitions)
    func everyDefaultIsAllowed(definition: SettingDefinition) {
        #expect(definition.normalized(definition.standard) == definition.standard)
        #expect(Settings.definitions.filter { $0.name == definition.name }.count == 1)
        #expect(settings.text(definition.name) == definition.standard)
        #expect(definition.rule.hasPrefix("Enter"))
        #expect(definition.summary.hasSuffix("."))
    }

    @Test("every kind refuses something", arguments: Settings.definitions)
    func everySettingRefusesSomething(definition: SettingDefinition) {
        var settings = settings
        let bad = String(repeating: "a\n", count: 300)
        let error = #expect(throws: DomainError.self) { try settings.set(definition.name, to: bad) }
        #expect(error?.field == definition.name)
        #expect(settings.values.isEmpty)
    }

    @Test func typedValuesComeBackAsTheyWereSet() throws {
        var settings = settings
        #expect(settings[.reportTime] == LocalTime(secondOfDay: 300))
        #expect(settings[.syncInterval] == 300)
        #expect(settings[.renewsFromBalance] == false)
        try settings.set(.companyName, to: "Lake View WiFi")
        try settings.set(.gracePeriod, to: 5)
        try settings.set(.cleansUp, to: false)
        try settings.set("report.time", to: "22:00")
        #expect(settings[.companyName] == "Lake View WiFi")
        #expect(settings[.gracePeriod] == 5)
        #expect(!settings[.cleansUp])
        #expect(settings.values["report.time"] == LocalTime(secondOfDay: 79_200).description)
        settings.reset("report.time")
        #expect(settings[.reportTime] == LocalTime(secondOfDay: 300))
    }

    @Test func aUnknownNameIsKeptAndRefused() {
        var settings = Settings(tenant: Samples.id(1), values: ["future.thing": "7", "interval.sync": "1"])
        #expect(throws: DomainError.self) { try settings.set("future.thing", to: "8") }
        settings.reset("future.thing")
        #expect(settings.unknownNames == ["future.thing"])
        #expect(settings.values["future.thing"] == "7")
        #expect(settings[.syncInterval] == 300)
        #expect(settings.text("future.thing") == nil)
    }

    @Test(arguments: ["A|B", "a b", "é"])
    func aMarkerCannotBreakTheCommentsItStandsIn(marker: String) {
        var settings = settings
        #expect(throws: DomainError.self) { try settings.set(.voucherMarker, to: marker) }
    }

    @Test(arguments: [("Lake-View", "lake-view"), ("abc", "abc"), ("4g-hub", "4g-hub")])
    func aSubdomainIsFolded(text: String, slug: String) { #expect(TenantSlug(text)?.description == slug) }

    @Test(arguments: [
        "", "ab", "-abc", "abc-", "a.b", "www", "API", "xn--abc", "lake_view", "läke",
        String(repeating: "a", count: 41),
    ])
    func nothingElseIsASubdomain(text: String) { #expect(TenantSlug(text) == nil) }

    @Test(arguments: TenantState.allCases)
    func aTenantMovesAsTheTableSays(state: TenantState) throws {
        let table: [TenantState: [TenantState?]] = [
            .active: [.suspended, nil, .closed], .suspended: [nil, .active, .closed], .closed: [nil, nil, nil],
        ]
        let moves: [(inout Tenant) throws -> Void] = [
            { try $0.suspend() }, { try $0.resume() }, { try $0.close() },
        ]
        for (move, next) in zip(moves, table[state] ?? []) {
            var tenant = Tenant(
                id: Samples.id(1),
                name: "Lake",
                currency: .ugx,
                timeZone: "UTC",
                state: state,
                createdAt: Samples.start
            )
            if let next {
                try move(&tenant)
                #expect(tenant.state == next)
            } else {
                let error = #expect(throws: DomainError.self) { try move(&tenant) }
                #expect(error?.message.contains(state.rawValue) == true)
                #expect(tenant.state == state)
            }
        }
    }
}
