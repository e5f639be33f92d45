import RouterOSProtocol

extension SimulatedRouter {
    /// How much a client may send of what is not read before its window closes.
    private static let window = 256 << 10
    /// How much more than one sentence a client may send whose window is closed.
    private static let mostUnread = CodecLimits().sentenceBytes + (4 << 20)

    /// Whether clients can connect.
    var acceptsConnections: Bool { !isDown && !faults.refusesConnections }

    /// Whether clients can connect to a service.
    func accepts(_ service: APIService) -> Bool {
        acceptsConnections && setting("disabled", ofService: service) != "true"
    }

    /// A client has connected, from an address written in digits.
    mutating func open(from address: String = "127.0.0.1", to service: APIService = .plain) -> Int {
        lastConnection += 1
        connections[lastConnection] = Connection(openedAt: now, address: WireText(address), service: service)
        admit(lastConnection)
        return lastConnection
    }

    /// A client has gone.
    mutating func closed(_ id: Int) {
        endActivities(of: id)
        agenda.remove(.delivery(connection: id))
        connections[id] = nil
    }

    private mutating func endActivities(of id: Int) {
        for activity in connections[id]?.activities ?? [] {
            agenda.remove(.activity(connection: id, number: activity.number))
        }
        connections[id]?.activities = []
    }

    /// The router ends every connection without a word: in good order behind what it has said, otherwise at once.
    mutating func endConnections(inGoodOrder: Bool) {
        for id in connections.keys.sorted() {
            if inGoodOrder { drain(id) } else { drop(id) }
        }
    }

    /// A client has sent bytes.
    mutating func receive(_ bytes: some Collection<UInt8>, on id: Int) {
        // Asked without a copy, which would share the decoder's buffer and make every piece move it.
        guard !bytes.isEmpty, connections[id]?.isLost == false, connections[id]?.isClosing == false else { return }
        guard !faults.swallows else {
            connections[id]?.isLost = true
            return
        }
        connections[id]?.decoder.feed(bytes)
        serve(id)
        // The window of whoever goes on was closed long ago; one sentence that is still coming has its own limit.
        if let pending = connections[id]?.decoder.pending, pending.count > Self.mostUnread { drop(id) }
    }

    /// Answers what had to wait, once the router no longer stalls.
    mutating func resume() {
        for id in connections.keys.sorted() { serve(id) }
    }

    // MARK: Clients that do not read

    /// Whether a client has so much to read that the router does nothing more for it until it has.
    func isHeldUp(_ id: Int) -> Bool {
        connections[id].map { $0.unsentBytes > limits.unreadBytes } ?? false
    }

    /// Whether the router reads what a client sends; bytes that come in spite of it wait.
    func reads(_ id: Int) -> Bool {
        guard faults.stalls || isHeldUp(id), let connection = connections[id] else { return true }
        return connection.decoder.pending.count < Self.window
    }

    /// The network has no room for more of what a client is to get, or has it again.
    mutating func setCongested(_ isCongested: Bool, on id: Int) {
        guard let wasCongested = connections[id]?.isCongested, wasCongested != isCongested else { return }
        connections[id]?.isCongested = isCongested
        if !isCongested { deliver(to: id) }
    }

    /// Goes on with the commands that had to wait until their client had read.
    mutating func serveHeldUp() {
        let waiting = heldUp
        heldUp = []
        for id in waiting { serve(id) }
    }

    private mutating func serve(_ id: Int) {
        do throws(RouterOSError) {
            while !faults.stalls {
                guard !isHeldUp(id) else {
                    if !heldUp.contains(id) { heldUp.append(id) }
                    return
                }
                guard let sentence = try connections[id]?.decoder.next() else { return }
                handle(sentence, on: id)
            }
        } catch {
            // A real router cannot find the next word either.
            drain(id)
        }
    }

    private mutating func handle(_ sentence: Sentence, on id: Int) {
        transcript.record(sentence, on: id, at: now)
        if faults.talksGarbage {
            // Starts like no reply starts, and goes on with noise.
            return send([0x05, 0x3F] + faults.random.bytes(62), to: id)
        }
        var replies = SentenceEncoder()
        let verdict = faults.verdict(on: sentence, at: now)
        var goesOn = true
        switch verdict.course {
        case .carryOut: goesOn = answer(sentence, on: id, into: &replies)
        case .lose: goesOn = false
        case .trap(let message):
            append(Trap(message: message), tag: sentence.tag.map { Array($0) }, into: &replies)
        case .fatal:
            replies.append(Reply(.fatal, reason: "internal error"))
            goesOn = false
        }
        if verdict.dropsAnswer {
            drain(id)
        } else {
            var bytes = replies.take()
            let end = FaultPlan.ownCommands.contains(sentence.name) ? nil : faults.damage(&bytes)
            if let end { bytes.removeSubrange(end...) }
            send(bytes, to: id, after: verdict.wait)
            if !goesOn || end != nil { drain(id, byReset: end != nil) }
        }
        tellListeners()
    }

