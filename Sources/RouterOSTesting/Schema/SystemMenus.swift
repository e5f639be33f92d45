extension MenuLibrary {
    /// `/system` but for what runs scripts.
    static let systemMenus = """
        menu /system/identity settings
        prints oid
        verbs set
        setting name text default MikroTik

        menu /system/resource record
        prints oid
        verbs monitor
        argument monitor once text
        argument monitor duration duration
        argument monitor interval duration
        argument monitor freeze-frame-interval duration since 7.22
        argument monitor .proplist text
        argument monitor proplist text since 7.20
        argument monitor without-paging text
        fact uptime duration
        fact version text
        fact build-time date
        fact factory-software text
        fact free-memory integer
        fact total-memory integer
        fact cpu text
        fact cpu-count integer
        fact cpu-frequency integer
        fact cpu-load integer
        fact free-hdd-space integer
        fact total-hdd-space integer
        fact write-sect-since-reboot integer
        fact write-sect-total integer
        fact bad-blocks text
        fact architecture-name text
        fact board-name text
        fact platform text

        ; One record with an attribute for each sensor, and since 7 a row for each.
        menu /system/health settings until 6.49
        prints oid
        fact voltage text default 24.1
        fact temperature text default 41

        menu /system/health table since 7.1
        prints oid
        fact name text
        fact value text
        fact type text
        row *D name=voltage value=24.1 type=V
        row *E name=temperature value=41 type=C

        menu /system/clock settings
        verbs set
        setting time time default 00:00:00
        setting date date default jan/02/1970 until 7.9
        setting date date default 1970-01-02 since 7.10
        setting time-zone-autodetect flag default true
        setting time-zone-name text default manual
        fact gmt-offset text default +00:00
        fact dst-active flag default false

        menu /system/ntp/client settings
        verbs set
        verbs reset-freq-drift since 7.1
        setting enabled flag default false
        setting primary-ntp address default 0.0.0.0 until 6.49
        setting secondary-ntp address default 0.0.0.0 until 6.49
        setting server-dns-names text... default "" until 6.49
        fact mode text default unicast until 6.49
        setting mode broadcast|manycast|multicast|unicast default unicast since 7.1
        setting servers text... default "" since 7.1
        setting vrf text default main since 7.1
        fact freq-drift text default 0%20PPM since 7.1
        fact status text default stopped since 7.1

        menu /system/backup commands
        verbs save load
        argument save name text
        argument save password text
        argument save encryption aes-sha256|rc4
        argument save dont-encrypt flag
        argument load name text required
        argument load password text
        argument load force-v6-to-v7-configuration-upgrade flag since 7.1

        menu /system/license settings
        prints oid
        verbs generate-new-id renew since 7.1
        argument renew account text
        argument renew password text
        argument renew level text
        argument renew duration duration
        argument renew interval duration
        argument renew once text
        argument renew without-paging text
        argument renew freeze-frame-interval duration since 7.22
        fact software-id text default RSIM-0001
        fact system-id text
        fact upgradable-to text default v8.x until 6.49
        fact nlevel integer default 6
        fact level text
        fact features text default ""
        fact deadline-at date

        menu /system/package table
        verbs disable enable downgrade uninstall unschedule
        verbs apply-changes since 7.18
        fact name text
        fact version text
        fact build-time date
        fact scheduled text default ""
        fact disabled flag default false
        row *1 name=system version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *2 name=security version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *3 name=ppp version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *4 name=hotspot version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *5 name=dhcp version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *6 name=advanced-tools version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *7 name=user-manager version=@release build-time=feb/20/2025%2009:33:10 until 6.49
        row *1 name=routeros version=@release build-time=feb/20/2025%2009:33:10 since 7.1 until 7.9
        row *2 name=user-manager version=@release build-time=feb/20/2025%2009:33:10 since 7.1 until 7.9
        row *1 name=routeros version=@release build-time=2025-02-20%2009:33:10 since 7.10
        row *2 name=user-manager version=@release build-time=2025-02-20%2009:33:10 since 7.10
        """
}
