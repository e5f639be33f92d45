import ProvisioningWorkloads
import Testing

@Suite("What is promised of provisioning")
struct ProvisioningWorkloadsTests {
    @Test("a figure is kept or not, by its bound and by how many times as fast it is as the loop")
    func promises() {
        var result = ProvisioningWorkloads.Result(name: "x", value: 2, unit: "s")
        #expect(result.isWithin && result.ratio == nil)
        result.naive = 40
        result.leastRatio = 20
        #expect(result.isWithin && result.ratio == 20)
        result.naive = 39
        #expect(!result.isWithin)
        result.leastRatio = nil
        result.bound = 1
        #expect(!result.isWithin)
    }
}
