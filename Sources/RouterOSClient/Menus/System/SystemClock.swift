public import RouterOSProtocol

/// The record of `/system/clock`: what time the router believes it is.
///
/// A router without a battery wakes up in January 1970 until it has heard from a time server. Dates are written as from
/// 7.10 on.
public struct SystemClock: MappedSettings {
    /// The menu.
    public static let menu = "/system/clock"

    /// The time of day.
    public var time: TimeOfDay?
    /// The day.
    public var date: CalendarDate?
    /// Whether the router asks MikroTik where it is.
    public var timeZoneAutodetect: Bool?
    /// The zone, `Africa/Kampala`, or `manual`.
    public var timeZoneName: String?
    /// How far the clock is ahead of UTC now.
    public private(set) var gmtOffset: GMTOffset?
    /// Whether it is daylight saving time.
    public private(set) var isDaylightSaving: Bool?

    /// Makes one in which nothing is set.
    public init() {}

    /// Hands every attribute to `attributes`.
    public mutating func map<Mapper: AttributeMapper>(_ attributes: inout Mapper) throws(Mapper.Failure) {
        try attributes.value("time", &time)
        try attributes.value("date", &date)
        try attributes.value("time-zone-autodetect", &timeZoneAutodetect)
        try attributes.value("time-zone-name", &timeZoneName)
        try attributes.fact("gmt-offset", &gmtOffset)
        try attributes.fact("dst-active", &isDaylightSaving)
    }
}
