public import RouterOSProtocol

extension RouterOSCommands {
    /// Logs a device of a hotspot's network in, as if its user had done so on the login page.
    ///
    /// - Parameters:
    ///   - user: the ``HotspotUser``'s name.
    ///   - password: its password.
    ///   - address: the address that the device has; it must be a ``HotspotHost``.
    ///   - macAddress: the device, nil to leave it to the router.
    /// - Throws: ``RouterOSError``: `authentication` or `trap` when the hotspot refuses, in its own words.
    public func logIn(
        hotspotUser user: String,
        password: String,
        address: IPAddress,
        macAddress: MACAddress? = nil
    ) async throws {
        _ = try await run(
            Command(HotspotActive.menu + "/login") {
                $0["user"] = user
                $0["password"] = password
                $0.set("ip", to: address)
                $0.set("mac-address", to: macAddress)
            }
        )
    }

    /// Makes a ``HotspotIPBinding`` of a device that is on a hotspot's network now.
    ///
    /// - Parameters:
    ///   - host: the id of a ``HotspotHost``.
    ///   - type: `regular`, `bypassed` or `blocked`.
    ///   - comment: free text of the binding.
    /// - Throws: ``RouterOSError``.
    public func makeBinding(of host: ItemID, type: String, comment: String? = nil) async throws {
        _ = try await run(
            Command(HotspotHost.menu + "/make-binding") {
                $0[".id"] = host.rawValue
                $0["type"] = type
                $0["comment"] = comment
            }
        )
    }
}
