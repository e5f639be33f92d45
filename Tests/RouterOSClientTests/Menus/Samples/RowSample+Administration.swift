import RouterOSClient

extension RowSample {
    /// The rows of users and RADIUS.
    static let administration = [
        RowSample(
            RADIUSServer.self,
            """
            .id=*1
            service=hotspot,ppp
            called-id=
            domain=lake
            address=10.10.0.1
            secret=canary
            authentication-port=1812
            accounting-port=1813
            timeout=300ms
            accounting-backup=false
            realm=
            protocol=udp
            certificate=none
            src-address=0.0.0.0
            require-message-auth=yes-for-request-resp
            radsec-timeout=3s300ms
            disabled=false
            comment=billing
            """
        ),
        RowSample(
            RADIUSIncoming.self,
            """
            accept=true
            port=3799
            vrf=main
            """
        ),
        RowSample(
            RouterUser.self,
            """
            .id=*2
            name=billing
            group=billing
            password=canary
            address=10.10.0.1/32
            inactivity-timeout=10m
            inactivity-policy=none
            last-logged-in=2026-02-01 10:00:00
            expired=false
            disabled=false
            comment=the billing server
            """
        ),
        RowSample(
            RouterUserGroup.self,
            """
            .id=*4
            name=billing
            policy=api,read,write,policy,test,!ftp,!ssh
            skin=default
            comment=least rights
            """
        ),
        RowSample(
            RouterUserSession.self,
            """
            .id=*68
            when=2026-02-01 10:00:00
            name=billing
            address=10.10.0.1
            via=api
            group=billing
            radius=false
            """
        ),
    ]
}
