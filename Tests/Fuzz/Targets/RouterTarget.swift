import RouterOSClient
import RouterOSTesting

/// The input is what one to three clients send to a simulated router, and which faults it has meanwhile.
///
/// Two routers hear it, one of them in whole pieces and one byte by byte; both must say the same, and never more than a small
/// multiple of what they were told.
enum RouterTarget {
    private static let names = SimulatorFault.examples.compactMap { SimulatorFault($0) }
    /// The most a router may have to say to one byte: a whole print of its tables to a sentence of a few.
    private static let mostPerByte = 16_384

    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var whole = Run(isDripped: false)
        var dripped = Run(isDripped: true)
        var input = FuzzInput(input)
        let mode = input.byte()
        for number in 0..<Int(mode & 3) % 3 + 1 {
            let login = mode & 4 == 0 ? sentence(["/login", "=name=api", "=password=x"]) : []
            whole.open(login)
            dripped.open(login)
            try law(whole.clients.count == number + 1, "a connection is missing")
        }
        while !input.isAtEnd {
            let action = input.byte()
            switch action & 7 {
            case 0:
                let fault = names[Int(input.byte()) % names.count]
                whole.router.inject(fault)
                dripped.router.inject(fault)
            case 1:
                whole.router.clearFaults()
                dripped.router.clearFaults()
            case 2:
                let time = whole.router.now + .milliseconds(Int(input.byte()) * 37)
                whole.advance(to: time)
                dripped.advance(to: time)
            case 3, 4, 5:
                let words = words(&input, action)
                whole.send(sentence(words), from: action)
                dripped.send(sentence(words), from: action)
            default:
                let bytes = input.bytes(Int(input.byte() & 31))
                whole.send(bytes, from: action)
                dripped.send(bytes, from: action)
            }
            try law(whole.heard == dripped.heard, "whole: \(whole.heard), byte by byte: \(dripped.heard)")
            let limit = (whole.sent + 1) * mostPerByte
            try law(whole.said <= limit, "\(whole.said) bytes were said to \(whole.sent)")
        }
        whole.advance(to: whole.router.now + .seconds(100))
        dripped.advance(to: dripped.router.now + .seconds(100))
        try law(whole.heard == dripped.heard, "in the end, whole: \(whole.heard), byte by byte: \(dripped.heard)")
        try law(whole.router.dialogueHash == dripped.router.dialogueHash, "the hashes of one dialogue differ")
    }

    private static let paths = [
        "/ip/hotspot/user", "/ip/hotspot/user/profile", "/ip/hotspot/active", "/system/resource", "/system/identity",
        "/user", "/user/group", "",
    ]
    private static let verbs = [
        "print", "add", "set", "remove", "listen", "get", "unset", "disable", "move", "reset-counters", "login", "quit",
        "cancel", "comment", "getall", "enable",
    ]
    private static let attributes = [
        "name", ".id", "numbers", ".proplist", "count-only", "interval", "tag", "password", "profile", "limit-uptime",
        "shared-users", "user", "ip", "place-before", "destination", "value-name",
    ]

    private static let values = ["*1", "a", "1s", "10.0.0.1", "", "name"]

    /// A command that looks like one of those that routers know.
    private static func words(_ input: inout FuzzInput, _ action: UInt8) -> [String] {
        let choice = input.byte()
        var words = ["\(paths[Int(choice & 7)])/\(verbs[Int(choice >> 4)])"]
        for _ in 0..<Int(action >> 4 & 3) {
            let name = input.byte()
            let value = name & 0x40 == 0 ? values[Int(name & 0x3F) % values.count] : input.text(4)
            switch name >> 7 {
            case 0: words.append("=\(attributes[Int(name & 15)])=\(value)")
            default: words.append(["?", "?=", "?>", "?<", "?-", "?#"][Int(name & 15) % 6] + "name=\(value)")
            }
        }
        if action & 0x80 != 0 { words.append(".tag=\(choice)") }
        return words
    }

    /// Made once and copied: making one takes longer than most inputs.
    private static let fresh = RouterMachine(credentials: .user("api", password: "x"), seed: 1)

    private static func sentence(_ words: [String]) -> [UInt8] {
        var wire = WireWriter()
        for word in words { wire.word(word) }
        wire.endSentence()
        return wire.bytes
    }

    private struct Run {
        let isDripped: Bool
        var router = RouterTarget.fresh
        var clients: [Int] = []
        /// What each connection has heard.
        var heard: [Int: [UInt8]] = [:]
        var sent = 0
        var said = 0

        init(isDripped: Bool) { self.isDripped = isDripped }

        mutating func open(_ login: [UInt8]) {
            clients.append(router.open())
            send(login, from: UInt8(clamping: (clients.count - 1) << 4))
        }

        mutating func send(_ bytes: [UInt8], from client: UInt8) {
            guard !clients.isEmpty else { return }
            let connection = clients[Int(client >> 4) % clients.count]
            sent += bytes.count
            if isDripped {
                for byte in bytes { router.receive(CollectionOfOne(byte), on: connection) }
            } else {
                router.receive(bytes, on: connection)
            }
            listen()
        }

        mutating func advance(to time: Duration) {
            router.advance(to: time)
            listen()
        }

        private mutating func listen() {
            for piece in router.takeOutgoing() {
                heard[piece.connection, default: []] += piece.bytes
                said += piece.bytes.count
            }
        }
    }
}
