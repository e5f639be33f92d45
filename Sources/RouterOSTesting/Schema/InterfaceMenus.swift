extension MenuLibrary {
    /// `/interface`: five ports and a bridge.
    static let interfaceMenus = """
        menu /interface table
        prints oid stats stats-detail
        verbs set enable disable comment reset-counters blink monitor-traffic
        verbs recursive-print since 7.20
        argument monitor-traffic interface text required
        argument monitor-traffic once text
        argument monitor-traffic duration duration
        argument monitor-traffic interval duration
        argument monitor-traffic freeze-frame-interval duration since 7.22
        argument monitor-traffic .proplist text
        argument monitor-traffic proplist text since 7.20
        argument monitor-traffic without-paging text
        setting name text required
        fact default-name text
        fact type text default ether
        setting mtu auto|68..65535 default 1500
        fact actual-mtu integer default 1500
        setting l2mtu 0..65535
        fact max-l2mtu integer
        fact mac-address mac
        fact last-link-down-time date
        fact last-link-up-time date
        counter link-downs integer default 0 volatile
        fact vrf text since 7.18
        counter rx-byte integer default 0 volatile
        counter tx-byte integer default 0 volatile
        counter rx-packet integer default 0 volatile
        counter tx-packet integer default 0 volatile
        counter rx-drop integer default 0 volatile
        counter tx-drop integer default 0 volatile
        counter tx-queue-drop integer default 0 volatile
        counter rx-error integer default 0 volatile
        counter tx-error integer default 0 volatile
        counter fp-rx-byte integer default 0 volatile
        counter fp-tx-byte integer default 0 volatile
        counter fp-rx-packet integer default 0 volatile
        counter fp-tx-packet integer default 0 volatile
        fact running flag default true
        fact slave flag default false
        fact dynamic flag
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: already have interface with such name
        row *1 name=ether1 default-name=ether1 l2mtu=1596 max-l2mtu=2026 mac-address=48:A9:8A:10:00:01
        row *2 name=ether2 default-name=ether2 l2mtu=1596 max-l2mtu=2026 mac-address=48:A9:8A:10:00:02 slave=true
        row *3 name=ether3 default-name=ether3 l2mtu=1596 max-l2mtu=2026 mac-address=48:A9:8A:10:00:03 slave=true
        row *4 name=ether4 default-name=ether4 l2mtu=1596 max-l2mtu=2026 mac-address=48:A9:8A:10:00:04 running=false slave=true
        row *5 name=ether5 default-name=ether5 l2mtu=1596 max-l2mtu=2026 mac-address=48:A9:8A:10:00:05 running=false slave=true
        row *6 name=bridge type=bridge mtu=auto l2mtu=1596 mac-address=48:A9:8A:10:00:02
        """
}
