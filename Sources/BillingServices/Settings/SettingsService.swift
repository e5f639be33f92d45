public import BillingDomain
import BillingPersistence

/// The tenant itself and its settings.
public struct SettingsService: Sendable {
    let session: BillingSession

    /// All settings with their values; read one by its key, as in `settings.current()[.shiftTolerance]`.
    public func current() async throws -> Settings {
        try await session.read(.viewSettings) { try $0.settings() }
    }

    /// Every setting with its definition, by name.
    public func list() async throws -> [SettingValue] {
        try await session.read(.viewSettings) { store in
            let settings = try store.settings()
            return Settings.definitions.map { definition in
                SettingValue(
                    definition: definition,
                    text: settings.text(definition.name) ?? definition.standard,
                    isSet: settings.values[definition.name] != nil
                )
            }.sorted { $0.definition.name < $1.definition.name }
        }
    }

    /// What is printed on vouchers beside themselves; whoever may see vouchers may print them.
    public func sheet() async throws -> SheetSettings {
        try await session.read(.viewVouchers) { SheetSettings(try $0.settings()) }
    }

    /// Sets one setting.
    public func set<Value: Sendable>(_ key: SettingKey<Value>, to value: Value) async throws -> Settings {
        try await change { try $0.set(key, to: value) }
    }

    /// Sets some settings, given as text, all or none; `nil` gives one its default again.
    ///
    /// Throws ``BillingError/Code/invalidInput``, which names the setting and what is allowed.
    public func set(_ values: [String: String?]) async throws -> Settings {
        try await change { settings in
            for (name, text) in values.sorted(by: { $0.key < $1.key }) {
                if let text {
                    try settings.set(name, to: text)
                } else {
                    guard Settings.definition(name) != nil else {
                        throw BillingError.invalid(name, "There is no setting of this name.")
                    }
                    settings.reset(name)
                }
            }
        }
    }

    /// The tenant as it is stored.
    public func tenant() async throws -> Tenant {
        try await session.read(.viewSettings) { [id = session.tenant.id] store in
            guard let tenant = try store.tenant(id) else { throw BillingError.notFound("tenant") }
            return tenant
        }
    }

    /// Changes the tenant's name and how to reach its owner.
    ///
    /// Currency and time zone stay: the books are kept in them.
    public func updateTenant(name: String, email: String?, phone: String?) async throws -> Tenant {
        try await session.change(.manageTenant) { change in
            guard var tenant = try change.store.tenant(change.tenant) else { throw BillingError.notFound("tenant") }
            let before = tenant.name
            tenant.name = try Input.name(name)
            tenant.email = try Input.emailAddress(email)
            tenant.phone = try Input.telephone(phone)
            try change.audit("tenant.update", "tenant:\(tenant.id)", before: before, after: tenant.name)
            return try change.store.update(tenant)
        }
    }

    private func change(_ body: @Sendable (inout Settings) throws -> Void) async throws -> Settings {
        let session = session
        return try await session.change(.manageSettings) { change in
            let old = try change.store.settings()
            var settings = old
            try body(&settings)
            let names = Set(old.values.keys).union(settings.values.keys).sorted()
            let changed = names.filter { old.values[$0] != settings.values[$0] }
            if changed.contains(SettingKey<Bool>.requiresSecondFactor.definition.name) {
                // Who must sign in with what is about people, not about the shop.
                try session.authorise(.manageStaff)
            }
            for name in changed {
                try change.audit(
                    "setting.change",
                    "setting:\(name)",
                    before: old.values[name],
                    after: settings.values[name]
                )
            }
            if !changed.isEmpty { try change.store.save(settings) }
            return try change.store.settings()
        }
    }
}
