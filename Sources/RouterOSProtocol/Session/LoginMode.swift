/// How a session proves to the router who it is.
///
/// RouterOS 6.43 replaced a challenge answered with MD5 by the password itself; 6.45.1 switched the challenge off, though
/// routers still hand one out and then refuse every answer. No mode can tell the versions apart without showing something.
/// Source: RouterOS manual, "API", section "Initial login".
public enum LoginMode: Sendable, Hashable, CaseIterable {
    /// Name and password in one sentence: RouterOS 6.43 and later.
    ///
    /// The password goes over the wire as it is: without TLS whoever listens can read it. A router that answers with a
    /// challenge is refused with code `authentication`.
    case plain
    /// As ``plain``, and if the router answers with a challenge, that is answered: works with every version.
    ///
    /// By then the router, and whoever listens, has been shown the password: the challenge protects nothing here. For
    /// routers of unknown version on a network that is trusted.
    case plainWithLegacyFallback
    /// The challenge is asked for and answered: RouterOS before 6.43 only.
    ///
    /// Never sends the password. A challenge and its answer do let whoever hears them guess passwords at leisure.
    case legacyOnly
}
