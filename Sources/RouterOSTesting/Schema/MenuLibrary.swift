import RouterOSProtocol
import Synchronization

/// The menus of every release, read once and shared by all routers of a process.
///
/// What clients may write, and the verbs, are those of the public-domain inspect dumps of tikoci/restraml for nine releases from 7.9 to
/// 7.24. Left out on purpose: `add`, `set` and `comment` of `/ip/hotspot/active`, `set` of `/ip/pool/used` and `/system/script/job`, and
/// `add` of sessions and signed-in users, none of which does anything on a router; and `state-after-reboot` of `/system/health`, which
/// few boards have. Releases before 7.9 follow the manuals.
enum MenuLibrary {
    /// Everything the simulator knows of menus.
    static let texts = [
        hotspotMenus, hotspotClientMenus, pppMenus, interfaceMenus, queueMenus, systemMenus, scriptMenus, toolMenus,
        ipMenus,
        userMenus,
        userManagerMenus, oldUserManagerMenus, certificateMenus,
    ]

    private static let cache = Mutex<[RouterOSVersion: [String: Menu]]>([:])

    /// Every menu of a release, by path.
    static func menus(of release: RouterOSVersion) -> [String: Menu] {
        cache.withLock { cache in
            if let menus = cache[release] { return menus }
            var menus: [String: Menu] = [:]
            for text in texts {
                // The tests read every text for every release; a menu that nobody can read is one the router lacks.
                for menu in (try? MenuText.menus(text, of: release)) ?? [] { menus[menu.path] = menu }
            }
            cache[release] = menus
            return menus
        }
    }
}
