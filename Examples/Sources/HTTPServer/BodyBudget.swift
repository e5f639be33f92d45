import Synchronization

/// The bytes that all request bodies together may hold in memory.
///
/// What one connection may send is no bound when there are a thousand of them.
final class BodyBudget: Sendable {
    private let left: Mutex<Int>

    init(_ bytes: Int) {
        left = Mutex(bytes)
    }

    fileprivate func take(_ count: Int) -> Bool {
        left.withLock { left in
            guard count <= left else { return false }
            left -= count
            return true
        }
    }

    fileprivate func giveBack(_ count: Int) {
        left.withLock { $0 += count }
    }
}

/// What one body has taken from the budget; given back when nobody holds the body any more.
final class BodyLease: Sendable {
    private let budget: BodyBudget
    private let taken = Mutex(0)

    init(_ budget: BodyBudget) {
        self.budget = budget
    }

    deinit {
        budget.giveBack(taken.withLock { $0 })
    }

    /// Takes more; `false` where there is not enough left.
    func extend(by count: Int) -> Bool {
        guard budget.take(count) else { return false }
        taken.withLock { $0 += count }
        return true
    }
}
