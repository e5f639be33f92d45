import RouterOSProtocol
import Testing

@testable import RouterOSTesting

@Suite struct PrintStraightTests {
    @Test(
        "What is written straight to the wire is what the engine answers",
        arguments: MenuLibraryTests.releases.filter { $0 > .v6_42 }
    )
    func sameRows(of release: RouterOSVersion) throws {
        var dialogue = Dialogue(release)
        dialogue.add("a", "=comment=x", "=server=hotspot1")
        dialogue.say("/ip/hotspot/ip-binding/add", "=type=blocked")
        dialogue.say("/queue/simple/add", "=name=q", "=target=10.5.50.2/32", "=max-limit=1M/2M")
        #expect(dialogue.logIn("a") == nil)
        var filled: Set<String> = []
        for menu in dialogue.router.menus.values.sorted(by: { $0.path < $1.path }) where menu.shape == .table {
            for attributes in [
                [], [("stats", WireText(""))], [(".proplist", WireText("name,.id,comment,disabled,nothing"))],
            ] {
                let words = attributes.map { "=\($0.0)=\($0.1)" }
                let request = Request(menu.path + "/print", attributes.map { (name: $0.0, value: $0.1) })
                let said = dialogue.say([menu.path + "/print"] + words)
                do throws(Trap) {
                    let expected = try dialogue.router.execute(request).rows
                    #expect(
                        said.filter { $0.first == "!re" }
                            == expected.map { ["!re"] + $0.map { "=\($0.name)=\($0.value)" } },
                        "\(menu.path) \(words)"
                    )
                    if !expected.isEmpty, attributes.isEmpty { filled.insert(menu.path) }
                } catch {
                    #expect(said.first?.first == "!trap", "\(menu.path) \(words)")
                    #expect(said.first?.contains("=message=\(error.message)") == true, "\(menu.path) \(words)")
                }
            }
        }
        // Tables of every kind had rows to show: settings, counters, facts, and rows that come by themselves.
        let needed = [
            "/interface", "/ip/hotspot", "/ip/hotspot/ip-binding", "/ip/hotspot/user", "/ip/hotspot/user/profile",
            "/ip/service", "/ppp/profile", "/queue/simple", "/user", "/user/group",
        ]
        #expect(filled.isSuperset(of: needed), "\(Set(needed).subtracting(filled))")
    }
}
