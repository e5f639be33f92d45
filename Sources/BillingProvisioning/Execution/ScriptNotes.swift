import BillingDomain
import Synchronization

/// What is known of each router about writing rows by a script, for as long as this process lives.
final class ScriptNotes: Sendable {
    private struct Note {
        var isRefused = false
        var alone: Set<SessionSubject> = []
        var left: Set<ServiceKind> = []

        var isEmpty: Bool { !isRefused && alone.isEmpty && left.isEmpty }
    }

    private let notes = Mutex<[Identifier<Router>: Note]>([:])

    /// Whether a router is not known to refuse scripts.
    func mayBeUsed(on router: Identifier<Router>) -> Bool { notes.withLock { $0[router]?.isRefused != true } }

    /// Those whose rows a script did not bring: they go by themselves, for the router's reason.
    func alone(on router: Identifier<Router>) -> Set<SessionSubject> { notes.withLock { $0[router]?.alone ?? [] } }

    /// The menus whose script may stand on a router, in their order.
    func left(on router: Identifier<Router>) -> [ServiceKind] {
        let left = notes.withLock { $0[router]?.left ?? [] }
        return ServiceKind.allCases.filter(left.contains)
    }

    /// A router takes no scripts of ours, or does not do what they say.
    func refused(by router: Identifier<Router>) { change(router) { $0.isRefused = true } }

    /// A script is about to be put onto a router.
    func begins(_ kind: ServiceKind, on router: Identifier<Router>) { change(router) { $0.left.insert(kind) } }

    /// Scripts are known not to stand on a router.
    func gone(_ kinds: [ServiceKind], from router: Identifier<Router>) {
        change(router) { $0.left.subtract(kinds) }
    }

    /// Some rows of a script did not come.
    func missed(_ rows: Set<SessionSubject>, on router: Identifier<Router>) {
        change(router) { $0.alone.formUnion(rows) }
    }

    /// It is known what became of some rows.
    func settled(_ rows: some Sequence<SessionSubject>, on router: Identifier<Router>) {
        change(router) { $0.alone.subtract(rows) }
    }

    /// The connection to a router broke: whoever is there next is asked anew.
    ///
    /// What may be left there is not forgotten.
    func reconnects(_ router: Identifier<Router>) { change(router) { $0 = Note(left: $0.left) } }

    /// Forgets all routers but some.
    func keep(_ routers: Set<Identifier<Router>>) {
        notes.withLock { $0 = $0.filter { routers.contains($0.key) } }
    }

    private func change(_ router: Identifier<Router>, _ body: (inout Note) -> Void) {
        notes.withLock { notes in
            var note = notes[router] ?? Note()
            body(&note)
            notes[router] = note.isEmpty ? nil : note
        }
    }
}
