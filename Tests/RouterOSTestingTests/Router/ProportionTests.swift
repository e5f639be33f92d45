import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSTesting

/// Work is in proportion to what changes and not to what there is.
struct ProportionTests {
    private final class Tally: Sendable {
        private let rows = Mutex(0)
        var count: Int { rows.withLock { $0 } }
        func add(_ number: Int) { rows.withLock { $0 += number } }
    }

    /// Counts the rows that a menu makes up from now on.
    private func tally(_ menu: String, _ router: inout SimulatedRouter) -> Tally {
        let tally = Tally()
        let (rows, row) = (router.behaviours[menu]?.rows, router.behaviours[menu]?.row)
        router.behaviours[menu]?.rows = { router, menu in
            let rows = rows?(router, menu) ?? []
            tally.add(rows.count)
            return rows
        }
        router.behaviours[menu]?.row = { router, menu, id in
            tally.add(1)
            return row?(router, menu, id)
        }
        return tally
    }

    private func crowd(_ count: Int) -> Dialogue {
        var dialogue = Dialogue()
        for number in 1...count {
            dialogue.add("u\(number)")
            #expect(dialogue.logIn("u\(number)", ip: "10.6.\(number / 250).\(number % 250 + 1)") == nil)
        }
        return dialogue
    }

    @Test(arguments: ["/ip/hotspot/active", "/ip/hotspot/host"])
    func throwingOneOutLooksAtOne(menu: String) {
        var dialogue = crowd(300)
        let tally = tally(menu, &dialogue.router)
        #expect(dialogue.say("\(menu)/remove", "=.id=*A060002") == [["!done"]])
        #expect(tally.count == 1)
        #expect(dialogue.trap(["\(menu)/remove", "=.id=*A060002"]) == "no such item")
        #expect(tally.count == 2)
        #expect(dialogue.router.hotspot.sessions.count == 299)
    }

    @Test func aListenerCostsOneRowForEachChange() {
        var dialogue = crowd(300)
        dialogue.add("late")
        let (active, hosts) = (
            tally("/ip/hotspot/active", &dialogue.router), tally("/ip/hotspot/host", &dialogue.router)
        )
        let log = tally("/log", &dialogue.router)
        for menu in ["/ip/hotspot/active", "/ip/hotspot/host", "/log"] {
            dialogue.say("\(menu)/listen", "=.proplist=.id", ".tag=\(menu)")
        }
        let news = dialogue.say("/ip/hotspot/active/login", "=user=late", "=ip=10.7.0.1").filter { $0.first == "!re" }
        #expect(news.map { $0[1] }.sorted() == [".tag=/ip/hotspot/active", ".tag=/ip/hotspot/host", ".tag=/log"])
        #expect([active.count, hosts.count, log.count] == [1, 1, 1])
    }

    @Test(arguments: ["/ip/hotspot/cookie", "/ppp/active", "/user/active", "/system/script/job"])
    func everyMenuOfMadeUpRowsFindsOneByItsID(menu: String) throws {
        var dialogue = Dialogue()
        dialogue.say("/ip/hotspot/profile/set", "=.id=hsprof1", "=login-by=http-chap,mac-cookie")
        dialogue.say("/ppp/secret/add", "=name=bo", "=remote-address=10.9.0.2")
        for number in 2...4 {
            dialogue.add("u\(number)")
            #expect(dialogue.logIn("u\(number)", ip: "10.5.50.\(number)") == nil)
            _ = try dialogue.router.connect(.init(name: "bo", password: "", callerID: "AA:BB:CC:00:11:22"))
            dialogue.say("/execute", "=script=:delay 60s")
            let other = dialogue.router.open()
            dialogue.router.receive(Dialogue.encode(["/login", "=name=api", "=password=secret"]), on: other)
        }
        let description = try #require(dialogue.router.menus[menu])
        let rows = dialogue.router.visibleRows(description)
        #expect(rows.count >= 3)
        let tally = tally(menu, &dialogue.router)
        for row in rows {
            #expect(dialogue.router.visibleRow(try #require(row.id), description)?.values == row.values)
        }
        #expect(dialogue.router.visibleRow(0xFFFF_FFFF_FFFF, description) == nil)
        #expect(tally.count == rows.count + 1)
    }

    @Test func takingOutARowOfManySearchesNone() throws {
        let menu = try #require(MenuLibrary.menus(of: .v7_18)["/ip/hotspot/user"])
        let (name, server) = (try #require(menu.column("name")), try #require(menu.column("server")))
        var table = Table(empty: menu)
        for number in 0..<1_000 {
            for place in ["*1", nil] as [WireText?] {
                var values = menu.columns.map(\.initial)
                values[name] = WireText("u\(number % 500)")
                values[server] = number < 500 ? place : place.map { WireText("\($0)\(number)") }
                if table.id(ofKeyOf: values) == nil { _ = table.insert(values) }
            }
        }
        let first = try #require(table.id(ofName: "u7"))
        let namesakes = table.rows.filter { $0.values[name] == "u7" }.map(\.id)
        #expect(namesakes.count == 3)
        table.remove(first)
        #expect(table.id(ofName: "u7") == namesakes[1])
        table.remove(namesakes[1])
        #expect(table.id(ofName: "u7") == namesakes[2])
        for row in table.rows { table.remove(row.id) }
        #expect(table.rows.isEmpty && table.id(ofName: "u7") == nil)
        #expect(table.searched == 0)
    }

    @Test func amongMovedRowsTheFirstOfANameIsStillTheFirst() throws {
        let menu = try #require(MenuLibrary.menus(of: .v7_18)["/ip/hotspot/user"])
        let (name, server) = (try #require(menu.column("name")), try #require(menu.column("server")))
        var table = Table(empty: menu)
        let ids = (["*1", "*2", "*3"] as [WireText]).map { place in
            var values = menu.columns.map(\.initial)
            values[name] = "u"
            values[server] = place
            return table.insert(values)
        }
        table.move(ids[2], before: ids[0])
        table.remove(ids[0])
        #expect(table.id(ofName: "u") == ids[2])
    }
}
