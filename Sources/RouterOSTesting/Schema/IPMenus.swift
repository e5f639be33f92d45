extension MenuLibrary {
    /// `/ip` but for the hotspot.
    static let ipMenus = """
        menu /ip/service table
        verbs set enable disable
        verbs unset until 7.16
        fact name text
        setting port 1..65535 required
        setting address prefix... default ""
        setting certificate none|@/certificate
        setting tls-version any|only-1.2
        setting vrf text default main since 7.1
        setting max-sessions 1..1000 default 20 since 7.16
        setting available-from text since 7.24
        fact proto text default tcp since 7.16
        fact local text since 7.16
        fact remote text since 7.16
        fact connection flag since 7.16
        fact dynamic flag default false since 7.16
        fact invalid flag default false
        setting disabled flag default false
        row *0 name=telnet port=23
        row *1 name=ftp port=21
        row *2 name=www port=80
        row *3 name=ssh port=22
        row *4 name=www-ssl port=443 certificate=none tls-version=any disabled=true
        row *7 name=api port=8728
        row *8 name=winbox port=8291
        row *9 name=api-ssl port=8729 certificate=none tls-version=any

        menu /ip/pool table
        verbs add set remove comment
        setting name text required
        setting ranges range... required
        setting next-pool none|@/ip/pool
        fact total integer since 7.16
        fact used integer since 7.16
        fact available integer since 7.16
        setting comment text
        key name
        duplicate failure: pool with such name exists
        row *1 name=hs-pool-1 ranges=10.5.50.2-10.5.50.254

        menu /ip/pool/used rows
        fact pool @/ip/pool
        fact address address
        fact owner text
        fact info text

        menu /ip/address table
        verbs add set remove enable disable comment
        setting address prefix required
        setting network address
        ; Two other ways of saying what the length of the prefix says.
        setting netmask address hidden
        setting broadcast address hidden
        setting interface @/interface required
        fact actual-interface @/interface
        fact invalid flag default false
        fact dynamic flag default false
        setting disabled flag default false
        setting comment text
        key address interface
        duplicate failure: already have such address
        row *1 address=192.168.88.1/24 network=192.168.88.0 interface=*1 actual-interface=*1
        row *2 address=10.5.50.1/24 network=10.5.50.0 interface=*6 actual-interface=*6

        menu /ip/arp table
        dynamic removable
        verbs add set remove enable disable comment
        setting address address
        setting mac-address mac
        setting interface @/interface required
        setting published flag default false
        fact status text since 7.14
        fact invalid flag default false
        fact DHCP flag default false
        fact dynamic flag default false
        fact complete flag default true
        setting disabled flag default false
        setting comment text
        key address interface
        duplicate failure: already have such entry

        menu /ip/dhcp-server/lease table
        prints active
        dynamic removable
        verbs add set remove enable disable comment check-status make-static unset
        verbs send-reconfigure since 7.20
        setting address address|text
        setting mac-address mac
        setting client-id text
        setting address-lists text default ""
        setting server text absent all
        setting dhcp-option text default ""
        setting dhcp-option-set text
        setting lease-time duration
        setting rate-limit text
        setting block-access flag
        setting always-broadcast flag
        setting allow-dual-stack-queue flag
        setting use-src-mac flag
        setting insert-queue-before first|bottom|@/queue/simple
        setting parent-queue none|@/queue/simple since 7.1
        setting queue-type @/queue/type since 7.1
        setting routes text since 7.1
        setting agent-circuit-id text since 7.22
        setting agent-remote-id text since 7.22
        fact agent-circuit-id text until 7.21
        fact agent-remote-id text until 7.21
        fact status text default waiting
        fact expires-after duration
        fact last-seen never|duration default never
        fact active-address address
        fact active-mac-address mac
        fact active-client-id text
        fact active-server text
        fact host-name text
        fact src-mac-address mac
        fact class-id text since 7.1
        fact radius flag default false
        fact dynamic flag default false
        fact blocked flag default false
        setting disabled flag default false
        setting comment text

        menu /ip/dns settings
        verbs set
        setting servers text... default ""
        fact dynamic-servers text default ""
        setting use-doh-server text default "" since 6.47
        setting verify-doh-cert flag default false since 6.47
        setting doh-max-server-connections integer default 5 since 7.1
        setting doh-max-concurrent-queries integer default 50 since 7.1
        setting doh-timeout duration default 5s since 7.1
        setting allow-remote-requests flag default false
        setting max-udp-packet-size 50..65507 default 4096
        setting query-server-timeout duration default 2s
        setting query-total-timeout duration default 10s
        setting max-concurrent-queries integer default 100
        setting max-concurrent-tcp-sessions integer default 20
        setting cache-size integer default 2048
        setting cache-max-ttl duration default 1w
        setting address-list-extra-time duration default 0s since 7.10
        setting vrf text default main since 7.16
        setting mdns-repeat-ifaces text default "" since 7.16
        fact cache-used integer default 25

        menu /ip/firewall/address-list table
        dynamic editable
        verbs add set remove enable disable comment
        setting list text required
        setting address range|text required
        setting timeout duration
        fact creation-time date
        setting dynamic flag default false
        setting disabled flag default false
        setting comment text
        key list address
        duplicate failure: already have such entry
        """
}
