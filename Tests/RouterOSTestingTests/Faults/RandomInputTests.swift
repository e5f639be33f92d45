import FuzzTargets
import RouterOSTesting
import Testing

/// Whatever clients send, in whatever pieces.
@Suite struct RandomInputTests {
    @Test(arguments: 0..<300 as Range<UInt64>)
    func aRouterSaysTheSameToTheSame(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        var input: [UInt8] = []
        for _ in 0..<192 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            input.append(UInt8(truncatingIfNeeded: state >> 33))
        }
        try FuzzTarget.router.check(input)
    }
}
