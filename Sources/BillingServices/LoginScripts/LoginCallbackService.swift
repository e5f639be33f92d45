import BillingDomain
import BillingPersistence
import OpenSSLSupport
import Synchronization

/// What routers tell of logins by themselves: the strongest evidence of a first login there is.
///
/// Acts as the system in every tenant, for whoever shows a router's token; so it is for the program that routers call and
/// never for people.
public struct LoginCallbackService: Sendable {
    let context: ServiceContext

    /// Where callbacks come in, below the address in the setting `router.login-callback-url`; the token follows.
    public static let path = "/hooks/login/"

    /// As many callbacks of one router are taken at once, and one more each 100 ms.
    private static let pace = AddressThrottle.Policy(interval: .milliseconds(100), burst: 200)

    /// Takes a callback.
    ///
    /// Telling of the same login again changes nothing, and neither does telling of a user that is no voucher. The login was
    /// when the callback came: a router calls at once and gives up after ten seconds, while its own clock, which it tells as
    /// `at`, is let be wrong by two minutes and says nothing of its zone. So that is there for people who look at what a
    /// router sends, and is not asked for here.
    ///
    /// - Parameters:
    ///   - token: what the router shows.
    ///   - user: the name that was logged in with.
    ///   - hardwareAddress: the MAC address of the device, if the router told it.
    ///   - address: the network address of the device, if the router told it.
    /// - Throws: ``BillingError``: ``BillingError/Code/notFound`` for a token that is not, or no longer, a router's, and
    ///   where logins are not told of any more; ``BillingError/Code/throttled`` when a router tells too much.
    public func note(token: String, user: String, hardwareAddress: String? = nil, address: String? = nil) async throws {
        let unknown = BillingError(.notFound, "There is nothing at this address.")
        // The signature first: whoever made a token up costs the store nothing.
        guard let token = try LoginCallbackToken(token, keys: context.secrets) else { throw unknown }
        let isWanted = try await context.read(.system) { store in
            guard let router = try store.router(token.router), router.removedAt == nil,
                let nonce = try store.find(RouterCare.id(of: router.id))?.callbackNonce,
                ConstantTime.areEqual(nonce, token.nonce)
            else { return false }
            let id = Identifier<Settings>(high: router.tenant.high, low: router.tenant.low)
            let settings = try store.find(id) ?? Settings(tenant: router.tenant)
            return !settings[.loginCallbackURL].isEmpty
        }
        guard isWanted else { throw unknown }
        let now = context.environment.now()
        let verdict = context.callbacks.withLock {
            $0[token.router, default: AddressThrottle()].admit(at: now, Self.pace)
        }
        guard verdict == .admitted else {
            throw BillingError(.throttled, "This router tells of too many logins at once.")
        }
        guard (1...64).contains(user.utf8.count) else { return }
        let login = ObservedLogin(
            username: user,
            device: hardwareAddress.flatMap { DeviceAddress($0) },
            source: .callback,
            receivedAt: now
        )
        try await ProvisioningService(context: context).noteFirstLogin(login, on: token.router)
    }
}
