import RouterOSClient

extension RowSample {
    /// The rows of addresses and services.
    static let addresses = [
        RowSample(
            IPService.self,
            """
            .id=*8
            name=api-ssl
            port=8729
            address=10.10.0.0/16,192.0.2.7/32
            certificate=router
            tls-version=only-1.2
            vrf=main
            max-sessions=20
            available-from=mgmt
            proto=tcp
            local=10.10.0.2:8729
            remote=10.10.0.1:50000
            connection=false
            dynamic=false
            invalid=false
            disabled=false
            """
        ),
        RowSample(
            IPPool.self,
            """
            .id=*1
            name=guests
            ranges=10.5.50.10-10.5.50.200,10.5.51.7
            next-pool=none
            total=192
            used=3
            available=189
            comment=lobby
            """
        ),
        RowSample(
            IPPoolAddress.self,
            """
            .id=*1
            pool=guests
            address=10.5.50.23
            owner=hotspot
            info=48:A9:8A:01:02:03
            """
        ),
    ]
}
