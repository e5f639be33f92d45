/// How far a router's clock is ahead of UTC: `gmt-offset` of `/system/clock`, `+03:00`.
public struct GMTOffset: RouterOSValue, CustomStringConvertible {
    /// The seconds ahead of UTC, negative when behind; less than a day.
    public let seconds: Int

    /// No offset.
    public static let zero = GMTOffset(unchecked: 0)

    private init(unchecked seconds: Int) { self.seconds = seconds }

    /// Makes an offset of whole minutes; nil for a day or more and for parts of minutes.
    public init?(seconds: Int) {
        guard (-86_399...86_399).contains(seconds), seconds % 60 == 0 else { return nil }
        self.seconds = seconds
    }

    /// Reads a sign, two digits of hours and two of minutes: `+03:00`, `-09:30`.
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        let isBehind = bytes.skip(UInt8(ascii: "-"), at: &index)
        guard isBehind || bytes.skip(UInt8(ascii: "+"), at: &index),
            let hours = bytes.number(width: 2, at: &index), hours < 24, bytes.skip(UInt8(ascii: ":"), at: &index),
            let minutes = bytes.number(width: 2, at: &index), minutes < 60, index == bytes.count
        else { return nil }
        let seconds = (hours * 60 + minutes) * 60
        self.seconds = isBehind ? -seconds : seconds
    }

    /// Appends `+hh:mm` or `-hh:mm`.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(seconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        let minutes = UInt64(seconds.magnitude) / 60
        bytes.append(decimal: minutes / 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: minutes % 60, width: 2)
    }
}
