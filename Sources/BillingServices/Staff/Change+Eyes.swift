import BillingDomain
import BillingPersistence

/// Two pairs of eyes are two people, whatever programs they act by.
extension Change {
    /// Who stands behind whoever acts: the member of staff who made the token, or made the program that made it.
    ///
    /// A token of the operator's is somebody of its own.
    func person(behind actor: Actor) throws -> Actor {
        var (found, seen): (Actor, Set<Actor>) = (actor, [])
        while case .token = found, seen.insert(found).inserted {
            let made = Query(AuditRow.Columns.subject == found.description, AuditRow.Columns.action == "token.create")
            guard let maker = try store.first(made.sorted(by: AuditRow.Columns.position))?.entry.actor else { break }
            if case .system = maker { break }
            found = maker
        }
        return found
    }

    /// Who acts here, in person.
    func person() throws -> Actor { try person(behind: actor) }
}
