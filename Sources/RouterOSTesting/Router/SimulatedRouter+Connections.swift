import RouterOSProtocol

extension SimulatedRouter {
    /// How much a client may send ahead of what is read.
    private static let mostUnread = 4 << 20

    /// Whether clients can connect.
    var acceptsConnections: Bool { !isDown && !faults.refusesConnections }

    /// A client has connected, from an address written in digits.
    mutating func open(from address: String = "127.0.0.1") -> Int {
        lastConnection += 1
        connections[lastConnection] = Connection(openedAt: now, address: WireText(address))
        admit(lastConnection)
        return lastConnection
    }

    /// A client has gone.
    mutating func closed(_ id: Int) {
        connections[id] = nil
    }

    /// The router ends every connection without a word.
    mutating func dropConnections() {
        for id in connections.keys.sorted() { close(id) }
    }

    /// A client has sent bytes.
    mutating func receive(_ bytes: some Collection<UInt8>, on id: Int) {
        guard !bytes.isEmpty, let connection = connections[id], !connection.isLost, !connection.isClosing
        else { return }
        guard !faults.swallows else {
            connections[id]?.isLost = true
            return
        }
        connections[id]?.decoder.feed(bytes)
        serve(id)
        // A client that goes on to send what nobody reads would find its window closed.
        if let pending = connections[id]?.decoder.pending, pending.count > Self.mostUnread { close(id) }
    }

    /// Answers what had to wait, once the router no longer stalls.
    mutating func resume() {
        for id in connections.keys.sorted() { serve(id) }
    }

    private mutating func serve(_ id: Int) {
        do throws(RouterOSError) {
            while !faults.stalls, let sentence = try connections[id]?.decoder.next() {
                handle(sentence, on: id)
            }
        } catch {
            // A real router cannot find the next word either.
            close(id)
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
            close(id)
        } else {
            var bytes = replies.take()
            let end = FaultPlan.ownCommands.contains(sentence.name) ? nil : faults.damage(&bytes)
            if let end { bytes.removeSubrange(end...) }
            send(bytes, to: id, after: verdict.wait)
            if !goesOn || end != nil { close(id, byReset: end != nil) }
        }
        tellListeners()
    }

    // MARK: What leaves

    /// The bytes for clients since the last call, in order.
    mutating func takeOutgoing() -> [Transmission] {
        defer { outgoing = [] }
        return outgoing
    }

    /// Sends bytes to a client, after a delay or behind what still waits for one.
    mutating func send(_ bytes: [UInt8], to id: Int, after delay: Duration = .zero) {
        guard !bytes.isEmpty, let connection = connections[id], !connection.isLost else { return }
        guard !faults.swallows else {
            connections[id]?.isLost = true
            return
        }
        transcript.record(bytes, to: id, at: now)
        let latency = faults.latency?.sample(&faults.random) ?? .zero
        var transmission = Transmission(connection: id, bytes: bytes, due: now + delay + latency)
        transmission.pace = faults.pace
        dispatch(transmission)
    }

    /// Ends a connection once everything before has left.
    mutating func close(_ id: Int, byReset isReset: Bool = false) {
        guard let connection = connections[id], !connection.isClosing else { return }
        connections[id]?.isClosing = true
        connections[id]?.decoder = SentenceDecoder()
        connections[id]?.activities = []
        let due = connection.waiting.last?.end ?? now
        dispatch(Transmission(connection: id, bytes: [], closes: true, resets: isReset, due: due))
    }

    private mutating func dispatch(_ transmission: Transmission) {
        let id = transmission.connection
        guard let last = connections[id]?.waiting.last else {
            guard transmission.due > now || transmission.pace != nil else { return leave(transmission) }
            connections[id]?.waiting.append(transmission)
            guard transmission.due > now else { return deliver(to: id) }
            agenda.enter(.delivery(connection: id), at: transmission.due)
            return
        }
        var transmission = transmission
        // The one in front brings it along.
        transmission.due = max(transmission.due, last.end)
        connections[id]?.waiting.append(transmission)
    }

    /// Lets everything of a connection leave whose moment has come.
    mutating func deliver(to id: Int) {
        guard var waiting = connections[id]?.waiting else { return }
        connections[id]?.waiting = []
        var gone = 0
        while gone < waiting.count, waiting[gone].due <= now {
            leave(waiting[gone].takeNext())
            if waiting[gone].isDone { gone += 1 }
        }
        waiting.removeFirst(gone)
        if let first = waiting.first { agenda.enter(.delivery(connection: id), at: first.due) }
        connections[id]?.waiting = waiting
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
