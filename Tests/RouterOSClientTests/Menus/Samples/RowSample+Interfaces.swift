import RouterOSClient

extension RowSample {
    /// The rows of interfaces and their queues.
    static let interfaces = [
        RowSample(
            NetworkInterface.self,
            """
            .id=*1
            name=ether1
            default-name=ether1
            type=ether
            mtu=1500
            actual-mtu=1500
            l2mtu=1592
            max-l2mtu=9570
            mac-address=48:A9:8A:0A:0B:0C
            vrf=main
            last-link-up-time=aug/07/2021 14:01:13 -> 2021-08-07 14:01:13
            last-link-down-time=2026-02-01 10:00:00
            link-downs=2
            rx-byte=9876543210123
            tx-byte=123
            rx-packet=10
            tx-packet=11
            rx-drop=1
            tx-drop=2
            tx-queue-drop=3
            rx-error=4
            tx-error=5
            running=true
            slave=false
            dynamic=false
            disabled=false
            comment=uplink
            """
        ),
        RowSample(
            SimpleQueue.self,
            """
            .id=*7
            name=office
            target=10.9.0.5/32,ether2
            dst=ether1
            parent=none
            packet-marks=voip,web
            priority=8/8
            queue=default-small/default-small
            limit-at=0/0
            max-limit=10000000/2000000 -> 10M/2M
            burst-limit=12M/3M
            burst-threshold=8M/1M
            burst-time=8s/8s
            bucket-size=0.1/0.1
            time=8h-17h,mon
            total-queue=default-small
            total-priority=8
            total-limit-at=0
            total-max-limit=20M
            total-burst-limit=0
            total-burst-threshold=0
            total-burst-time=0s
            total-bucket-size=0.1
            bytes=18446744073709551615/2
            packets=3/4
            dropped=0/1
            rate=0bps/34500bps -> 0/34500
            packet-rate=0/12
            queued-bytes=0/0
            queued-packets=0/0
            pcq-queues=3/5
            dynamic=false
            invalid=false
            disabled=false
            comment=contract 12
            """
        ),
    ]
}
