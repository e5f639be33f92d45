import BillingPersistence
import BillingServices

/// How a program ends that could not do what was asked for.
package enum ProgramEnd {
    /// Says what went wrong, or how the program is used where that was asked for, and with which status to end: 2 for a
    /// command line that cannot be followed, 1 for anything else.
    package static func status(of error: any Error, in program: String) -> Int32 {
        switch error {
        case let help as HelpRequest:
            Console.print(help.text)
            return 0
        case let error as UsageError:
            Console.complain("\(program): \(error.message)\nTry: \(program) --help")
            return 2
        case let error as BillingError:
            Console.complain("\(program): \(error.message)")
        case let error as PersistenceError:
            Console.complain("\(program): \(error.message)")
        default:
            Console.complain("\(program): \(error)")
        }
        return 1
    }
}
