import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTool

@Suite("The command line")
struct CommandLineReaderTests {
    private func read(_ arguments: String..., environment: [String: String] = [:]) throws -> Invocation {
        guard case .run(let invocation) = try CommandLineReader.read(arguments, environment: { environment[$0] }) else {
            throw Unexpected()
        }
        return invocation
    }

    private func words(_ command: Command) throws -> [String] {
        var encoder = SentenceEncoder()
        encoder.append(command)
        return try sentence(encoder.take()).words.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("becomes the words that are sent, in their order")
    func words() throws {
        let invocation = try read(
            "--host",
            "10.0.0.7",
            "/ip/hotspot/user/print",
            "=.proplist=.id,name",
            "?name=A=B",
            "detail=",
            "?>uptime=1h",
            "?#|"
        )
        let command = try invocation.command { _ throws(Problem) in throw .usage("no file is named") }
        #expect(
            try words(command)
                == ["/ip/hotspot/user/print", "=.proplist=.id,name", "=detail=", "?name=A=B", "?>uptime=1h", "?#|"]
        )
        #expect(invocation.host == "10.0.0.7" && invocation.port == 8_728 && invocation.user == "admin")
        #expect(invocation.security == .plaintext && invocation.timeout == nil && invocation.format == .json)
    }

    @Test(
        "takes a path as words",
        arguments: [["/ip/hotspot/user/print"], ["/ip", "hotspot", "user", "print"], ["/ip/hotspot", "user/print"]]
    )
    func path(words: [String]) throws {
        let request = try CommandLineReader.read(["--host=r"] + words, environment: { _ in nil })
        guard case .run(let invocation) = request else { throw Unexpected() }
        #expect(invocation.path == "/ip/hotspot/user/print")
    }

    @Test(
        "names the router in any usual way",
        arguments: [
            ("10.0.0.7", "10.0.0.7", 8_728), ("10.0.0.7:8730", "10.0.0.7", 8_730), ("fe80::1", "fe80::1", 8_728),
            ("[fe80::1]:8730", "fe80::1", 8_730), ("[fe80::1]", "fe80::1", 8_728),
        ] as [(String, String, UInt16)]
    )
    func place(text: String, host: String, port: UInt16) throws {
        let invocation = try read("/x", "--host", text)
        #expect(invocation.host == host && invocation.port == port)
    }

    @Test("takes from the environment what it does not say itself")
    func environment() throws {
        let pin = String(repeating: "ab", count: 32)
        let environment = [
            "ROUTEROS_HOST": "10.0.0.7", "ROUTEROS_USER": "api", "ROUTEROS_PORT": "9000", "ROUTEROS_TLS": "pin:" + pin,
        ]
        let all = try read("/x", environment: environment)
        #expect(all.host == "10.0.0.7" && all.user == "api" && all.port == 9_000)
        #expect(all.security == .tls(.pinned(try #require(CertificatePin(pin)))))
        let own = try read("/x", "--host=b", "--user=joe", "--port=1", "--tls=system", environment: environment)
        #expect(own.host == "b" && own.user == "joe" && own.port == 1 && own.security == .tls(.systemRoots))
        #expect(try read("/x", "--host=b", "--tls", "anonymous").port == 8_729)
    }

    @Test("takes times as routers write them", arguments: [("10", 10), ("1m30s", 90), ("00:02:00", 120)])
    func timeouts(text: String, seconds: Int) throws {
        #expect(try read("/x", "--host=r", "--timeout", text).timeout == .seconds(seconds))
    }

    @Test(
        "that cannot be followed says why",
        arguments: [
            ([], "which router"), (["--host=r"], "say what to run"), (["--host=r", "x"], "beginning with a path"),
            (["--host=r", "/"], "say what to run"), (["--host=r", "/x", "--port=0"], "from 1 to 65535"),
            (["--host=r", "/x", "--port"], "--port needs a value"), (["--host=r:70000", "/x"], "from 1 to 65535"),
            (["--host=a", "--host=b", "/x"], "given twice"),
            (["--host=r", "/x", "--timeout=never"], "--timeout takes"),
            (["--host=r", "/x", "--timeout=0"], "--timeout takes"), (["--host=r", "/x", "--encoding=gbk"], "cp1251"),
            (["--host=r", "/x", "--tls=pin:12"], "64 hexadecimal"), (["--host=r", "/x", "--tls"], "needs a value"),
            (["--host=r", "/x", "--loud"], "unknown option --loud"), (["--host=r", "/x", "==a"], "=name=value"),
            (["--host=r", "/x", "=a"], "=name=value"), (["--host=r", "/x", "a=1", "y"], "word 3"),
            (["--host=r", "/x", "a*"], "word 2"), (["--host=r", "/x", "=.tag=4"], "tag"),
            (["--host=r", "/x", "--table", "--listen"], "--table"),
            (["--host=r", "/x", "--table", "--json"], "exclude"),
            (["--host=http://r/", "/x"], "no URL"), (["--host=r", "/x", "--value-file=a"], "name=FILE"),
            (["--host=r", "/x", "a=1", "--value-file=a=f"], "leave one out"), (["--host=[::1", "/x"], "bracket"),
        ] as [([String], String)]
    )
    func refused(arguments: [String], reason: String) throws {
        let problem = #expect(throws: Problem.self) { try CommandLineReader.read(arguments, environment: { _ in nil }) }
        #expect(problem?.status == .usage)
        #expect(problem?.message.contains(reason) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.contains("\n") == false)
    }

