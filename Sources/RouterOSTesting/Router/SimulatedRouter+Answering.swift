import RouterOSProtocol

extension SimulatedRouter {
    /// Answers one command; `false` when the connection ends with it.
    mutating func answer(_ sentence: Sentence, on id: Int, into replies: inout SentenceEncoder) -> Bool {
        guard let caller = connections[id]?.caller else {
            let request = Request(sentence, from: Caller(user: nil, policies: [], address: connections[id]?.address))
            switch (request.menu, request.verb) {
            case ("", "login"): logIn(request, on: id, into: &replies)
            case ("", "quit"): return quit(into: &replies)
            default:
                replies.append(Reply(.fatal, reason: "not logged in"))
                return false
            }
            return true
        }
        let request = Request(sentence, from: caller)
        switch (request.menu, request.verb) {
        case ("", "login"): logIn(request, on: id, into: &replies)
        case ("", "quit"): return quit(into: &replies)
        case ("", "cancel"): cancel(request, on: id, into: &replies)
        default:
            do throws(Trap) {
                if try !printStraight(request, into: &replies) {
                    append(try execute(request), to: request, on: id, into: &replies)
                }
            } catch {
                append(error, tag: request.tag, into: &replies)
            }
        }
        return true
    }

    private func quit(into replies: inout SentenceEncoder) -> Bool {
        replies.append(Reply(.fatal, reason: "session terminated on request"))
        return false
    }

    /// Ends activities in the order real routers show: the victim's trap, the end of the cancel, the end of the victim.
    private mutating func cancel(_ request: Request, on id: Int, into replies: inout SentenceEncoder) {
        let wanted = request["tag"]
        let isVictim = { (activity: Activity) in wanted == nil || wanted.map(\.bytes) == activity.tag }
        let victims = connections[id]?.activities.filter(isVictim) ?? []
        connections[id]?.activities.removeAll(where: isVictim)
        for victim in victims {
            agenda.remove(.activity(connection: id, number: victim.number))
            replies.append(reply(.interrupted, tag: victim.tag))
        }
        replies.append(Reply(.done, tag: request.tag))
        for victim in victims { replies.append(Reply(.done, tag: victim.tag)) }
    }

    private mutating func append(
        _ answer: Answer,
        to request: Request,
        on id: Int,
        into replies: inout SentenceEncoder
    ) {
        if case .script = answer.activity {
        } else if answer.activity != nil, isBusy(id) {
            return append(.tooManyActivities, tag: request.tag, into: &replies)
        }
        for row in answer.rows { replies.append(reply(row, tag: request.tag, section: answer.section)) }
        if let kind = answer.activity {
            let activity = Activity(kind, tag: request.tag)
            guard let number = connections[id]?.begin(activity) else { return }
            if let interval = activity.interval {
                agenda.enter(.activity(connection: id, number: number), at: now + interval)
            }
            return
        }
        if answer.isListing, answer.rows.isEmpty, release.saysEmpty { replies.append(Reply(.empty, tag: request.tag)) }
        replies.append(
            Reply(.done, tag: request.tag) { done in
                if let returned = answer.returned { done.set("ret", bytes: returned.bytes) }
            }
        )
    }

    /// Whether as many commands of a connection go on by themselves as may.
    private func isBusy(_ id: Int) -> Bool { connections[id].map { $0.activities.count >= limits.activities } ?? false }

    func append(_ trap: Trap, tag: [UInt8]?, into replies: inout SentenceEncoder) {
        replies.append(reply(trap, tag: tag))
        replies.append(Reply(.done, tag: tag))
    }

    private func reply(_ trap: Trap, tag: [UInt8]?) -> Reply {
        Reply(.trap, tag: tag) {
            if let category = trap.category { $0["category"] = String(category) }
            $0["message"] = trap.message
        }
    }

    private func reply(_ row: [(name: String, value: WireText)], tag: [UInt8]?, section: Int? = nil) -> Reply {
        Reply(.row, tag: tag) { attributes in
            for (name, value) in row { attributes.set(name, bytes: value.bytes) }
            if let section { attributes[".section"] = String(section) }
        }
    }

    // MARK: What goes on by itself

    /// One more round of an activity, if it is still there.
    mutating func goOn(with number: Int, on id: Int) {
        guard let index = connections[id]?.activities.firstIndex(where: { $0.number == number }),
            var activity = connections[id]?.activities[index], let interval = activity.interval
        else { return }
        guard !isHeldUp(id) else {
            // What nobody reads is not measured either: the round is left out.
            return agenda.enter(.activity(connection: id, number: number), at: now + interval)
        }
        var replies = SentenceEncoder()
        activity.rounds += 1
        var ends = false
        do throws(Trap) {
            let answer: Answer
            switch activity.kind {
            case .listen, .script: return
            case .repeated(let print, _): answer = try execute(print)
            case .monitor(let monitor, _, let end):
                answer = try execute(monitor)
                ends = end.map { $0 <= now } ?? false
            case .ping(var ping):
                answer = send(&ping)
                activity.kind = .ping(ping)
                ends = ping.isOver
            }
            let section = answer.section.map { $0 + activity.rounds }
            for row in answer.rows { replies.append(reply(row, tag: activity.tag, section: section)) }
        } catch {
            replies.append(reply(error, tag: activity.tag))
            ends = true
        }
        if ends {
            connections[id]?.activities.remove(at: index)
            replies.append(Reply(.done, tag: activity.tag))
        } else {
            connections[id]?.activities[index] = activity
            agenda.enter(.activity(connection: id, number: number), at: now + interval)
        }
        send(replies.take(), to: id)
    }

    /// Tells whoever waits for a script that it has ended, and how when it has failed.
    mutating func tellEnd(ofScript job: UInt64, output: [WireText], failure: Trap?) {
        for id in connections.keys.sorted() {
            var replies = SentenceEncoder()
            for activity in connections[id]?.activities ?? [] {
                guard case .script(job, let wantsOutput) = activity.kind else { continue }
                if let failure, !wantsOutput { replies.append(reply(failure, tag: activity.tag)) }
                let text = output.map(\.bytes).joined(separator: [UInt8(ascii: "\n")])
                replies.append(
                    Reply(.done, tag: activity.tag) { if wantsOutput { $0.set("ret", bytes: Array(text)) } }
                )
                connections[id]?.activities.removeAll { $0.number == activity.number }
            }
            tell(replies.take(), to: id)
        }
    }

    /// Sends every pending change to the listeners that want it.
    mutating func tellListeners() {
        guard !changes.isEmpty else { return }
        let news = changes
        changes = []
        for id in connections.keys.sorted() {
            var replies = SentenceEncoder()
            for change in news {
                for activity in connections[id]?.activities ?? [] {
                    guard case .listen(change.menu, let query, let order) = activity.kind,
                        let row = describe(change, query, order)
                    else { continue }
                    replies.append(reply(row, tag: activity.tag))
                }
            }
            tell(replies.take(), to: id)
        }
    }
}
