import Foundation
import ServiceProgram

/// `sync-daemon`: keeps routers as the records want them, and the records as the routers show them.
@main
enum SyncDaemonCommand {
    static func main() async {
        do {
            let daemon = try Daemon(CommandLine.arguments.dropFirst())
            guard try await daemon.run() else { exit(1) }
        } catch {
            exit(ProgramEnd.status(of: error, in: "sync-daemon"))
        }
    }
}
