import Foundation
import RouterOSProtocol
import Testing

/// The Swift and the bytes in the articles, compiled and run as they stand there.
@Suite("Documentation")
struct DocumentationTests {
    @Test("every Swift line of every article is in this file")
    func articles() throws {
        let source = try Set(Self.lines(of: String(contentsOf: URL(filePath: #filePath), encoding: .utf8)))
        let articles = try FileManager.default.contentsOfDirectory(at: Self.catalog, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" }
        #expect(articles.count >= 5)
        for article in articles {
            let text = try String(contentsOf: article, encoding: .utf8)
            for block in text.components(separatedBy: "```swift\n").dropFirst() {
                for line in Self.lines(of: block.components(separatedBy: "```")[0]) {
                    let isCompiled = source.contains(line)
                    #expect(isCompiled, "\(article.lastPathComponent): not in this file: \(line)")
                }
            }
        }
    }

    @Test("the landing page's example finds a row")
    func landingPage() throws {
        var sent: [UInt8] = []
        func send(_ bytes: [UInt8]) { sent += bytes }
        let received = hex("03217265 0a3d6e616d653d41374b32 00 0521646f6e65 00")
        var names: [String] = []

        var encoder = SentenceEncoder()
        encoder.append("/ip/hotspot/user/add", tag: 1) { $0["name"] = "A7K2" }
        encoder.append(.print("/ip/hotspot/user", properties: [".id", "name"], where: .equal("profile", "3h")))
        send(encoder.take())

        var decoder = SentenceDecoder()
        decoder.feed(received)
        while let sentence = try decoder.next() {
            if sentence.kind == .row { names.append(sentence["name"] ?? "") }
        }

        #expect(names == ["A7K2"])
        #expect(try Delivery.whole.decode(sent).map(\.name) == ["/ip/hotspot/user/add", "/ip/hotspot/user/print"])
    }

    @Test("the examples of reading and writing hold together")
    func sentences() throws {
        let codes = ["A7K2", "B1C9"]
        let tag = Array("1".utf8)
        var rows: [Sentence] = []

        var encoder = SentenceEncoder()
        for (number, code) in codes.enumerated() {
            encoder.append("/ip/hotspot/user/add", tag: UInt32(number) + 1) {
                $0["name"] = code
                $0.set("limit-uptime", to: Duration.seconds(10_800))
                $0.flag("disabled")
            }
        }
        let bytes = encoder.take()
        #expect(try Delivery.whole.decode(bytes).map { $0["limit-uptime"] } == ["3h", "3h"])

        var router = SentenceEncoder()
        router.append(Reply(.row, tag: tag) { $0["name"] = "A7K2" })
        router.append(Reply(.done, tag: tag))
        router.append(Reply(.fatal, reason: "session terminated on request"))

        let pieces = Delivery.ragged.pieces(router.take())
        var decoder = SentenceDecoder(limits: CodecLimits(wordBytes: 64 << 10, sentenceBytes: 256 << 10, words: 256))
        for piece in pieces {
            decoder.feed(piece)
            while let sentence = try decoder.next() {
                if sentence.kind == .row { rows.append(sentence) }
            }
        }
        #expect(rows.map { $0["name"] } == ["A7K2"])
    }

    @Test("the examples of asking a sentence answer")
    func asking() throws {
        let words = ["!re", "=name=x", "=uptime=3h", "=bytes-in=18446744073709551615", "=disabled=false"]
        var bytes: [UInt8] = []
        for word in words { bytes += [UInt8(word.utf8.count)] + Array(word.utf8) }
        let sentence = try #require(try Delivery.whole.decode(bytes + [0]).first)

        let name = sentence["name"]
        let source = sentence.bytes("source")
        var row = RowReader(sentence)
        let uptime = try row.value("uptime", as: Duration.self)
        let bytesIn = try row.value("bytes-in", as: UInt64.self)
        let isDisabled = try row.value("disabled", as: Bool.self)

        #expect(name == "x" && source == nil && uptime == .seconds(10_800))
        #expect(bytesIn == .max && isDisabled == false)

        var reader = RowReader(sentence, encoding: .windows1251)
        let user = try HotspotUser(&reader)
        let isLossy = reader.isLossy
        #expect(user.name == "x" && !isLossy)
    }

    @Test("the loop around a session asks its question and ends")
    func session() throws {
        let password = "secret"
        var names: [String] = []
        var answers: [[UInt8]] = []
        var ending: RouterOSError? = RouterOSError(.trap, "no end yet")
        func send(_ bytes: [UInt8]) {
            var encoder = SentenceEncoder()
            for command in (try? Delivery.whole.decode(bytes)) ?? [] {
                let tag = command.tag.map(Array.init)
                if command.name == "/quit" { encoder.append(Reply(.fatal, reason: "session terminated on request")) }
                if command.name.hasSuffix("print") {
                    encoder.append(Reply(.row, tag: tag) { $0["name"] = "Lake View" })
                }
                encoder.append(Reply(.done, tag: tag))
            }
            answers.append(encoder.take())
        }
        func receive() -> [UInt8] { answers.removeFirst() }

        var session = SessionMachine()
        session.logIn(user: "api", password: password)
        send(session.takeOutgoing())
        var question: UInt32?
        while !session.isClosed {
            session.receive(receive())
            while let event = session.nextEvent() {
                switch event {
                case .loggedIn: question = try session.submit(.print("/system/identity", properties: ["name"]))
                case .row(let tag, let row) where tag == question: names.append(row["name"] ?? "")
                case .row: break
                case .completed(_, .success): session.quit()
                case .completed(_, .failure(let error)): throw error
                case .closed(let error): ending = error
                }
            }
            send(session.takeOutgoing())
        }

        #expect(names == ["Lake View"])
        #expect(ending == nil)
    }

    @Test("the example of a stream keeps a table")
    func stream() throws {
        var table: [ItemID?: String] = [:]
        let replies = [
            Reply(.row) {
                $0[".id"] = "*1"
                $0["name"] = "A7K2"
            },
            Reply(.row) {
                $0[".id"] = "*2"
                $0["name"] = "B1C9"
            },
            Reply(.row) {
                $0[".id"] = "*1"
                $0[".dead"] = "true"
            },
        ]
        for reply in replies {
            var encoder = SentenceEncoder()
            encoder.append(reply)
            let row = try #require(try Delivery.whole.decode(encoder.bytes).first)

            switch RowChange(row) {
            case .set(let row): table[row.id] = row["name"]
            case .removed(let id): table[id] = nil
            case nil: break
            }
        }
        #expect(table == [ItemID("*2"): "B1C9"])
    }

    @Test("the examples of values say what the article says")
    func values() throws {
        let rate = BitRate(routerOS: "10M")
        let quota = ByteCount(routerOS: "1536MiB")
        let limit = RateLimit(routerOS: "512k/1M 1M/2M 512k/1M 10s/10s 8")
        let lease = Setting<Duration>(routerOS: "none")
        let address = IPPrefix(routerOS: "10.0.0.0/24")
        #expect(rate == .megabits(10) && quota == .mebibytes(1_536) && limit?.priority == 8)
        #expect(lease != nil && lease?.value == nil && address?.length == 24)

        let shapes = ["1d3h", "27h", "1d 03:00:00", "97200"]
        let spans = shapes.map { Duration(routerOS: $0) }
        let text = Duration.seconds(97_200).routerOSText

        #expect(spans == Array(repeating: .seconds(97_200), count: 4))
        #expect(text == "1d3h")

        let stamp = LocalDateTime(routerOS: "jan/02/1970 03:00:00")
        let offset = GMTOffset(routerOS: "+03:00")
        #expect(try stamp?.secondsSince1970(offset: #require(offset)) == 86_400)

        let name = "A\"; /system/reboot; \""
        let source: ScriptSource = ":log info \(ScriptString(name))"
        #expect(!source.text.dropFirst(11).dropLast().contains("\""))

        let bytes: [UInt8] = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]
        let comment = TextEncoding.windows1251.decode(bytes.span)
        let (written, missing, isAmbiguous) = TextEncoding.windows1251.encode("Привет")
        #expect(comment.text == "Привет" && !comment.isLossy)
        #expect(written == bytes && missing.isEmpty && !isAmbiguous)

        struct Pool: RouterOSRow {
            static let menu = "/ip/pool"
            static let properties = [".id", "name", "ranges"]
            let id: ItemID?
            let name: String
            let ranges: RouterOSList<IPRange>?

            init(_ row: inout RowReader) throws(RouterOSError) {
                id = try row.value(".id")
                name = try row.required("name")
                ranges = try row.value("ranges")
            }
        }
        let row = try #require(try Delivery.whole.decode(hex("03217265 073d6e616d653d78 00")).first)
        #expect(try Pool(row).name == "x")
    }

    @Test("the bytes of the dialogue are its words")
    func dialogue() throws {
        let article = try String(contentsOf: Self.catalog.appending(path: "TheRouterOSAPI.md"), encoding: .utf8)
        var bytes: [UInt8] = []
        var words: [String] = []
        for line in Self.lines(of: article) where line.hasPrefix("> ") || line.hasPrefix("< ") {
            let parts = line.dropFirst(2).split(separator: " ", maxSplits: 2).map(String.init)
            guard parts[0].count == 2, let first = hex(parts[0]).first else { continue }
            bytes.append(first)
            guard parts.count == 3 else { continue }
            bytes += hex(parts[1])
            words.append(parts[2].trimmingCharacters(in: .whitespaces))
        }
        let sentences = try Delivery.dripped.decode(bytes)
        #expect(sentences.count == 9)
        #expect(sentences.flatMap { $0.words.map { String(decoding: $0, as: UTF8.self) } } == words)
    }

    private static let catalog = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/RouterOSProtocol/RouterOSProtocol.docc")

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
