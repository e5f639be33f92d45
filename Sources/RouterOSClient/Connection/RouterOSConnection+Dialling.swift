import OpenSSLSupport
import RouterOSProtocol

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RouterOSConnection {
    /// What is needed until the connection stands.
    struct Dialling {
        let caller: CheckedContinuation<Void, any Error>
        let started: ContinuousClock.Instant
        /// The addresses of the host that were not tried yet.
        var candidates: ArraySlice<SocketAddress> = []
        /// When the present address has had its share of the time.
        var share: EventLoop.Timer?
        var isConnected = false
    }

    /// Connects and logs in.
    func open() async throws {
        let started = loop.now
        let alarm = loop.schedule(at: started + configuration.connectTimeout) { [weak self] in
            self?.assumeIsolated { $0.diallingTimedOut() }
        }
        defer { loop.cancel(alarm) }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                dialling = Dialling(caller: continuation, started: started)
                session.logIn(
                    user: router.credentials.user,
                    password: router.credentials.password,
                    mode: configuration.loginMode
                )
                // Nothing on the way to the router waits for a thread of the concurrency pool, which may be busy.
                let deadline = started + configuration.connectTimeout
                NameResolver.shared.resolve(router.host, port: router.port, until: deadline, on: loop) {
                    [weak self] addresses in
                    self?.assumeIsolated { $0.dial(addresses) }
                }
            }
        } onCancel: {
            loop.execute { [weak self] in self?.assumeIsolated { $0.cancelDialling() } }
        }
    }

    private func dial(_ addresses: [SocketAddress]) {
        guard dialling != nil else { return }
        guard !addresses.isEmpty else { return end(.nameResolution(router.host, endpoint)) }
        dialling?.candidates = addresses[...]
        dialNext(after: .endOfStream)
    }

    /// Tries the host's next address, or gives up with what was wrong with the last one.
    ///
    /// Each address has an equal share of the time, so that one that swallows packets leaves some to the others.
    func dialNext(after failure: SocketError) {
        var failure = failure
        if let share = dialling?.share { loop.cancel(share) }
        while let address = dialling?.candidates.popFirst() {
            do throws(TransportError) {
                channel = try connect(to: address)
                guard let left = dialling?.candidates.count, left > 0 else { return }
                dialling?.share = loop.schedule(at: loop.now + configuration.connectTimeout / (left + 1)) {
                    [weak self] in
                    self?.assumeIsolated { $0.giveUpAddress() }
                }
                return
            } catch {
                switch error {
                case .socket(let error): failure = error
                case .tls(let error): return end(.tls(error, router.security, endpoint))
                }
            }
        }
        end(.connect(failure, endpoint))
    }

    /// Begins to connect to one address, with TLS or without.
    private func connect(to address: SocketAddress) throws(TransportError) -> any Transport {
        // A router that is busy may have no room for commands for longer than one may take.
        let limit = max(configuration.requestTimeout, .seconds(30))
        do {
            guard let identity = router.security.identity(of: router.host) else {
                return try SocketChannel.connect(to: address, on: loop, unansweredFor: limit, handler: self)
            }
            return try TLSChannel.connect(
                to: address,
                on: loop,
                unansweredFor: limit,
                session: TLSClient.shared.session(expecting: identity, at: endpoint),
                handler: self
            )
        } catch let error as TLSError {
            throw .tls(error)
        } catch let error as SocketError {
            throw .socket(error)
        } catch {
            // Nothing else is thrown above.
            throw .socket(SocketError(EINVAL))
        }
    }

    private func giveUpAddress() {
        guard let dialling, !dialling.isConnected, !dialling.candidates.isEmpty else { return }
        channel?.close()
        dialNext(after: SocketError(ETIMEDOUT))
    }

    private func cancelDialling() {
        guard dialling != nil else { return }
        finishDialling(.failure(CancellationError()))
        close()
    }

    private func diallingTimedOut() {
        guard let dialling else { return }
        if !dialling.isConnected, (channel as? TLSChannel)?.hasReachedPeer == true {
            return end(.tlsTimeout(endpoint, configuration.connectTimeout))
        }
        end(
            .connectTimeout(
                endpoint,
                configuration.connectTimeout,
                isConnected: dialling.isConnected,
                session.hasRecognisedPeer
            )
        )
    }

    /// Tells the caller how it ended, once.
    func finishDialling(_ result: Result<Void, any Error>) {
        guard let dialling else { return }
        self.dialling = nil
        if let share = dialling.share { loop.cancel(share) }
        dialling.caller.resume(with: result)
        guard let observer = configuration.observer else { return }
        let duration = loop.now - dialling.started
        switch result {
        case .success:
            observer.observe(.connected(endpoint: endpoint, after: duration, tls: tls?.description))
        case .failure(let error as RouterOSError):
            observer.observe(.connectFailed(endpoint: endpoint, after: duration, error: error))
        case .failure:
            break
        }
    }
}

extension RouterOSConnection: SocketHandler {
    package nonisolated func socketConnected() {
        assumeIsolated { connection in
            connection.dialling?.isConnected = true
            connection.tls = (connection.channel as? TLSChannel)?.information.map(ConnectionTLS.init)
            connection.flush()
        }
    }

    package nonisolated func socketReceived(_ bytes: [UInt8]) {
        assumeIsolated { $0.received(bytes) }
    }

    package nonisolated func socketDrained() {
        assumeIsolated { $0.drained() }
    }

    package nonisolated func socketClosed(_ error: TransportError) {
        assumeIsolated { connection in
            guard let dialling = connection.dialling, !dialling.isConnected else {
                return connection.end(.lost(error, connection.endpoint, connection.session.hasRecognisedPeer))
            }
            switch error {
            case .socket(let error): connection.dialNext(after: error)
            case .tls(let error): connection.end(.tls(error, connection.router.security, connection.endpoint))
            }
        }
    }
}
