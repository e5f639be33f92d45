/// The key of a setting whose values are of one type.
public struct SettingKey<Value: Sendable>: Sendable {
    /// What the setting is.
    public let definition: SettingDefinition

    let read: @Sendable (String) -> Value?
    let write: @Sendable (Value) -> String
    let fallback: Value
}

extension SettingKey<String> {
    static func text(_ name: String, _ standard: String = "", most: Int = 100, _ summary: String) -> Self {
        Self(name, .text(most: most), .none, standard, summary, read: { $0 }, write: { $0 }, fallback: standard)
    }

    static func word(_ name: String, _ standard: String = "", most: Int, _ summary: String) -> Self {
        Self(name, .word(most: most), .none, standard, summary, read: { $0 }, write: { $0 }, fallback: standard)
    }

    static func webAddress(_ name: String, most: Int, _ summary: String) -> Self {
        Self(name, .webAddress(most: most), .none, "", summary, read: { $0 }, write: { $0 }, fallback: "")
    }

    static func choice(_ name: String, _ standard: String, of words: [String], _ summary: String) -> Self {
        Self(name, .choice(words), .none, standard, summary, read: { $0 }, write: { $0 }, fallback: standard)
    }
}

extension SettingKey<Int64> {
    static func integer(
        _ name: String,
        _ standard: Int64,
        _ range: ClosedRange<Int64>,
        _ unit: SettingDefinition.Unit,
        _ summary: String
    ) -> Self {
        Self(
            name,
            .integer(range),
            unit,
            "\(standard)",
            summary,
            read: { Int64($0) },
            write: { "\($0)" },
            fallback: standard
        )
    }
}

extension SettingKey<Bool> {
    static func flag(_ name: String, _ standard: Bool, _ summary: String) -> Self {
        Self(name, .flag, .none, "\(standard)", summary, read: { Bool($0) }, write: { "\($0)" }, fallback: standard)
    }
}

extension SettingKey<LocalTime> {
    static func time(_ name: String, _ standard: LocalTime, _ summary: String) -> Self {
        Self(
            name,
            .time,
            .none,
            "\(standard)",
            summary,
            read: { LocalTime($0) },
            write: { $0.description },
            fallback: standard
        )
    }
}

extension SettingKey {
    private init(
        _ name: String,
        _ kind: SettingDefinition.Kind,
        _ unit: SettingDefinition.Unit,
        _ standard: String,
        _ summary: String,
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String,
        fallback: Value
    ) {
        definition = SettingDefinition(name: name, kind: kind, unit: unit, standard: standard, summary: summary)
        self.read = read
        self.write = write
        self.fallback = fallback
    }
}
