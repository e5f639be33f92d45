extension RateLimit {
    /// The two ways in which the text of a limit may leave parts off.
    public enum Grammar: Sendable, Hashable, CaseIterable {
        /// User profiles, PPP profiles and RADIUS: priority and minimum come behind a complete burst.
        case userProfile
        /// `/ip/hotspot/profile`: priority and minimum may follow an incomplete burst.
        ///
        /// A single digit from 1 to 8 where a burst's speed or threshold could stand is the priority, bursts of so few
        /// bits per second being none. As the fourth part it is a time in seconds, as in user profiles.
        case serverProfile
    }

    /// Reads a limit in the grammar of user profiles.
    public init?(routerOS bytes: Span<UInt8>) { self.init(routerOS: bytes, grammar: .userProfile) }

    /// Reads a limit; the empty text is ``unlimited``, blanks around and between the parts do not matter.
    public init?(routerOS bytes: Span<UInt8>, grammar: Grammar) {
        var parts = Parts(position: 0)
        guard let first = parts.next(in: bytes) else {
            self = .unlimited
            return
        }
        guard let rate = RateLimit.pair(bytes, first, BitRate.self) else { return nil }
        var burst: RxTxPair<BitRate>?
        var threshold: RxTxPair<BitRate>?
        var time: RxTxPair<Duration>?
        var priority: UInt8?
        var minimum: RxTxPair<BitRate>?
        var place = Place.burst
        while let part = parts.next(in: bytes) {
            let digit = RateLimit.priority(bytes, part)
            if place <= .threshold, grammar == .serverProfile, digit != nil { place = .priority }
            if place == .priority, digit == nil {
                // 0 and 9 are priorities somebody got wrong, not speeds.
                guard part.count > 1 else { return nil }
                place = .minimum
            }
            switch place {
            case .burst:
                guard let pair = RateLimit.pair(bytes, part, BitRate.self) else { return nil }
                burst = pair
            case .threshold:
                guard let pair = RateLimit.pair(bytes, part, BitRate.self) else { return nil }
                threshold = pair
            case .time:
                guard let pair = RateLimit.pair(bytes, part, Duration.self) else { return nil }
                time = pair
            case .priority:
                guard let digit else { return nil }
                priority = digit
            case .minimum:
                guard let pair = RateLimit.pair(bytes, part, BitRate.self) else { return nil }
                minimum = pair
            case .end: return nil
            }
            guard let next = Place(rawValue: place.rawValue + 1) else { return nil }
            place = next
        }
        self.init(
            rate: rate,
            burst: burst,
            burstThreshold: threshold,
            burstTime: time,
            priority: priority,
            minimum: minimum
        )
    }

    /// Appends all parts up to the last that is set, each for both directions; nothing for ``unlimited``.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        rate?.writeRouterOS(to: &bytes)
        write(burst, to: &bytes)
        write(burstThreshold, to: &bytes)
        write(burstTime, to: &bytes)
        write(priority, to: &bytes)
        write(minimum, to: &bytes)
    }

    private func write(_ part: (some RouterOSValue)?, to bytes: inout [UInt8]) {
        guard let part else { return }
        bytes.append(UInt8(ascii: " "))
        part.writeRouterOS(to: &bytes)
    }

    private enum Place: Int, Comparable {
        case burst
        case threshold
        case time
        case priority
        case minimum
        case end

        static func < (left: Place, right: Place) -> Bool { left.rawValue < right.rawValue }
    }

    /// Steps through what stands between blanks.
    private struct Parts {
        var position: Int

        mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
            while bytes.skip(UInt8(ascii: " "), at: &position) {}
            guard position < bytes.count else { return nil }
            let start = position
            position = bytes.firstIndex(of: UInt8(ascii: " "), from: start) ?? bytes.count
            return start..<position
        }
    }

    /// `rx/tx`, or one value for both.
    private static func pair<Value: RouterOSValue>(
        _ bytes: Span<UInt8>,
        _ part: Range<Int>,
        _: Value.Type
    ) -> RxTxPair<Value>? {
        let part = bytes.extracting(part)
        return RxTxPair(routerOS: part) ?? Value(routerOS: part).map { RxTxPair(both: $0) }
    }

    private static func priority(_ bytes: Span<UInt8>, _ part: Range<Int>) -> UInt8? {
        let priority = UInt8(routerOS: bytes.extracting(part))
        return priority.flatMap { (1...lowestPriority).contains($0) ? $0 : nil }
    }
}
