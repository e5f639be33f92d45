import BillingPersistence
import BillingServices
import Foundation
import ServiceProgram

/// `sync-daemon`: keeps routers as the records want them, and the records as the routers show them.
@main
enum SyncDaemonCommand {
    static func main() async {
        do {
            let daemon = try Daemon(CommandLine.arguments.dropFirst())
            guard try await daemon.run() else { exit(1) }
        } catch let help as HelpRequest {
            Console.print(help.text)
        } catch let error as UsageError {
            Console.complain("sync-daemon: \(error.message)\nTry: sync-daemon --help")
            exit(2)
        } catch let error as BillingError {
            Console.complain("sync-daemon: \(error.message)")
            exit(1)
        } catch let error as PersistenceError {
            Console.complain("sync-daemon: \(error.message)")
            exit(1)
        } catch {
            Console.complain("sync-daemon: \(error)")
            exit(1)
        }
    }
}
