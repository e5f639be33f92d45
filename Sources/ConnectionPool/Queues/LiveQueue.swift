/// Numbers in the order in which they came, some of which have died since.
///
/// Whoever owns it knows which ones live. The dead are dropped where they surface, and all at once when they outnumber the
/// living: memory stays within twice the living, and a death costs nothing at the time.
struct LiveQueue: Sendable {
    private var numbers: [UInt64] = []
    private var head = 0

    /// Dead ones included.
    var count: Int { numbers.count }

    mutating func append(_ number: UInt64) { numbers.append(number) }

    /// The first that lives; the dead before it are dropped.
    mutating func first(of living: [UInt64: some Any]) -> UInt64? {
        while head < numbers.count {
            let number = numbers[head]
            if living[number] != nil { return number }
            head += 1
        }
        // What a storm left is given back; what a quiet day needs is kept.
        numbers.removeAll(keepingCapacity: numbers.count <= 1_024)
        head = 0
        return nil
    }

    /// Drops the first, alive or not.
    mutating func removeFirst() {
        if head < numbers.count { head += 1 }
    }

    /// To be called after deaths.
    mutating func compact(to living: [UInt64: some Any]) {
        guard numbers.count > 64, numbers.count > living.count * 2 else { return }
        // Those before the head are as good as dead.
        numbers = numbers[head...].filter { living[$0] != nil }
        head = 0
    }
}
