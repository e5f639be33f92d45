extension MenuLibrary {
    /// The user manager of RouterOS 7.
    static let userManagerMenus = """
        menu /user-manager settings since 7.1
        verbs set monitor generate-report
        argument monitor once text
        argument monitor duration duration
        argument monitor interval duration
        argument monitor freeze-frame-interval duration since 7.22
        argument monitor .proplist text
        argument monitor proplist text since 7.20
        argument monitor without-paging text
        argument generate-report columns text
        argument generate-report report-template text
        setting enabled flag default false
        setting authentication-port 1..65535 default 1812
        setting accounting-port 1..65535 default 1813
        setting certificate *0|none|@/certificate default *0
        setting radsec-certificate *0|none|@/certificate default *0 since 7.22
        setting use-profiles flag default false
        setting require-message-auth no|yes-access-request default yes-access-request since 7.16

        menu /user-manager/user table since 7.1
        prints show-sensitive since 7.22
        verbs add set remove enable disable comment add-batch-users generate-voucher monitor
        argument monitor once text
        argument monitor duration duration
        argument monitor interval duration
        argument monitor freeze-frame-interval duration since 7.22
        argument monitor .proplist text
        argument monitor proplist text since 7.20
        argument monitor without-paging text
        argument generate-voucher voucher-template text
        argument add-batch-users number-of-users integer
        argument add-batch-users username-prefix text
        argument add-batch-users username-length integer
        argument add-batch-users username-characters uppercase|lowercase|numbers...
        argument add-batch-users password-length integer
        argument add-batch-users password-characters uppercase|lowercase|numbers...
        argument add-batch-users profile @/user-manager/profile
        argument add-batch-users group @/user-manager/user/group
        argument add-batch-users shared-users unlimited|integer
        argument add-batch-users caller-id text
        argument add-batch-users comment text
        argument add-batch-users disabled flag
        setting name text required
        setting password text sensitive default ""
        setting otp-secret text sensitive default ""
        setting group @/user-manager/user/group default *0
        setting shared-users unlimited|integer default 1
        setting attributes text default ""
        setting caller-id text
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: user with the same name already exists

        menu /user-manager/user/group table since 7.1
        verbs add set remove comment
        setting name text required
        setting outer-auths pap|chap|mschap1|mschap2|eap-tls|eap-ttls|eap-peap|eap-mschap2... default ""
        setting inner-auths ttls-pap|ttls-chap|ttls-mschap1|ttls-mschap2|peap-mschap2... default ""
        setting attributes text default ""
        fact default flag default false
        fact default-name text
        setting comment text
        key name
        duplicate failure: group with the same name already exists
        row *0 name=default default-name=default outer-auths=pap,chap,mschap1,mschap2,eap-tls,eap-ttls,eap-peap,eap-mschap2 inner-auths=ttls-pap,ttls-chap,ttls-mschap1,ttls-mschap2,peap-mschap2 default=true
        row *1 name=default-anonymous default-name=default-anonymous outer-auths=eap-ttls,eap-peap inner-auths=ttls-pap,ttls-chap,ttls-mschap1,ttls-mschap2,peap-mschap2 default=true

        menu /user-manager/profile table since 7.1
        verbs add set remove comment
        setting name text required
        setting name-for-users text default ""
        setting validity unlimited|duration default unlimited
        setting starts-when assigned|first-auth default assigned
        setting price decimal default 0
        setting override-shared-users off|unlimited|integer default off
        setting comment text
        key name
        duplicate failure: profile with the same name already exists

        menu /user-manager/limitation table since 7.1
        verbs add set remove comment
        setting name text required
        setting download-limit bytes default 0
        setting upload-limit bytes default 0
        setting transfer-limit bytes default 0
        setting uptime-limit duration default 0s
        setting rate-limit-rx rate default 0
        setting rate-limit-tx rate default 0
        setting rate-limit-burst-rx rate default 0
        setting rate-limit-burst-tx rate default 0
        setting rate-limit-burst-threshold-rx rate default 0
        setting rate-limit-burst-threshold-tx rate default 0
        setting rate-limit-burst-time-rx duration default 0s
        setting rate-limit-burst-time-tx duration default 0s
        setting rate-limit-min-rx rate default 0
        setting rate-limit-min-tx rate default 0
        setting rate-limit-priority 0..8 default 0
        setting reset-counters-interval disabled|hourly|daily|weekly|monthly default disabled
        setting reset-counters-start-time date
        setting comment text
        key name
        duplicate failure: limitation with the same name already exists

        menu /user-manager/profile-limitation table since 7.1
        verbs add set remove comment
        setting profile @/user-manager/profile required
        setting limitation @/user-manager/limitation required
        setting from-time time default 00:00:00
        setting till-time time default 23:59:59
        setting weekdays sunday|monday|tuesday|wednesday|thursday|friday|saturday... default sunday,monday,tuesday,wednesday,thursday,friday,saturday
        setting comment text

        menu /user-manager/user-profile table since 7.1
        verbs add remove activate-user-profile
        setting user @/user-manager/user required
        setting profile @/user-manager/profile required
        fact state waiting|running|running-active|used default waiting
        fact end-time date

        menu /user-manager/session rows since 7.1
        verbs remove close-session
        fact user text
        fact acct-session-id text
        fact nas-ip-address address
        fact nas-port-id text
        fact nas-port-type text
        fact calling-station-id text
        fact user-address address
        fact download integer
        fact upload integer
        fact uptime duration
        fact status text...
        fact started date
        fact ended date
        fact terminate-cause text
        fact active flag

        menu /user-manager/payment table since 7.1
        verbs add set remove
        setting user @/user-manager/user required
        setting profile @/user-manager/profile required
        setting price decimal default 0
        setting currency text default ""
        setting method text default ""
        setting trans-start date
        setting trans-end date
        setting trans-status started|pending|approved|declined|error|timeout|aborted|user-approved default started
        setting user-message text default ""

        menu /user-manager/router table since 7.1
        prints show-sensitive since 7.22
        verbs add set remove enable disable comment monitor reset-counters
        argument monitor once text
        argument monitor duration duration
        argument monitor interval duration
        argument monitor freeze-frame-interval duration since 7.22
        argument monitor .proplist text
        argument monitor proplist text since 7.20
        argument monitor without-paging text
        setting name text required
        setting address address|text required
        setting shared-secret text sensitive default ""
        setting coa-port 1..65535 default 3799
        setting protocol radsec|udp default udp since 7.22
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: router with the same name already exists

        menu /user-manager/attribute table since 7.1
        verbs add set remove
        setting name text required
        setting vendor-id standard|integer default standard
        setting type-id 1..255 required
        setting value-type hex|ip-address|ip6-prefix|macro|string|uint32 default string
        setting packet-types access-accept|access-challenge... default access-accept
        fact default flag default false
        fact default-name text
        key name
        duplicate failure: attribute with the same name already exists
        """
}
