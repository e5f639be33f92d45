import HTTPServer

/// Markup that is safe by construction: what the source code says is markup, whatever is interpolated is text.
///
/// A literal is a `StaticString`, so no string that came from outside can become one.
struct HTML: Sendable {
    private(set) var markup: String

    /// Pieces one after the other.
    init(_ pieces: some Sequence<HTML>) {
        markup = pieces.reduce(into: "") { $0 += $1.markup }
    }

    /// Nothing.
    static let empty = HTML([])

    static func + (left: HTML, right: HTML) -> HTML { HTML([left, right]) }
}

extension HTML: ExpressibleByStringInterpolation {
    init(stringLiteral value: StaticString) {
        markup = value.description
    }

    init(stringInterpolation: Interpolation) {
        markup = stringInterpolation.markup
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            markup += literal.description
        }

        /// Markup stays markup.
        mutating func appendInterpolation(_ html: HTML) {
            markup += html.markup
        }

        /// Nothing where there is no markup.
        mutating func appendInterpolation(_ html: HTML?) {
            markup += html?.markup ?? ""
        }

        /// Pieces one after the other.
        mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { markup += piece.markup }
        }

        /// Text is escaped, fit for an element's content and for a quoted attribute.
        mutating func appendInterpolation(_ text: String) {
            markup += text.escapedForHTML
        }

        mutating func appendInterpolation(_ number: Int) {
            markup += String(number)
        }

        /// One segment of a path or one value of a query in an address.
        mutating func appendInterpolation(url text: String) {
            markup += text.percentEncoded
        }

        /// An attribute without a value, where it applies.
        mutating func appendInterpolation(_ attribute: StaticString, if applies: Bool) {
            if applies { markup += " " + attribute.description }
        }
    }
}

extension String {
    fileprivate var escapedForHTML: String {
        var escaped = ""
        escaped.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            // No legal HTML, or able to turn the order of what is read around it.
            case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}", "\u{200F}",
                "\u{202A}"..."\u{202E}",
                "\u{2066}"..."\u{2069}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
