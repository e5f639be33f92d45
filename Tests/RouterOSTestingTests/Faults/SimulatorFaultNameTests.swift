import RouterOSTesting
import Testing

@Suite struct SimulatorFaultNameTests {
    @Test(arguments: SimulatorFault.examples)
    func aNameIsReadAndPrintedTheSame(name: String) throws {
        let fault = try #require(SimulatorFault(name))
        #expect(fault.name == name)
        #expect("\(fault)" == name)
        #expect(SimulatorFault(fault.name) == fault)
    }

    @Test(arguments: [
        (SimulatorFault.latency(.milliseconds(20)), "latency fixed 20ms"),
        (.latency(from: .milliseconds(40), to: .milliseconds(10)), "latency uniform 10ms 40ms"),
        (.latency(.seconds(-1)), "latency fixed 0s"),
        (.latency(median: .microseconds(1_500), longest: .seconds(90)), "latency heavy-tail 1500us 90s"),
        (.requestKnee(after: -3, delay: .milliseconds(5)), "request-knee 0 5ms"),
        (.oneByteAtATime(every: .zero), "one-byte 1us"),
        (.dropConnection(afterCommand: 0), "drop-after 1"),
        (.trap(atCommand: 2, ""), "trap 2 "),
        (.trap(atCommand: 2, " two  spaces "), "trap 2  two  spaces "),
        (.powerCut(downFor: .zero), "power-cut"),
        (.clockJump(by: .seconds(-5_400)), "clock-jump -90m"),
        (.reboot(downFor: .seconds(Int64.max)), "reboot 100000d"),
    ])
    func whatAFaultCannotBeIsBroughtIntoRange(fault: SimulatorFault, name: String) {
        #expect(fault.name == name)
        #expect(SimulatorFault(name) == fault)
    }

    @Test func durationsMayBePutTogether() {
        #expect(SimulatorFault("reboot 1m30s") == .reboot(downFor: .seconds(90)))
        #expect(SimulatorFault("clock-jump -1h1ns")?.name == "clock-jump -3600000000001ns")
    }

    @Test(arguments: [
        "", "stall ", "stall now", "Stall", "latency", "latency fixed", "latency fixed 20", "latency fixed ms",
        "latency fixed -20ms", "latency uniform 10ms", "latency fixed 20ms 30ms", "latency wild 1s 2s", "drop-after",
        "drop-after -1", "drop-after x", "reset-after 1 2", "reboot 99999999999999999999s", "reboot 100001d",
        "factory-reset keep", "clock-jump", "clock-jump -", "request-knee 3", "trap", "trap x y", "one-byte 1xs",
    ])
    func nothingElseIsAFault(name: String) {
        #expect(SimulatorFault(name) == nil)
    }
}
