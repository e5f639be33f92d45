import RouterOSProtocol

/// The first byte chooses between a text to read and a span to write.
enum DurationTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        if input.byte() & 1 == 0 {
            let bytes = input.rest()
            guard let span = Duration(routerOS: String(decoding: bytes, as: UTF8.self)) else { return }
            try law(span >= .zero, "a negative span")
            try law(bytes.contains { (0x30...0x39).contains($0) }, "a span without a digit")
            try readBack(span)
        } else {
            let seconds = Int64(bitPattern: input.number())
            let span = Duration(
                secondsComponent: seconds,
                attosecondsComponent: Int64(bitPattern: input.number()) % 1_000_000_000_000_000_000
            )
            let text = span.routerOSText
            // Longer than 2^63 - 1 nanoseconds is written and not read.
            guard span >= .zero, span <= .nanoseconds(Int64.max) else { return }
            let (whole, attoseconds) = span.components
            let cut = Duration.seconds(whole) + .nanoseconds(attoseconds / 1_000_000_000)
            try law(Duration(routerOS: text) == cut, "\(span) is written \(text)")
        }
    }

    private static func readBack(_ span: Duration) throws(BrokenLaw) {
        let text = span.routerOSText
        try law(Duration(routerOS: text) == span, "\(span) is written \(text)")
        // The canonical form is its own.
        try law(Duration(routerOS: text)?.routerOSText == text, "\(text) is written differently the second time")
    }
}
