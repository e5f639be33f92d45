extension MenuLibrary {
    /// Who is on a hotspot, and what may pass without a login.
    static let hotspotClientMenus = """
        menu /ip/hotspot/active rows
        prints oid stats status
        verbs remove login
        argument login user text required
        argument login password text
        argument login ip address
        argument login mac-address mac
        argument login domain text
        fact server @/ip/hotspot
        fact user text
        fact domain text
        fact address address
        fact mac-address mac
        fact login-by text
        fact uptime duration
        fact session-time-left duration
        fact idle-time duration
        fact idle-timeout duration
        fact keepalive-timeout duration
        fact bytes-in integer
        fact bytes-out integer
        fact packets-in integer
        fact packets-out integer
        fact limit-bytes-in integer
        fact limit-bytes-out integer
        fact limit-bytes-total integer
        fact advertisement text
        fact radius flag
        fact blocked flag
        fact comment text

        menu /ip/hotspot/host rows
        prints bytes packets status
        verbs remove make-binding
        argument make-binding comment text
        argument make-binding type regular|bypassed|blocked
        fact mac-address mac
        fact address address
        fact to-address address
        fact server @/ip/hotspot
        fact bridge-port text
        fact vlan-id text
        fact uptime duration
        fact idle-time duration
        fact idle-timeout none|duration
        fact keepalive-timeout none|duration
        fact host-dead-time duration
        fact http-proxy text
        fact bytes-in integer
        fact bytes-out integer
        fact packets-in integer
        fact packets-out integer
        fact found-by text
        fact static flag
        fact DHCP flag
        fact dynamic flag
        fact authorized flag
        fact bypassed flag
        fact comment text

        menu /ip/hotspot/cookie rows
        verbs remove
        fact user text
        fact domain text
        fact mac-address mac
        fact expires-in duration
        fact mac-cookie flag

        menu /ip/hotspot/ip-binding table
        verbs add set remove enable disable comment move
        setting mac-address mac
        setting address range
        setting to-address address
        setting server all|@/ip/hotspot absent all
        setting type regular|bypassed|blocked default regular
        fact bypassed flag when type=bypassed
        fact blocked flag when type=blocked
        setting disabled flag default false
        setting comment text

        menu /ip/hotspot/walled-garden table
        verbs add set remove enable disable comment move reset-counters reset-counters-all unset
        setting action allow|deny default allow
        setting server all|@/ip/hotspot absent all
        setting src-address !prefix
        setting method text
        setting dst-host text
        setting dst-port text
        setting path text
        fact dst-address address
        counter hits integer default 0 volatile
        fact dynamic flag default false
        setting disabled flag default false
        setting comment text

        menu /ip/hotspot/walled-garden/ip table
        verbs add set remove enable disable comment move unset
        setting action accept|drop|reject default accept
        setting server all|@/ip/hotspot absent all
        setting src-address !prefix
        setting src-address-list text
        setting dst-address !range
        setting dst-address-list text
        setting dst-host text
        setting dst-port text
        setting protocol text
        fact dynamic flag default false
        fact invalid flag default false
        setting disabled flag default false
        setting comment text

        menu /ip/hotspot/service-port table
        verbs set enable disable
        fact name text
        setting ports 1..65535... default ""
        setting disabled flag default false
        row *0 name=ftp ports=21
        """
}
