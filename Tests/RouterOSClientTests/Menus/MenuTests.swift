import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Menus")
struct MenuTests {
    @Test("a row that a router sends reads into its type, nothing lost", arguments: RowSample.all)
    func reading(sample: RowSample) throws {
        #expect(Set(sample.attributes.map(\.name)) == Set(sample.values.keys), "a sample has every attribute")
        #expect(try sample.result().held == sample.values)
    }

    @Test("a row that was read writes exactly what can be written", arguments: RowSample.all)
    func writing(sample: RowSample) throws {
        #expect(try sample.result().written == sample.writableValues)
    }

    @Test("no attribute is asked for or written that no router has", arguments: RowSample.all)
    func schema(sample: RowSample) throws {
        let menu = try #require(MenuSchema.menus[sample.menu])
        for attribute in sample.attributes {
            guard attribute.isWritable else {
                #expect(menu.readOnly.contains(attribute.name), "\(sample.menu) \(attribute.name)")
                continue
            }
            let since = try #require(menu.writable[attribute.name], "\(sample.menu) \(attribute.name)")
            #expect(attribute.since == since.flatMap { RouterOSVersion(routerOS: $0) }, "\(attribute.name)")
        }
    }

    @Test("every type of the package is sampled")
    func completeness() {
        #expect(RowSample.all.count == 29 && Set(RowSample.all.map(\.testDescription)).count == 29)
    }

    @Test("no description, reflection or dump of a row shows a secret", arguments: RowSample.all)
    func secrets(sample: RowSample) throws {
        #expect(try !sample.result().text.contains("canary"))
    }

    @Test("a row without what it needs is malformed, and one with nothing else is not", arguments: RowSample.all)
    func required(sample: RowSample) throws {
        let required = sample.attributes.filter(\.isRequired)
        for attribute in required { #expect(attribute.isAskedFor, "\(attribute.name)") }
        let bare = RowSample.only(required.map { ($0.name, "x") }, of: sample)
        #expect(throws: Never.self) { try bare() }
        if !required.isEmpty {
            let error = #expect(throws: RouterOSError.self) { try RowSample.only([], of: sample)() }
            #expect(error?.code == .malformedRow)
        }
    }

    @Test("every attribute of a menu is in its type, or is left out for a reason", arguments: MenuCoverage.all)
    func coverage(type: MenuCoverage) throws {
        let menu = try #require(MenuSchema.menus[type.menu])
        let known = menu.readOnly.union(menu.writable.keys)
        let leftOut = MenuCoverage.leftOut[type.testDescription] ?? []
        #expect(leftOut.isSubset(of: known))
        #expect(known.subtracting(leftOut).subtracting(type.attributes) == [], "missing in \(type.menu)")
        #expect(type.attributes.subtracting(known.subtracting(leftOut)) == [], "unknown in \(type.menu)")
    }

    @Test("the types that map by hand lose nothing that a router sends", arguments: HandMappedRow.all)
    func handMapped(row: HandMappedRow) throws {
        let menu = try #require(MenuSchema.menus[row.menu])
        #expect(Set(row.sent.map(\.name)) == row.attributes, "a sample has every attribute")
        let result = try row.read(.row(row.sent))
        #expect(Set(result.held) == row.attributes.filter { $0 != "password" && $0 != "otp-secret" })
        if let written = result.written {
            let expected = row.sent.filter { menu.writable[$0.name] != nil && $0.name != "default" }
            #expect(Set(written) == Set(expected.map(\.name)))
        }
        #expect(!result.text.contains("canary"))
    }

    @Test("what costs is asked for only when told to")
    func proplists() {
        #expect(!RouterFile.properties.contains("contents"))
        #expect(!SystemScript.properties.contains("source"))
        #expect(!PPPProfile.properties.contains("on-up"))
        #expect(!RouterUser.properties.contains("password"))
        #expect(!SimpleQueue.properties.contains("rate"))
        #expect(SimpleQueue.properties.prefix(3) == [".id", "name", "target"])
    }

    @Test("a type knows which versions have an attribute")
    func availability() {
        #expect(!PPPProfile.supports("bridge-port-vid", on: RouterOSVersion(7, 16)))
        #expect(PPPProfile.supports("bridge-port-vid", on: RouterOSVersion(7, 18, 2)))
        #expect(PPPProfile.supports("name", on: RouterOSVersion(6, 49)))
        #expect(!PPPProfile.supports("nmae", on: RouterOSVersion(7, 24)))
    }

    @Test("a row is made by setting what it should have, and writes no more")
    func building() {
        let queue = SimpleQueue {
            $0.name = "office"
            $0.maxLimit = RxTxPair(rx: .megabits(2), tx: .megabits(10))
        }
        var attributes = Attributes()
        queue.write(to: &attributes)
        #expect(attributes.all.map { "\($0.name)=\($0.value)" } == ["name=office", "max-limit=2M/10M"])
        attributes = Attributes()
        SimpleQueue().write(to: &attributes)
        #expect(attributes.isEmpty)
    }

    @Test("a matcher is written as text, its negation in front")
    func matchers() {
        let rule = HotspotWalledGardenRule { $0.dstHost = "!*.example" }
        #expect(rule.dstHost?.isNegated == true && rule.dstHost?.value == "*.example")
    }
}

extension RowSample {
    /// Reads a row of the sample's type that has only these attributes.
    static func only(_ attributes: [(name: String, value: String)], of sample: RowSample) -> () throws -> Void {
        { _ = try sample.reading(try .row(attributes)) }
    }
}
