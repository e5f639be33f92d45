public import RouterOSProtocol

extension RouterOSConnection {
    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send; its tag is chosen here.
    ///   - deadline: how long to wait, or nil for the configuration's `requestTimeout`.
    /// - Returns: the rows and what the command returned.
    /// - Throws: ``RouterOSError``; what the router reported, `deadlineExceeded`, `connectionClosed`; with
    ///   ``RouterOSError/readBack`` when a write may have taken effect. `CancellationError` when the task is cancelled, after
    ///   telling the router to stop.
    public nonisolated func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        try Task.checkCancellation()
        let ticket = Call.Ticket()
        let patience = deadline ?? configuration.requestTimeout
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                perform { $0.start(command, for: .collector(continuation), ticket, patience: patience) }
            }
        } onCancel: {
            perform { $0.abandon(ticket, CancellationError()) }
        }
    }

    /// The rows of a command's answer as they come; see ``RouterOSCommands/stream(_:deadline:)``.
    public nonisolated func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        let patience = deadline ?? (command.isSilentByNature ? nil : configuration.requestTimeout)
        return AnswerStream { [self] in
            try Task.checkCancellation()
            let ticket = Call.Ticket()
            let buffer = RowBuffer(capacity: configuration.streamBuffer) { [weak self] in
                self?.perform { $0.caughtUp(ticket) }
            }
            perform { $0.start(command, for: .stream(buffer), ticket, patience: patience) }
            return StreamReader(buffer) { [self] error in
                perform { $0.abandon(ticket, error) }
            }
        }
    }

    /// Runs `work` on the loop: now, when that is where the caller is.
    private nonisolated func perform(_ work: @escaping @Sendable (isolated RouterOSConnection) -> Void) {
        if loop.isOnLoop {
            assumeIsolated { work($0) }
        } else {
            loop.execute { self.assumeIsolated { work($0) } }
        }
    }

    // MARK: From the call to the wire

    func start(_ command: Command, for audience: Call.Audience, _ ticket: Call.Ticket, patience: Duration?) {
        let call = Call(command, for: audience, ticket, at: loop.now, patience: patience)
        guard call.ticket.current == .new else { return settle(call, .failure(CancellationError())) }
        guard session.isReady, !isClosing else { return settle(call, .failure(notOpen)) }
        if held.isEmpty, canSend {
            send(call)
        } else {
            lastHeld += 1
            held[lastHeld] = call
            call.ticket.current = .held(lastHeld)
            if isPaused { updateReading() }
            noteDeadline(of: call)
        }
    }

    private var notOpen: RouterOSError {
        RouterOSError(
            .connectionClosed,
            "the connection is closed. Connect again.",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }

    private var canSend: Bool { session.inFlight < session.maximumInFlight && !isCongested }

    private func send(_ call: Call) {
        do throws(RouterOSError) {
            let before = session.outgoingBytes
            let tag = try session.submit(call.command)
            call.bytesSent = session.outgoingBytes - before
            calls[tag] = call
            if case .held = call.ticket.current {} else { noteDeadline(of: call) }
            call.ticket.current = .sent(tag)
            // An answer that somebody waits for must not lie behind rows that nobody reads.
            if isPaused { updateReading() }
            scheduleFlush()
        } catch {
            settle(call, .failure(located(error)))
        }
    }

    /// Sends what was held back, as far as there is room.
    func sendHeld() {
        while canSend, session.isReady, nextHeld < lastHeld {
            nextHeld += 1
            if let call = held.removeValue(forKey: nextHeld) { send(call) }
        }
    }

    /// Everything submitted in one turn of the loop leaves in one write.
    func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        loop.atEndOfTurn { [weak self] in self?.assumeIsolated { $0.flush() } }
    }

    func flush() {
        isFlushScheduled = false
        guard let channel else { return }
        let bytes = session.takeOutgoing()
        guard !bytes.isEmpty else { return }
        traffic.bytesSent &+= UInt64(bytes.count)
        channel.write(bytes)
        isCongested = channel.isCongested
        if !isCongested, !held.isEmpty { sendHeld() }
    }

    func drained() {
        isCongested = false
        sendHeld()
    }

    // MARK: The end of a call

    /// Stops listening to a call and tells the router to stop working on it; does nothing when it is over.
    func abandon(_ ticket: Call.Ticket, _ error: any Error) {
        let place = ticket.current
        ticket.current = .over
        switch place {
        case .new, .over:
            return
        case .held(let number):
            if let call = held.removeValue(forKey: number) { settle(call, .failure(error)) }
        case .sent(let tag):
            guard let call = calls.removeValue(forKey: tag) else { return }
            session.abandon(tag)
            scheduleFlush()
            settle(call, .failure(error))
        }
        // What it kept from being sent or from being read goes on.
        sendHeld()
        updateReading()
        closeIfDone()
    }

    /// Tells whoever waits for a call how it ended; it is no longer in any table.
    func settle(_ call: Call, _ result: Result<Sentence?, any Error>) {
        call.ticket.current = .over
        if call.isFull {
            call.isFull = false
            fullStreams -= 1
        }
        if receiving?.call === call { receiving = nil }
        // Here and not at the callers: whoever sent a write, over whatever, learns how to find out about it.
        let result = result.mapError { ($0 as? RouterOSError)?.ofUnknownOutcome(call.command) ?? $0 }
        switch call.audience {
        case .collector(let continuation):
            switch result {
            case .success(let done):
                continuation.resume(returning: Answer(rows: call.rows, returned: done?.returned))
            case .failure(let error):
                continuation.resume(throwing: error)
            }
        case .stream(let buffer):
            handOver(call, to: buffer)
            buffer.finish(result.map { _ in })
        case .keepAlive:
            signOfLife = nil
            return
        }
        if let observer = configuration.observer { observer.observe(.commandFinished(record(of: call, result))) }
    }

    private func record(of call: Call, _ result: Result<Sentence?, any Error>) -> ClientEvent.CommandRecord {
        var failure: RouterOSError.Code?
        if case .failure(let error) = result { failure = (error as? RouterOSError)?.code ?? .interrupted }
        return ClientEvent.CommandRecord(
            endpoint: endpoint,
            path: call.command.path,
            duration: loop.now - call.started,
            rows: call.allRows,
            bytesSent: call.bytesSent,
            bytesReceived: call.allBytes,
            failure: failure
        )
    }
}

extension Command {
    /// Whether its answer may go on for ever without a row.
    var isSilentByNature: Bool {
        path.hasSuffix("/listen") || attributes["follow"] != nil || attributes["follow-only"] != nil
    }
}
