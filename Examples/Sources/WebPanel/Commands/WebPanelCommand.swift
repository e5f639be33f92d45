import Foundation
import ServiceProgram

/// `web-panel`: the panel and the programming interface of a hotspot billing, as one process.
@main
enum WebPanelCommand {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments.first {
            case "create-admin": try await CreateAdministrator(arguments.dropFirst()).run()
            case "create-token": try await CreateToken(arguments.dropFirst()).run()
            case "serve": try await Serve(arguments.dropFirst()).run()
            case "verify": try await Verify(arguments.dropFirst()).run()
            case "--help", "-h", "help": Console.print(help)
            case nil: throw UsageError("Say what to do: create-admin, create-token, serve or verify.")
            case let other?:
                throw UsageError("There is no command “\(other)”: use create-admin, create-token, serve or verify.")
            }
        } catch {
            exit(ProgramEnd.status(of: error, in: "web-panel"))
        }
    }

    private static let help = """
        Sells and watches hotspot vouchers on MikroTik routers, in a browser and over REST.

        \(CreateAdministrator.usage)

        \(CreateToken.usage)

        \(Serve.usage)

        \(Verify.usage)
        """
}
