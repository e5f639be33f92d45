import Testing

@testable import RouterOSTesting

@Suite struct RowIDTests {
    @Test(
        "An id is a star and a number in upper-case hexadecimal",
        arguments: [
            (0, "*0"), (9, "*9"), (10, "*A"), (15, "*F"), (16, "*10"), (0xC0A8_0A08, "*C0A80A08"),
            (.max, "*FFFFFFFFFFFFFFFF"),
        ] as [(UInt64, WireText)]
    )
    func text(_ id: UInt64, _ text: WireText) {
        #expect(RowID.text(id) == text)
        #expect(RowID.number(text) == id)
    }
}
