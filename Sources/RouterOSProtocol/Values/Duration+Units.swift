extension Duration {
    /// So many minutes; no count overflows.
    public static func minutes(_ count: UInt32) -> Duration { .seconds(Int64(count) * 60) }

    /// So many hours; no count overflows.
    public static func hours(_ count: UInt32) -> Duration { .seconds(Int64(count) * 3_600) }

    /// So many days of 24 hours; no count overflows.
    public static func days(_ count: UInt32) -> Duration { .seconds(Int64(count) * 86_400) }
}
