import RouterOSClient

extension RowSample {
    /// The rows of the system.
    static let system = [
        RowSample(
            SystemClock.self,
            """
            time=14:01:13
            date=feb/29/2024 -> 2024-02-29
            time-zone-autodetect=false
            time-zone-name=Africa/Kampala
            gmt-offset=+03:00
            dst-active=false
            """
        ),
        RowSample(
            SystemScript.self,
            """
            .id=*1
            name=nightly
            owner=admin
            policy=read,write,test
            dont-require-permissions=false
            last-started=2026-02-01 03:00:00
            run-count=31
            source=:log info "night"
            invalid=false
            comment=keeps house
            """
        ),
        RowSample(
            SystemScriptJob.self,
            """
            .id=*8B
            script=nightly
            owner=admin
            type=scheduler
            policy=read,write,test
            started=2026-02-01 03:00:00
            """
        ),
        RowSample(
            SystemScheduler.self,
            """
            .id=*1
            name=nightly
            start-date=2026-01-01
            start-time=startup
            interval=1d
            days=mon,tue
            on-event=nightly
            owner=admin
            policy=read,write
            run-count=31
            next-run=2026-02-02 03:00:00
            disabled=false
            comment=keeps house
            """
        ),
        RowSample(
            SystemLicense.self,
            """
            software-id=ABCD-1234
            system-id=x0Ab
            nlevel=4
            level=p1
            upgradable-to=p-unlimited
            features=
            deadline-at=2026-12-24 00:00:00
            """
        ),
        RowSample(
            SystemPackage.self,
            """
            .id=*1
            name=routeros
            version=7.18.2
            build-time=2025-03-11 11:59:04
            scheduled=
            disabled=false
            """
        ),
        RowSample(
            RouterFile.self,
            """
            .id=*12
            name=flash/notes.txt
            type=.txt file
            size=12
            creation-time=jan/02/1970 00:01:02 -> 1970-01-02 00:01:02
            last-modified=2026-02-01 10:00:00
            contents=Hello=world!
            """
        ),
        RowSample(
            LogEntry.self,
            """
            .id=*2F0
            time=feb/01 10:20:30 -> 02-01 10:20:30
            topics=hotspot,info,debug
            message=A7K2 (10.5.50.23): logged in
            buffer=memory
            extra-info=
            """
        ),
    ]
}
