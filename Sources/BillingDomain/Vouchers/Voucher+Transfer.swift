extension Voucher {
    /// Gives it to another customer, or to none.
    ///
    /// A voucher in use goes over with what remains; the lock to the former customer's device is lifted.
    public mutating func transfer(
        toCustomer customer: Identifier<Customer>?,
        name: String? = nil
    ) throws(DomainError) {
        try requireTransferable()
        if customer != customerID { lockedDevice = nil }
        customerID = customer
        self.customer = name
    }

    /// Forgets the name of its customer, in any state; whose it is stays.
    public mutating func eraseCustomerName() { customer = nil }

    /// Moves it to another router with the rest of its allowance, and gives the router it was on.
    ///
    /// Provisioning starts again on the new router. The row on the former one has to be removed there, which is for the
    /// caller to see to; what a session that is open there uses from now on is forgone.
    public mutating func transfer(toRouter other: Identifier<Router>) throws(DomainError) -> Identifier<Router> {
        try requireTransferable()
        guard other != router else { throw illegal("move", "it is on that router") }
        guard !isAllowanceUsedUp else { throw illegal("move", "nothing of it is left") }
        let former = router
        router = other
        usage.countAnew()
        provisionAgain()
        return former
    }

    /// Whether a device may use it.
    public func admits(_ device: DeviceAddress) -> Bool {
        guard terms.locksToDevice, let lockedDevice else { return true }
        return lockedDevice == device
    }

    /// Locks it to the first device seen, where its terms say so; says whether the device may use it.
    ///
    /// The row on the router has to follow where it became locked.
    public mutating func meet(_ device: DeviceAddress) throws(DomainError) -> Bool {
        guard access == .active else { throw illegal("lock", "only one in use has a device") }
        if terms.locksToDevice, lockedDevice == nil {
            lockedDevice = device
            awaitConfirmation()
        }
        return admits(device)
    }

    /// Lifts the lock, so that the next device seen becomes the one; for a customer with a new device.
    public mutating func unlockDevice() throws(DomainError) {
        guard lockedDevice != nil, !access.isFinal else { throw illegal("unlock", "it is not locked to a device") }
        lockedDevice = nil
        awaitConfirmation()
    }

    private func requireTransferable() throws(DomainError) {
        guard !access.isFinal else { throw illegal("transfer", "it has ended") }
        guard commercial != .refunded, commercial != .writtenOff else { throw illegal("transfer", "it was withdrawn") }
    }
}
