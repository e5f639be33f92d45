// Shows that a sanitized build finds what it must: `lost` gives memory back never, `late` uses it after its end.
final class Thing {
    var number: Int
    init(_ number: Int) { self.number = number }
}

@inline(never)
func lose(_ count: Int) {
    for number in 0..<count { _ = Unmanaged.passRetained(Thing(number)) }
}

@inline(never)
func readLate() -> Int {
    let memory = UnsafeMutablePointer<Int>.allocate(capacity: 4)
    memory.initialize(repeating: 7, count: 4)
    memory.deallocate()
    return memory[2]
}

switch CommandLine.arguments.dropFirst().first {
case "lost": lose(100)
case "late": print(readLate())
default: print(Thing(7).number)
}
