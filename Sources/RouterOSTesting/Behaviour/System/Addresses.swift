import RouterOSProtocol

extension Behaviour {
    /// `/ip/address`: what an address says of its network, the router works out.
    static let address = Behaviour(verbs: [
        "add": { router, menu, request throws(Trap) in
            let request = withPrefix(request)
            let answer = try router.add(menu, request)
            if let id = answer.returned.flatMap({ RowID.number($0) }) { router.completeAddress(id, request) }
            return answer
        },
        "set": { router, menu, request throws(Trap) in
            let request = withPrefix(request)
            let answer = try router.set(menu, request)
            for id in try router.targets(menu, request) { router.completeAddress(id, request) }
            return answer
        },
    ])

    /// An address and a netmask as one prefix.
    private static func withPrefix(_ request: Request) -> Request {
        guard let address = request["address"], !address.bytes.contains(UInt8(ascii: "/")),
            let mask = request["netmask"].flatMap({ SimulatedRouter.address($0) }),
            mask.leadingOneBitCount + mask.trailingZeroBitCount == UInt32.bitWidth
        else { return request }
        let attributes = request.attributes.filter { $0.name != "address" && $0.name != "netmask" }
        let prefix = WireText("\(address)/\(mask.leadingOneBitCount)")
        return Request(
            request.menu + "/" + request.verb,
            attributes + [("address", prefix)],
            tag: request.tag,
            from: request.caller
        )
    }
}

extension UInt32 {
    fileprivate var leadingOneBitCount: Int { (~self).leadingZeroBitCount }
}

extension SimulatedRouter {
    private static let addresses = "/ip/address"
    private static let interfaces = "/interface"

    /// Fills in the network of an address, unless somebody gave it, and the interface that it is really on.
    fileprivate mutating func completeAddress(_ id: UInt64, _ request: Request) {
        let isGiven = !(request["network"]?.isEmpty ?? true)
        if !isGiven, request["address"] != nil || request["network"] != nil,
            let network = value("address", of: id, in: Self.addresses).flatMap({ Self.range($0)?.lowerBound })
        {
            refresh(["network": ValueKind.addressText(network)], in: id, of: Self.addresses)
        }
        guard let interface = value("interface", of: id, in: Self.addresses) else { return }
        refresh(["actual-interface": actualInterface(interface)], in: id, of: Self.addresses)
    }

    /// The bridge where an interface is a port of it, and otherwise the interface itself.
    private func actualInterface(_ interface: WireText) -> WireText {
        guard let id = RowID.number(interface), value("slave", of: id, in: Self.interfaces) == "true",
            let bridge = tables[Self.interfaces]?.rows.first(where: {
                value("type", of: $0.id, in: Self.interfaces) == "bridge"
            })
        else { return interface }
        return RowID.text(bridge.id)
    }
}