    @Test(
        "never takes a password, and does not repeat it",
        arguments: [
            ["--password", "canary"], ["--password=canary"], ["--passwd=canary"], ["--pass", "canary"],
            ["-p", "canary"],
            ["-pcanary"], ["--host=api:canary@r"], ["/x", "name=a", "canary"], ["--tls=pin:canary"],
        ]
    )
    func passwords(arguments: [String]) {
        let problem = #expect(throws: Problem.self) {
            try CommandLineReader.read(["/x"] + arguments, environment: { $0 == "ROUTEROS_HOST" ? "r" : nil })
        }
        #expect(problem?.status == .usage)
        #expect(problem?.message.contains("canary") == false, "\(problem?.message ?? "")")
    }

    @Test("asks for help wherever the word stands", arguments: [["--help"], ["-h"], ["/x", "--host=r", "--help"]])
    func help(arguments: [String]) throws {
        guard case .help = try CommandLineReader.read(arguments, environment: { _ in nil }) else { throw Unexpected() }
    }

    @Test("takes what follows -- as words")
    func separator() throws {
        #expect(try read("--host=r", "--", "/x", "?-comment").query == ["?-comment"])
    }

    @Test("listens to rows and changes of a print, and to nothing twice")
    func listening() throws {
        func sent(_ arguments: String...) throws -> [String] {
            let request = try CommandLineReader.read(["--host=r", "--listen"] + arguments, environment: { _ in nil })
            guard case .run(let invocation) = request else { throw Unexpected() }
            #expect(invocation.isStreamed && invocation.isLive)
            return try words(try invocation.command { _ in [] })
        }
        #expect(try sent("/ip/hotspot/active/print") == ["/ip/hotspot/active/print", "=follow="])
        #expect(try sent("/log/print", "follow-only=") == ["/log/print", "=follow-only="])
        #expect(try sent("/queue/simple/print", "interval=1s") == ["/queue/simple/print", "=interval=1s"])
        #expect(try sent("/ip/hotspot/active/listen") == ["/ip/hotspot/active/listen"])
    }

    @Test(
        "tells answers that are rows from those that are a value",
        arguments: [
            (["/x/print"], true), (["/x/print", "count-only="], false), (["/x/add", "name=a"], false),
            (["/x/listen"], true), (["/interface/monitor-traffic", "duration=5s"], true), (["/execute"], false),
        ]
    )
    func streamed(words: [String], isStreamed: Bool) throws {
        let request = try CommandLineReader.read(["--host=r"] + words, environment: { _ in nil })
        guard case .run(let invocation) = request else { throw Unexpected() }
        #expect(invocation.isStreamed == isStreamed)
    }

    @Test("reads values from files to the last byte")
    func valueFiles() throws {
        let invocation = try read("--host=r", "/x/add", "name=a", "--value-file", "password=-", "--value-file=on=f")
        let command = try invocation.command { $0 == "-" ? [0x73, 0x0A] : [0xFF, 0x00] }
        #expect(command.attributes.bytes("password") == [0x73, 0x0A])
        #expect(command.attributes.bytes("on") == [0xFF, 0x00])
    }

    @Test(
        "--rest is for the ports of www and www-ssl, unless told otherwise",
        arguments: [
            ([], 80), (["--tls", "system"], 443),
            (["--tls", "system", "--port", "8443"], 8_443), (["--port=8080"], 8_080),
        ] as [([String], UInt16)]
    )
    func rest(options: [String], port: UInt16) throws {
        let request = try CommandLineReader.read(
            ["--host=r", "--rest"] + options + ["/x/print"],
            environment: { _ in nil }
        )
        guard case .run(let invocation) = request else { throw Unexpected() }
        #expect(invocation.isREST && invocation.port == port)
    }

    @Test(
        "--rest goes with nothing that REST does not have",
        arguments: [["--listen"], ["--tls", "anonymous"]]
    )
    func restLimits(options: [String]) {
        let problem = #expect(throws: Problem.self) {
            try CommandLineReader.read(["--host=r", "--rest"] + options + ["/x/print"], environment: { _ in nil })
        }
        #expect(problem?.status == .usage && problem?.message.contains("--rest") == true)
    }

    @Test("--show-pin needs a router and nothing else")
    func showPin() throws {
        guard
            case .showPin(let host, let port, nil) = try CommandLineReader.read(
                ["--show-pin", "--host", "10.0.0.7"],
                environment: { _ in nil }
            )
        else {
            Issue.record("no request for a pin")
            return
        }
        #expect(host == "10.0.0.7" && port == 8_729)
        guard
            case .showPin(_, 443, nil) = try CommandLineReader.read(
                ["--show-pin", "--rest", "--host", "10.0.0.7"],
                environment: { _ in nil }
            )
        else {
            Issue.record("no request for the pin of www-ssl")
            return
        }
        for arguments in [["--show-pin"], ["--show-pin", "--host=r", "/x"], ["--show-pin", "--host=r", "--table"]] {
            let problem = #expect(throws: Problem.self) {
                try CommandLineReader.read(arguments, environment: { _ in nil })
            }
            #expect(problem?.status == .usage)
        }
    }
}
