/// How a router's five-step test went, in words for people and names for programs.
struct ConnectionReport: Sendable {
    /// One of the five.
    struct Step: Sendable {
        enum Outcome: String, Sendable {
            case passed
            case failed
            case skipped
        }

        let name: String
        let title: String
        let outcome: Outcome
        /// What was found, or what went wrong and what to check.
        let message: String
        /// What to do, with the line to type into the router's terminal where one helps; nil for a step that did not fail.
        var remedy: String?
    }

    let steps: [Step]
    /// A name for what went wrong, for programs.
    let code: String?
    let identity: String?
    let version: String?
    let uptime: Duration?
    /// Whether nothing answers at the address, so that it may just be switched off.
    let isUnreachable: Bool

    /// What failed, if anything did.
    var failure: (code: String, message: String)? {
        steps.first { $0.outcome == .failed }.map { (code ?? "connection_failed", $0.message) }
    }

    var json: JSON {
        [
            "steps": .list(
                steps.map {
                    [
                        "step": .text($0.name), "status": .text($0.outcome.rawValue), "title": .text($0.title),
                        "message": .text($0.message), "remedy": JSON($0.remedy),
                    ]
                }
            ),
            "identity": JSON(identity),
            "routeros_version": JSON(version),
            "uptime_seconds": JSON(uptime.map { Int($0.components.seconds) }),
        ]
    }

    /// The list a page shows.
    var html: HTML {
        let list = steps.map { step -> HTML in
            let remedy: HTML = step.remedy.map { "<span>What to do: \($0)</span>" } ?? ""
            let text: HTML = "<b>\(step.title)</b><span>\(step.message)</span>\(remedy)"
            return switch step.outcome {
            case .passed: "<li class=\"passed\">\(text)</li>"
            case .failed: "<li class=\"failed\">\(text)</li>"
            case .skipped: "<li>\(text)</li>"
            }
        }
        let verdict: HTML =
            failure == nil
            ? "<p class=\"notice success\" role=\"status\">The router can be used.</p>"
            : "<p class=\"notice failure\" role=\"alert\">The router cannot be used yet.</p>"
        return "\(verdict)<ol class=\"steps card\">\(list)</ol>"
    }
}
