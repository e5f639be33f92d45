import ConnectionPool
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
        var plan: AddressPlan
        /// When the present address has had its share of the time.
        var share: EventLoop.Timer?
        /// How long that is; nil for the last one, which has all that is left.
        var shareLength: Duration?
        var isConnected = false
    }

    /// Connects and logs in; the time for that counts from when the connection was begun.
    func open(_ resolver: NameResolver) async throws {
        let deadline = begun.later(by: configuration.connectTimeout)
        let alarm = loop.schedule(at: deadline) { [weak self] in
            self?.assumeIsolated { $0.diallingTimedOut() }
        }
        defer { loop.cancel(alarm) }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                dialling = Dialling(caller: continuation, plan: AddressPlan(until: deadline))
                session.logIn(
                    user: router.credentials.user,
                    password: router.credentials.password,
                    mode: configuration.loginMode
                )
                if let opener { return open(by: opener) }
                // Nothing on the way to the router waits for a thread of the concurrency pool, which may be busy.
                resolver.resolve(router.host, port: router.port, until: deadline, on: loop) { [weak self] addresses in
                    self?.assumeIsolated { $0.dial(addresses) }
                }
            }
        } onCancel: {
            loop.execute { [weak self] in self?.assumeIsolated { $0.cancelDialling() } }
        }
    }

    private func open(by opener: TransportOpener) {
        do throws(TransportError) {
            channel = try opener(loop, self)
        } catch {
            switch error {
            case .socket(let error): end(.connect(error, endpoint))
            case .tls(let error): end(.tls(error, router.security, endpoint))
            }
        }
    }

    private func dial(_ addresses: [SocketAddress]) {
        guard dialling != nil else { return }
        guard !addresses.isEmpty else { return end(.nameResolution(router.host, endpoint)) }
        dialling?.plan.take(addresses)
        dialNext()
    }

    /// Tries the host's next address, or gives up with what was wrong with the last one.
    private func dialNext(after failure: SocketError? = nil) {
        turn?.end()
        guard var dialling else { return }
        if let share = dialling.share { loop.cancel(share) }
        dialling.share = nil
        do throws(TransportError) {
            let begun = try dialling.plan.begin(after: failure, now: loop.now) { address throws(TransportError) in
                try connect(to: address)
            }
            channel = begun.channel
            dialling.shareLength = begun.giveUp.map { $0 - loop.now }
            self.dialling = dialling
            beginShare()
        } catch {
            self.dialling = dialling
            switch error {
            case .socket(let error): end(.connect(error, endpoint))
            case .tls(let error): end(.tls(error, router.security, endpoint))
            }
        }
    }

    /// Begins to connect to one address, with TLS or without.
    private func connect(to address: SocketAddress) throws(TransportError) -> any Transport {
        // A router that is busy may have no room for commands for longer than one may take.
        let limit = max(configuration.requestTimeout, .seconds(30))
        guard let identity = router.security.identity(of: router.host) else {
            return try SocketChannel.begin(to: address, on: loop, unansweredFor: limit, handler: self)
        }
        let standing = turn?.standing ?? .good
        let whenReached: TLSChannel.WhenReached = { [weak self] begin in self?.takeTurn(begin) }
        return try TLSChannel.begin(
            to: address,
            on: loop,
            unansweredFor: limit,
            expecting: identity,
            at: endpoint,
            threads: threads,
            standing: standing,
            handler: self,
            whenReached: turn == nil ? nil : whenReached
        )
    }

    /// Begins with TLS when it is the router's turn.
    private nonisolated func takeTurn(_ begin: @escaping @Sendable () -> Void) {
        turn?.take { [weak self, loop] in
            // The address has its share of the time for itself, however long others were before it.
            loop.execute { [weak self] in self?.assumeIsolated { $0.beginShare() } }
            begin()
        }
    }

    /// Gives the present address its share of the time, from now on.
    private func beginShare() {
        guard let length = dialling?.shareLength else { return }
        if let share = dialling?.share { loop.cancel(share) }
        dialling?.share = loop.schedule(at: loop.now.later(by: length)) { [weak self] in
            self?.assumeIsolated { $0.giveUpAddress() }
        }
    }

    /// Goes on to the next address when the present one has had its share, and the time did not go by on our side.
    func giveUpAddress() {
        guard let dialling, !dialling.isConnected, turn?.isAwaited != true else { return }
        if (channel as? TLSChannel)?.isComputing == true { return beginShare() }
        channel?.close()
        dialNext(after: SocketError(ETIMEDOUT))
    }

    private func cancelDialling() {
        guard dialling != nil else { return }
        finishDialling(.failure(CancellationError()))
        close()
    }

    /// The time for all of it is over.
    func diallingTimedOut() {
        guard let dialling else { return }
        if turn?.isAwaited == true { return end(.noHandshakeTurn(endpoint, configuration.connectTimeout)) }
        if !dialling.isConnected, (channel as? TLSChannel)?.hasReachedPeer == true {
            return end(.tlsTimeout(endpoint, configuration.connectTimeout))
        }
        end(
            .connectTimeout(
                endpoint,
                configuration.connectTimeout,
                isConnected: dialling.isConnected,
                // Whoever finished the handshake is a router too.
                session.hasRecognisedPeer || tls != nil
            )
        )
    }

    /// Tells the caller how it ended, once.
    func finishDialling(_ result: Result<Void, any Error>) {
        guard let dialling else { return }
        self.dialling = nil
        turn?.end()
        if let share = dialling.share { loop.cancel(share) }
        dialling.caller.resume(with: result)
        guard let observer = configuration.observer else { return }
        let duration = loop.now - begun
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
            // With TLS this comes after the handshake, which has waited for the turn.
            guard let turn = connection.turn, connection.tls == nil else { return connection.flush() }
            turn.take { [weak connection, loop = connection.loop] in
                loop.execute { [weak connection] in connection?.assumeIsolated { $0.flush() } }
            }
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
