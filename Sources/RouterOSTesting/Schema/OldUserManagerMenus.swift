extension MenuLibrary {
    /// The user manager of RouterOS 6, a package of another design.
    static let oldUserManagerMenus = """
        menu /tool/user-manager/customer table until 6.49
        verbs add set remove enable disable
        setting login text required
        setting password text sensitive default ""
        setting permissions owner|full|read-write|read-only default owner
        setting parent text
        setting backup-allowed flag default false
        setting time-zone text default -00:00
        setting paypal-allowed flag default false
        setting disabled flag default false
        key login
        duplicate failure: already have such customer
        row *1 login=admin backup-allowed=true

        menu /tool/user-manager/user table until 6.49
        verbs add set remove enable disable comment reset-counters clear-profiles create-and-activate-profile
        argument create-and-activate-profile customer text required
        argument create-and-activate-profile profile text required
        setting customer text required
        setting username text required
        setting password text sensitive default ""
        setting shared-users unlimited|integer default 1
        setting caller-id text default ""
        setting ip-address address
        setting first-name text default ""
        setting last-name text default ""
        setting phone text default ""
        setting location text default ""
        setting email text default ""
        setting wireless-psk text default ""
        setting wireless-enc-key text default ""
        setting wireless-enc-algo none|104bit-wep|40bit-wep|aes-ccm|tkip default none
        setting reg-key text default ""
        fact actual-profile text
        counter uptime-used duration default 0s
        counter download-used integer default 0
        counter upload-used integer default 0
        fact last-seen never|date default never
        fact active-sessions integer default 0
        fact incomplete flag default false
        fact active flag default false
        setting disabled flag default false
        setting comment text
        key username
        duplicate failure: user with the same name already exists

        menu /tool/user-manager/profile table until 6.49
        verbs add set remove
        setting name text required
        setting owner text required
        setting name-for-users text default ""
        setting validity duration default 0s
        setting starts-at logon|now default now
        setting price decimal default 0
        setting override-shared-users off|unlimited|integer default off
        key name
        duplicate failure: profile with the same name already exists

        menu /tool/user-manager/profile/limitation table until 6.49
        verbs add set remove
        setting name text required
        setting owner text required
        setting download-limit bytes default 0
        setting upload-limit bytes default 0
        setting transfer-limit bytes default 0
        setting uptime-limit duration default 0s
        setting rate-limit-rx rate
        setting rate-limit-tx rate
        setting rate-limit-burst-rx rate
        setting rate-limit-burst-tx rate
        setting rate-limit-burst-threshold-rx rate
        setting rate-limit-burst-threshold-tx rate
        setting rate-limit-burst-time-rx duration
        setting rate-limit-burst-time-tx duration
        setting rate-limit-min-rx rate
        setting rate-limit-min-tx rate
        setting rate-limit-priority 1..8
        setting address-list text default ""
        setting ip-pool text default ""
        setting group-name text default ""
        key name
        duplicate failure: limitation with the same name already exists

        menu /tool/user-manager/profile/profile-limitation table until 6.49
        verbs add set remove
        setting profile @/tool/user-manager/profile required
        setting limitation @/tool/user-manager/profile/limitation required
        setting from-time time default 00:00:00
        setting till-time time default 23:59:59
        setting weekdays sunday|monday|tuesday|wednesday|thursday|friday|saturday... default sunday,monday,tuesday,wednesday,thursday,friday,saturday

        menu /tool/user-manager/session rows until 6.49
        verbs remove close-session
        fact customer text
        fact user text
        fact nas-port integer
        fact nas-port-type text
        fact nas-port-id text
        fact calling-station-id text
        fact acct-session-id text
        fact user-ip address
        fact host-ip address
        fact status text...
        fact from-time date
        fact till-time date
        fact terminate-cause text
        fact uptime duration
        fact download integer
        fact upload integer
        fact active flag

        menu /tool/user-manager/payment table until 6.49
        verbs add set remove
        setting customer text required
        setting user text required
        setting profile text
        setting price decimal default 0
        setting currency text default ""
        setting method text default ""
        setting trans-start date
        setting trans-end date
        setting trans-status started|pending|approved|declined|error|timeout|aborted|user-approved default started

        menu /tool/user-manager/router table until 6.49
        verbs add set remove enable disable
        setting customer text required
        setting name text required
        setting ip-address address required
        setting shared-secret text sensitive default ""
        setting use-coa flag default false
        setting coa-port 1..65535 default 1700
        setting log auth-fail|auth-ok|acct-fail|acct-ok... default auth-fail
        setting disabled flag default false
        key name
        duplicate failure: router with the same name already exists
        """
}
