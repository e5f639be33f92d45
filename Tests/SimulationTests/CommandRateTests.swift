import BillingProvisioning
import Testing

@Suite("A router that may be sent few commands")
struct CommandRateTests {
    @Test("one that is to be read all the time is written to all the same")
    func readingsLeaveRoom() async throws {
        let shop = try await BusyShop(
            commandsPerMinute: 100,
            syncInterval: .seconds(2),
            statusInterval: .seconds(1)
        )
        let codes = try await shop.generate(50)
        shop.run(for: .seconds(120))
        #expect(shop.usersOnRouter == codes)
        let figures = shop.provisioner.figures.values
        #expect(figures.syncs > 2 && figures.statuses > 10)
    }

    /// A chunk with what is read around it costs more than either rate ever gives at once.
    @Test("a rate that hardly lasts for readings brings stock to the router all the same", arguments: [10, 20])
    func fewCommands(rate: Int) async throws {
        let shop = try await BusyShop(
            commandsPerMinute: rate,
            syncInterval: .seconds(60),
            statusInterval: .seconds(15)
        )
        let codes = try await shop.generate(50)
        // Each time the burst of ten commands is there again, four rows are written.
        shop.run(for: .seconds(60) * (200 / rate)) { shop.provisioner.figures.values.rows[.written] == codes.count }
        #expect(shop.usersOnRouter == codes)
        let figures = shop.provisioner.figures.values
        #expect(figures.syncs > 2 && figures.statuses > 10)
    }
}
