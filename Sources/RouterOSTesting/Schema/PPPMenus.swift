extension MenuLibrary {
    /// `/ppp` and the PPPoE server.
    static let pppMenus = """
        menu /ppp/secret table
        prints show-sensitive since 7.22
        verbs add set remove enable disable comment unset
        setting name text required
        setting service any|async|l2tp|ovpn|pppoe|pptp|sstp default any
        setting caller-id text default ""
        setting password text sensitive default ""
        setting profile @/ppp/profile default *0
        setting local-address address
        setting remote-address address
        setting remote-ipv6-prefix text
        setting routes text default ""
        setting ipv6-routes text default "" since 7.1
        setting limit-bytes-in bytes default 0
        setting limit-bytes-out bytes default 0
        fact last-logged-out date default jan/01/1970%2000:00:00 until 7.9
        fact last-logged-out date default 1970-01-01%2000:00:00 since 7.10
        fact last-caller-id text default "" since 6.45
        fact last-disconnect-reason text default "" since 6.45
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: secret with the same name already exists

        menu /ppp/profile table
        verbs add set remove comment unset
        setting name text required
        setting local-address address|@/ip/pool
        setting remote-address address|@/ip/pool
        setting remote-ipv6-prefix-pool none|text
        setting dhcpv6-pd-pool none|text
        setting dhcpv6-lease-time duration since 7.20
        setting dhcpv6-use-radius flag since 7.20
        setting remote-ipv6-prefix-reuse flag since 7.20
        setting bridge none|@/interface
        setting bridge-horizon none|integer
        setting bridge-learning default|no|yes default default
        setting bridge-path-cost integer
        setting bridge-port-priority text
        setting bridge-port-vid 1..4094 since 7.18
        setting bridge-port-trusted flag since 7.18
        setting session-timeout duration
        setting idle-timeout duration
        setting use-ipv6 default|no|required|yes default yes
        setting use-mpls default|no|required|yes default default
        setting use-compression default|no|yes default default
        setting use-vj-compression default|no|yes default default until 6.49
        setting use-encryption default|no|required|yes default default
        setting only-one default|no|yes default default
        setting change-tcp-mss default|no|yes default default
        setting use-upnp default|no|yes default default
        setting rate-limit text
        setting insert-queue-before first|bottom|@/queue/simple
        setting parent-queue none|@/queue/simple
        setting queue-type @/queue/type
        setting address-list text default ""
        setting interface-list text
        setting dns-server address...
        setting wins-server address...
        setting incoming-filter text
        setting outgoing-filter text
        setting on-up text default ""
        setting on-down text default ""
        fact default flag default false
        setting comment text
        key name
        duplicate failure: profile with the same name already exists
        row *0 name=default change-tcp-mss=yes default=true
        row *FFFFFFFE name=default-encryption use-encryption=yes change-tcp-mss=yes default=true

        menu /ppp/active rows
        verbs remove
        fact name text
        fact service text
        fact caller-id text
        fact address address
        fact uptime duration
        fact encoding text
        fact session-id text
        fact limit-bytes-in integer
        fact limit-bytes-out integer
        fact radius flag
        fact bytes integer/integer with stats
        fact packets integer/integer with stats
        fact comment text

        menu /ppp/aaa settings
        verbs set
        setting use-radius flag default false
        setting accounting flag default true
        setting interim-update duration default 0s
        setting use-circuit-id-in-nas-port-id flag default false since 6.44
        setting enable-ipv6-accounting flag default false since 7.16

        menu /interface/pppoe-server/server table
        verbs add set remove enable disable comment
        setting service-name text default ""
        setting interface @/interface required
        setting max-mtu auto|integer default auto
        setting max-mru auto|integer default auto
        setting mrru disabled|integer default disabled
        setting authentication pap|chap|mschap1|mschap2... default pap,chap,mschap1,mschap2
        setting keepalive-timeout disabled|integer default 10
        setting one-session-per-host flag default false
        setting max-sessions unlimited|integer default unlimited
        setting pado-delay integer default 0
        setting default-profile @/ppp/profile default *0
        setting accept-empty-service flag default true since 7.1
        setting pppoe-over-vlan-range text default "" since 7.18
        setting accept-untagged flag default true since 7.20
        fact invalid flag default false
        setting disabled flag default true
        setting comment text
        """
}
