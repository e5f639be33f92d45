/// A right that a group of users has or lacks.
///
/// Source: RouterOS manual, "User", section "User Groups".
enum Policy: String, Sendable, CaseIterable {
    case local, telnet, ssh, ftp, reboot, read, write, policy, test, winbox, password, web, sniff, sensitive, api, romon
    case restAPI = "rest-api"
    /// Gone since 7.
    case dude, tikapp

    /// Every right there is.
    static let all = Set(allCases)
}
