/// What is taken over from elsewhere: users that stand on a router already, mikhmon's state, lists of routers.
///
/// Everything can be planned first: a plan changes nothing and says what would be done. It is carried out as a whole or not
/// at all. Nothing here talks to routers: the caller reads them.
public struct ImportService: Sendable {
    let session: BillingSession
}
