/// What customers do: they come and go without asking the API.
extension RouterOSSimulator {
    /// A customer types a name and a password into the login page of the hotspot.
    ///
    /// - Parameters:
    ///   - user: the name; for a voucher its code.
    ///   - password: the password, which many vouchers do without.
    ///   - address: the IP address of the device.
    ///   - macAddress: the hardware address of the device; made from its IP address when nil.
    /// - Throws: ``SimulatorError`` with code `refused` and what the page says, for instance when the limit of the user is reached.
    public func logIn(
        _ user: String,
        password: String = "",
        address: String,
        macAddress: String? = nil
    ) throws(SimulatorError) {
        let (user, password) = (WireText(user), WireText(password))
        try letIn(address: address, macAddress: macAddress) { router, guest throws(Trap) in
            let methods: [WireText] = router.hotspotServer?.methods ?? []
            guard let method = methods.first(where: { $0 == "http-chap" || $0 == "http-pap" || $0 == "https" }) else {
                throw Trap(message: "the login page takes no password")
            }
            router.see(guest)
            try router.letIn(guest, user: user, password: password, by: method == "http-pap" ? .httpPAP : .httpCHAP)
        }
    }

    /// A device comes into sight and opens a page: it is let in without a password if the router knows it.
    ///
    /// It is known by a row of `/ip/hotspot/ip-binding`, by a user with its hardware address for a name, or by a cookie, as far as
    /// `login-by` of the server's profile has `mac`, `mac-cookie` or `cookie`.
    ///
    /// - Returns: whether it is online now.
    /// - Throws: ``SimulatorError`` with code `refused` when it is known and may not be online any more.
    @discardableResult
    public func comeBack(macAddress: String, address: String) throws(SimulatorError) -> Bool {
        var isOnline = false
        try letIn(address: address, macAddress: macAddress) { router, guest throws(Trap) in
            isOnline = try router.recognise(guest)
        }
        return isOnline
    }

    /// A customer asks for a trial on the login page; once in each period, as the profile of the server has it.
    ///
    /// - Throws: ``SimulatorError`` with code `refused` and what the page says.
    public func logInForTrial(address: String, macAddress: String? = nil) throws(SimulatorError) {
        try letIn(address: address, macAddress: macAddress) { router, guest throws(Trap) in
            try router.tryOut(guest)
        }
    }

    /// A customer presses "log out"; nothing happens when nobody is logged in there.
    public func logOut(address: String) {
        guard let address = Self.number(address) else { return }
        process { $0.endHotspotSession(address, cause: "user request") }
    }

    /// A device goes out of sight without a word: its session goes on until the router notices, by the keepalive timeout of the profile.
    public func leave(address: String) {
        guard let address = Self.number(address) else { return }
        process { $0.vanish(address) }
    }

    /// A customer connects by PPPoE.
    ///
    /// - Parameters:
    ///   - user: the name of a row in `/ppp/secret`.
    ///   - password: its password.
    ///   - macAddress: the hardware address of the device, which the router knows as caller id.
    /// - Returns: the IP address it is given.
    /// - Throws: ``SimulatorError`` with code `refused` and what the log says.
    @discardableResult
    public func dial(_ user: String, password: String, macAddress: String) throws(SimulatorError) -> String {
        let caller = SimulatedRouter.PPPCaller(
            name: WireText(user),
            password: WireText(password),
            callerID: ValueKind.macAddress.canonical(WireText(macAddress)) ?? WireText(macAddress)
        )
        let result = process { router -> Result<WireText, Trap> in
            do throws(Trap) {
                let id = try router.connect(caller)
                return .success(router.ppp[id].map { ValueKind.addressText($0.address) } ?? "")
            } catch {
                router.note("pppoe,ppp,error", error.message)
                return .failure(error)
            }
        }
        switch result {
        case .success(let address): return address.description
        case .failure(let trap): throw SimulatorError(.refused, trap.message)
        }
    }

    /// A customer's PPPoE device ends its sessions in good order; nothing happens when it has none.
    public func hangUp(_ user: String) {
        process { router in
            for id in router.ppp.ids(of: WireText(user)) { router.endPPPSession(id, cause: "peer request") }
        }
    }

    /// Lets hotspot users log in and out by themselves, whoever of the users is not online.
    ///
    /// Each comes with the user's own password and an address from 10.5.50.2 on. Who comes when depends on the seed and the clock
    /// alone. Calling it again changes the pace; those who are online stay for as long as they meant to.
    ///
    /// - Parameters:
    ///   - interval: the mean time between two log-ins; zero for no more of them.
    ///   - stay: how long a customer stays, on average.
    public func bringCustomers(every interval: Duration, staying stay: Duration) {
        process { $0.bringCustomers(every: interval, staying: stay) }
    }

    private func letIn(
        address: String,
        macAddress: String?,
        _ enter: (inout SimulatedRouter, HotspotGuest) throws(Trap) -> Void
    ) throws(SimulatorError) {
        guard let number = Self.number(address) else {
            throw SimulatorError(.refused, "\"\(address)\" is no IPv4 address. Write it as 10.5.50.2.")
        }
        var hardware = SimulatedRouter.macAddress(of: number)
        if let macAddress {
            guard let canonical = ValueKind.macAddress.canonical(WireText(macAddress)) else {
                throw SimulatorError(
                    .refused,
                    "\"\(macAddress)\" is no hardware address. Write it as AA:BB:CC:00:11:22."
                )
            }
            hardware = canonical
        }
        let guest = HotspotGuest(address: number, macAddress: hardware)
        let trap = process { router -> Trap? in
            do throws(Trap) {
                try enter(&router, guest)
                return nil
            } catch {
                return error
            }
        }
        if let trap { throw SimulatorError(.refused, trap.message) }
    }

    private static func number(_ address: String) -> UInt32? {
        Magnitude.address(WireText(address)).flatMap { UInt32(exactly: $0) }
    }
}
