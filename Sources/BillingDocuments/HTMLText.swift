/// Text that is safe to stand in HTML, as content and in quoted attributes.
struct HTMLText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, CustomStringConvertible {
    private(set) var description: String

    /// Markup written by us, taken as it is.
    init(stringLiteral markup: String) {
        description = markup
    }

    init(stringInterpolation: Interpolation) {
        description = stringInterpolation.markup
    }

    /// A literal's own text is markup; every interpolated value is escaped unless it is `HTMLText` already.
    struct Interpolation: StringInterpolationProtocol {
        var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: String) {
            markup += literal
        }

        mutating func appendInterpolation(_ markup: HTMLText) {
            self.markup += markup.description
        }

        mutating func appendInterpolation(_ number: Int) {
            markup += String(number)
        }

        mutating func appendInterpolation(_ text: String) {
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&":
                    markup += "&amp;"
                case "<":
                    markup += "&lt;"
                case ">":
                    markup += "&gt;"
                case "\"":
                    markup += "&quot;"
                case "'":
                    markup += "&#39;"
                default:
                    // Control characters are no legal HTML and bidirectional ones could turn a price around.
                    markup.unicodeScalars.append(isInvisible(scalar) ? "\u{FFFD}" : scalar)
                }
            }
        }

        private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .control, .format:
                true
            default:
                false
            }
        }
    }

    static func += (left: inout HTMLText, right: HTMLText) {
        left.description += right.description
    }
}
