/// Several observers where one is wanted: a log and a table of metrics.
public struct ObserverGroup: ClientObserver {
    private let observers: [any ClientObserver]

    /// Makes a group; each event goes to all of them, in this order.
    public init(_ observers: any ClientObserver...) { self.observers = observers }

    /// Tells everybody.
    public func observe(_ event: ClientEvent) {
        for observer in observers { observer.observe(event) }
    }
}
