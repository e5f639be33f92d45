import RouterOSClient

extension RowSample {
    /// The rows of PPP.
    static let ppp = [
        RowSample(
            PPPProfile.self,
            """
            .id=*A
            name=10M
            local-address=10.9.0.1
            remote-address=pppoe-pool
            remote-ipv6-prefix-pool=none
            dhcpv6-pd-pool=pd
            dhcpv6-lease-time=1d
            dhcpv6-use-radius=false
            remote-ipv6-prefix-reuse=false
            bridge=bridge1
            bridge-horizon=1
            bridge-learning=default
            bridge-path-cost=10
            bridge-port-priority=0x80
            bridge-port-vid=10
            bridge-port-trusted=false
            session-timeout=8h
            idle-timeout=none
            use-ipv6=true
            use-mpls=default
            use-compression=default
            use-encryption=required
            use-upnp=default
            only-one=yes
            change-tcp-mss=default
            address-list=payers
            interface-list=customers
            dns-server=10.9.0.1,9.9.9.9
            wins-server=10.9.0.2
            rate-limit=5M/10M 6M/12M 4M/8M 10s/10s 8 1M/1M
            parent-queue=none
            queue-type=default-small
            insert-queue-before=first
            incoming-filter=in
            outgoing-filter=out
            on-up=:log info "up"
            on-down=:log info "down"
            default=false
            comment=sold
            """
        ),
        RowSample(
            PPPAAA.self,
            """
            use-radius=false
            accounting=true
            interim-update=0s
            use-circuit-id-in-nas-port-id=false
            enable-ipv6-accounting=false
            """
        ),
        RowSample(
            PPPoEServer.self,
            """
            .id=*1
            service-name=lake
            interface=bridge-lan
            max-mtu=auto
            max-mru=1480
            mrru=disabled
            authentication=pap,chap,mschap1,mschap2
            keepalive-timeout=10 -> 10s
            one-session-per-host=true
            max-sessions=unlimited
            pado-delay=0 -> 0s
            default-profile=10M
            accept-empty-service=true
            pppoe-over-vlan-range=10-20
            accept-untagged=true
            invalid=false
            disabled=false
            comment=tower 2
            """
        ),
    ]
}