    // MARK: What leaves

    /// The bytes for clients since the last call, in order.
    mutating func takeOutgoing() -> [Transmission] {
        let taken = outgoing
        outgoing = []
        for transmission in taken { connections[transmission.connection]?.unsentBytes -= transmission.bytes.count }
        return taken
    }

    /// Tells a client what it has not asked for just now.
    ///
    /// Nobody keeps news without end for somebody who does not read: the connection ends instead.
    mutating func tell(_ bytes: [UInt8], to id: Int) {
        if !bytes.isEmpty, isHeldUp(id) { drop(id, byReset: true) } else { send(bytes, to: id) }
    }

    /// Sends bytes to a client, after a delay or behind what still waits for one.
    mutating func send(_ bytes: [UInt8], to id: Int, after delay: Duration = .zero) {
        guard !bytes.isEmpty, connections[id]?.isLost == false, connections[id]?.isClosing == false else { return }
        guard !faults.swallows else {
            connections[id]?.isLost = true
            return
        }
        transcript.record(bytes, to: id, at: now)
        let latency = faults.latency?.sample(&faults.random) ?? .zero
        var transmission = Transmission(connection: id, bytes: bytes, due: now + delay + latency)
        transmission.pace = faults.pace
        connections[id]?.unsentBytes += bytes.count
        dispatch(transmission)
    }

    /// Ends a connection once everything before has left.
    mutating func drain(_ id: Int, byReset isReset: Bool = false) {
        guard let connection = connections[id], !connection.isClosing else { return }
        connections[id]?.isClosing = true
        connections[id]?.decoder = SentenceDecoder()
        endActivities(of: id)
        let due = connection.waiting.last?.lastDue ?? now
        dispatch(Transmission(connection: id, bytes: [], end: isReset ? .reset : .inGoodOrder, due: due))
    }

    /// Ends a connection at once, also one that is ending: what has not left yet never does.
    mutating func drop(_ id: Int, byReset isReset: Bool = false) {
        guard connections[id] != nil else { return }
        endActivities(of: id)
        agenda.remove(.delivery(connection: id))
        leave(Transmission(connection: id, bytes: [], end: isReset ? .reset : .cut, due: now))
    }

    private mutating func dispatch(_ transmission: Transmission) {
        let id = transmission.connection
        var transmission = transmission
        if let last = connections[id]?.waiting.last {
            transmission.due = max(transmission.due, last.lastDue)
        } else if transmission.due <= now, transmission.pace == nil, takes(id) {
            return leave(transmission)
        }
        connections[id]?.waiting.append(transmission)
        // Otherwise the one in front brings it along.
        if connections[id]?.nextDelivery == nil { deliver(to: id) }
    }

    /// Whether the network takes something for a client.
    ///
    /// The end of a connection pushes out what was said before, or nobody would ever let go of it.
    private func takes(_ id: Int) -> Bool {
        connections[id].map { !$0.isCongested || $0.isClosing } ?? false
    }

    /// Something that waits has come due.
    mutating func deliveryDue(to id: Int) {
        connections[id]?.nextDelivery = nil
        deliver(to: id)
    }

    /// Lets everything of a connection leave whose moment has come, as far as the network takes it.
    private mutating func deliver(to id: Int) {
        guard takes(id), var waiting = connections[id]?.waiting else { return }
        connections[id]?.waiting = []
        var gone = 0
        while gone < waiting.count, waiting[gone].due <= now {
            leave(waiting[gone].takeNext())
            if waiting[gone].isDone { gone += 1 }
        }
        waiting.removeFirst(gone)
        connections[id]?.waiting = waiting
        guard let due = waiting.first?.due, let connection = connections[id], connection.nextDelivery == nil else {
            return
        }
        connections[id]?.nextDelivery = due
        agenda.enter(.delivery(connection: id), at: due)
    }

    private mutating func leave(_ transmission: Transmission) {
        if transmission.closes { connections[transmission.connection] = nil }
        if let last = outgoing.indices.last, outgoing[last].connection == transmission.connection,
            !outgoing[last].closes, !transmission.closes, transmission.pace == nil
        {
            outgoing[last].bytes += transmission.bytes
        } else {
            outgoing.append(transmission)
        }
    }
}
