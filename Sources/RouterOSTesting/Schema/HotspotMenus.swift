extension MenuLibrary {
    /// What is set up for a hotspot: `/ip/hotspot`, its profiles, users and their profiles.
    static let hotspotMenus = """
        menu /ip/hotspot table
        verbs add set remove enable disable reset-html setup
        setting name text required
        setting interface @/interface required
        setting address-pool none|@/ip/pool default none
        setting profile @/ip/hotspot/profile default *0
        setting idle-timeout none|duration default 5m
        setting keepalive-timeout none|duration default none
        setting login-timeout none|duration default none
        setting addresses-per-mac unlimited|1..4294967295 default 2
        fact ip-of-dns-name address
        fact proxy-status text default running
        fact HTTPS flag default false
        fact invalid flag default false
        ; An export of every real router says disabled=no of a server in use: a new one is off.
        setting disabled flag default true
        key name
        duplicate failure: already have such name
        row *1 name=hotspot1 interface=*6 address-pool=*1 profile=*1 ip-of-dns-name=10.5.50.1 disabled=false

        menu /ip/hotspot/profile table
        prints show-sensitive since 7.24
        verbs add set remove
        setting name text required
        setting hotspot-address address default 0.0.0.0
        setting dns-name text default ""
        setting html-directory text default hotspot
        setting html-directory-override text default "" since 6.44
        setting rate-limit text default ""
        setting http-proxy text default 0.0.0.0:0
        setting smtp-server address default 0.0.0.0
        ; The word "mac", which is also the name of a kind.
        setting login-by %6Dac|cookie|http-chap|https|http-pap|trial|mac-cookie... default cookie,http-chap
        setting mac-auth-mode mac-as-username|mac-as-username-and-password
        setting mac-auth-password text sensitive
        setting http-cookie-lifetime duration default 3d
        setting ssl-certificate none|@/certificate
        setting split-user-domain flag default false
        setting use-radius flag default false
        setting radius-accounting flag
        setting radius-interim-update received|duration
        setting radius-default-domain text
        setting radius-location-id text
        setting radius-location-name text
        setting radius-mac-format XX:XX:XX:XX:XX:XX|XXXX:XXXX:XXXX|XXXXXX:XXXXXX|XX-XX-XX-XX-XX-XX|XXXXXX-XXXXXX|XXXXXXXXXXXX|XX%20XX%20XX%20XX%20XX%20XX
        setting nas-port-type cable|ethernet|wireless-802.11|virtual|0..4294967295
        setting trial-uptime text until 6.49
        setting trial-uptime-limit duration since 7.1
        setting trial-uptime-reset duration since 7.1
        setting trial-user-profile @/ip/hotspot/user/profile
        setting install-hotspot-queue flag default false
        fact default flag default false
        key name
        duplicate failure: profile with the same name already exists
        row *0 name=default default=true
        row *1 name=hsprof1 hotspot-address=10.5.50.1

        menu /ip/hotspot/user/profile table
        verbs add set remove unset
        setting name text required
        setting address-pool none|@/ip/pool default none
        setting session-timeout none|duration
        setting idle-timeout none|duration default none
        setting keepalive-timeout none|duration default 2m
        setting status-autorefresh none|duration default 1m
        setting shared-users unlimited|1..4294967295 default 1
        setting add-mac-cookie flag default true
        setting mac-cookie-timeout duration default 3d
        setting rate-limit text
        setting insert-queue-before first|bottom|@/queue/simple
        setting parent-queue none|@/queue/simple
        setting queue-type @/queue/type
        setting address-list text default ""
        setting incoming-filter text
        setting outgoing-filter text
        setting incoming-packet-mark text
        setting outgoing-packet-mark text
        setting on-login text
        setting on-logout text
        setting transparent-proxy flag default false
        setting open-status-page always|http-login
        setting advertise flag
        setting advertise-url text
        setting advertise-interval duration...
        setting advertise-timeout immediately|never|duration
        fact default flag default false
        key name
        duplicate failure: profile with the same name already exists
        row *0 name=default default=true

        menu /ip/hotspot/user table
        prints bytes packets
        prints show-sensitive since 7.22
        verbs add set remove enable disable comment reset-counters
        setting server all|@/ip/hotspot absent all
        setting name text required
        setting password text sensitive
        setting address address
        setting mac-address mac
        setting profile @/ip/hotspot/user/profile default *0
        setting routes text
        setting email text
        setting limit-uptime duration
        setting limit-bytes-in bytes
        setting limit-bytes-out bytes
        setting limit-bytes-total bytes
        setting otp-secret text sensitive since 7.22
        counter uptime duration default 0s
        counter bytes-in integer default 0
        counter bytes-out integer default 0
        counter packets-in integer default 0
        counter packets-out integer default 0
        fact dynamic flag default false
        ; True of the user that counts for trials, which a router makes when trials are switched on.
        fact default flag
        setting disabled flag default false
        setting comment text
        key name server
        duplicate failure: already have user with this name for this server
        """
}
