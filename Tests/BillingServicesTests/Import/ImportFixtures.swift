import BillingDomain
import BillingServices
import TestSupport

extension HotspotState {
    /// A router of a mikhmon shop with the given users, read at the instant at which ``ManualClock`` stands.
    static func fixture(
        users: [HotspotUserText] = [HotspotUserText(name: "A7K2", password: "A7K2", profile: "1day")],
        profiles: [Profile] = [
            Profile(name: "1day", onLogin: ":put (\",remc,1000,1d,1500,,Disable,\"); {:local x 1}")
        ],
        saleRows: [String] = [],
        presets: [String] = [],
        at now: Timestamp = ManualClock().now
    ) -> HotspotState {
        let zone = FixedOffsetCalendar(seconds: 3 * 3_600)
        return HotspotState(
            users: users,
            profiles: profiles,
            saleRows: saleRows,
            presets: presets,
            readAt: now,
            clock: zone.local(now),
            secondsFromUTC: zone.seconds
        )
    }
}

enum RouterList {
    static let header = "name,ip_address,api_port,username,password,region,district,lat,lng"
    static let sample = header + "\nLobby 2,10.0.0.2,8728,billing,canary-secret-1,Central,Kampala,0.3476,32.58\n"
}
