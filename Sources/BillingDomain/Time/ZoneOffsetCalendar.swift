/// A business calendar that follows from the offset from UTC alone, transitions included.
///
/// Offsets lie within a day, and transitions at least two days apart.
public protocol ZoneOffsetCalendar: BusinessCalendar {
    /// The seconds that local clocks are ahead of UTC at an instant; negative west of Greenwich.
    func secondsFromUTC(at instant: Timestamp) -> Int
}

extension ZoneOffsetCalendar {
    /// What calendar and clock on the wall show at an instant.
    public func local(_ instant: Timestamp) -> LocalDateTime {
        LocalDateTime(secondsSince1970: instant.secondsSince1970.saturatingAdding(offset(instant.secondsSince1970)))
    }

    /// The instant of a local time: after a gap its end, in an overlap the earlier one.
    public func instant(_ local: LocalDateTime) -> Timestamp {
        let shown = local.secondsSince1970
        let before = offset(shown - 86_400)
        let after = offset(shown + 86_400)
        // The offset before a transition is tried first: in an overlap it gives the earlier instant.
        if offset(shown - before) == before { return Timestamp(secondsSince1970: shown - before) }
        if offset(shown - after) == after { return Timestamp(secondsSince1970: shown - after) }
        var old = shown - max(before, after) - 1
        var new = shown - min(before, after)
        while new - old > 1 {
            let middle = old + (new - old) / 2
            if offset(middle) == before { old = middle } else { new = middle }
        }
        return Timestamp(secondsSince1970: new)
    }

    private func offset(_ seconds: Int64) -> Int64 {
        Int64(secondsFromUTC(at: Timestamp(secondsSince1970: seconds)))
    }
}
