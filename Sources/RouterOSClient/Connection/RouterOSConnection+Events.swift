import RouterOSProtocol

extension RouterOSConnection {
    func received(_ bytes: [UInt8]) {
        lastHeard = loop.now
        traffic.bytesReceived &+= UInt64(bytes.count)
        session.receive(bytes)
        handleEvents()
        // The answer to a challenge of the login, which nobody but the session asks for.
        if session.outgoingBytes > 0 { scheduleFlush() }
    }

    func handleEvents() {
        while let event = session.nextEvent() {
            switch event {
            case .row(let tag, let sentence):
                take(sentence, tag)
            case .completed(let tag, let result):
                complete(tag, result)
            case .loggedIn:
                hasStood = true
                finishDialling(.success(()))
                keepAlive()
            case .closed(let error):
                ended(error)
            }
        }
        handOverRows()
        if !held.isEmpty { sendHeld() }
        if isPaused { updateReading() }
    }

    private func take(_ row: Sentence, _ tag: UInt32) {
        let call: Call
        if let receiving, receiving.tag == tag {
            call = receiving.call
        } else {
            guard let found = calls[tag] else { return }
            receiving = (tag, found)
            call = found
        }
        let size = row.encodedSize
        if case .stream = call.audience {
            if call.rows.isEmpty { touched.append(call) }
            call.bytes += size
        }
        call.rows.append(row)
        call.allRows += 1
        call.allBytes += size
        guard case .collector = call.audience else { return }
        if call.allRows > configuration.maximumRows {
            abandon(call.ticket, located(.tooManyRows(configuration.maximumRows)))
        } else if call.allBytes > configuration.maximumAnswerBytes {
            abandon(call.ticket, located(.tooLongAnswer(configuration.maximumAnswerBytes)))
        }
    }

    private func complete(_ tag: UInt32, _ result: Result<Sentence, RouterOSError>) {
        guard let call = calls.removeValue(forKey: tag) else { return }
        switch result {
        case .success(let done): settle(call, .success(done))
        case .failure(let error): settle(call, .failure(located(error)))
        }
        if !held.isEmpty { sendHeld() }
        if fullStreams > 0 || isPaused { updateReading() }
        if isClosing { closeIfDone() }
    }

    private func ended(_ error: RouterOSError?) {
        channel?.close()
        channel = nil
        if let timer { loop.cancel(timer.handle) }
        if let keepAliveTimer { loop.cancel(keepAliveTimer) }
        (timer, keepAliveTimer) = (nil, nil)
        if hasStood {
            hasStood = false
            configuration.observer?.observe(.disconnected(endpoint: endpoint, error: error))
        } else if let error {
            // A session ends without an error only after a quit, and by then it was open.
            finishDialling(.failure(located(error)))
        }
        for waiting in closing { waiting.resume() }
        closing = []
        for ending in endings { ending() }
        endings = []
    }

    // MARK: Streams

    /// Hands the rows of this turn to their readers, and stops reading when none of them keeps up.
    private func handOverRows() {
        guard !touched.isEmpty else { return }
        let streams = touched
        touched = []
        for call in streams {
            guard case .stream(let buffer) = call.audience, !call.rows.isEmpty else { continue }
            handOver(call, to: buffer)
            if buffer.bytes > configuration.maximumBacklog {
                abandon(call.ticket, located(.readerTooSlow(configuration.maximumBacklog, call.command)))
            }
        }
        updateReading()
    }

    func handOver(_ call: Call, to buffer: RowBuffer) {
        guard !call.rows.isEmpty else { return }
        let isFull = buffer.deliver(call.rows, bytes: call.bytes)
        (call.rows, call.bytes) = ([], 0)
        if let patience = call.patience { call.deadline = lastHeard.later(by: patience) }
        if isFull, !call.isFull, call.ticket.current != .over {
            call.isFull = true
            fullStreams += 1
        }
    }

    /// The reader of a slow stream has read everything.
    func caughtUp(_ ticket: Call.Ticket) {
        guard case .sent(let tag) = ticket.current, let call = calls[tag], call.isFull else { return }
        call.isFull = false
        fullStreams -= 1
        if let patience = call.patience { call.deadline = loop.now.later(by: patience) }
        updateReading()
    }

    /// Reads on, unless all that is under way are streams whose readers do not keep up.
    func updateReading() {
        let shouldPause = fullStreams > 0 && fullStreams == calls.count && held.isEmpty
        guard shouldPause != isPaused, let channel else { return }
        isPaused = shouldPause
        if shouldPause { channel.pauseReading() } else { channel.resumeReading() }
        configuration.observer?.observe(.readingPaused(endpoint: endpoint, isPaused: shouldPause))
    }
}
