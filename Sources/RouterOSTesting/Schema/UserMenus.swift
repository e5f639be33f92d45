extension MenuLibrary {
    /// Who may sign in to the router, and the servers it asks about others: `/user` and `/radius`.
    static let userMenus = """
        menu /user/group table
        verbs add set remove comment
        needs policy add set remove
        setting name text required
        setting policy switches:local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,dude,tikapp default "" until 6.49
        setting policy switches:local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,rest-api default "" since 7.1
        setting skin text default default
        setting comment text
        key name
        duplicate failure: group with the same name already exists
        row *1 name=read policy=local,telnet,ssh,reboot,read,test,winbox,password,web,sniff,sensitive,api,romon,tikapp,!ftp,!write,!policy,!dude until 6.49
        row *2 name=write policy=local,telnet,ssh,reboot,read,write,test,winbox,password,web,sniff,sensitive,api,romon,tikapp,!ftp,!policy,!dude until 6.49
        row *3 name=full policy=local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,dude,tikapp until 6.49
        row *1 name=read policy=local,telnet,ssh,reboot,read,test,winbox,password,web,sniff,sensitive,api,romon,rest-api,!ftp,!write,!policy since 7.1
        row *2 name=write policy=local,telnet,ssh,reboot,read,write,test,winbox,password,web,sniff,sensitive,api,romon,rest-api,!ftp,!policy since 7.1
        row *3 name=full policy=local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,rest-api since 7.1

        menu /user table
        prints show-sensitive since 7.22
        verbs add set remove enable disable comment
        verbs expire-password since 7.1
        verbs recursive-print since 7.20
        needs policy add set remove enable disable expire-password
        setting name text required
        setting group @/user/group required
        setting password text hidden
        setting address prefix... default ""
        setting inactivity-timeout duration default 10m since 7.16
        setting inactivity-policy lockscreen|logout|none default none since 7.16
        fact last-logged-in date
        fact expired flag default false since 7.1
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: user with the same name already exists

        menu /user/active rows
        verbs request-logout since 7.1 until 7.18
        verbs remove since 7.20
        needs policy request-logout remove
        fact when date
        fact name text
        fact address text
        fact via text
        fact group text since 6.44
        fact radius flag default false

        menu /radius table
        prints show-sensitive since 7.22
        verbs add set remove enable disable comment move monitor reset-counters
        argument monitor once text
        argument monitor duration duration
        argument monitor interval duration
        argument monitor freeze-frame-interval duration since 7.22
        argument monitor .proplist text
        argument monitor proplist text since 7.20
        argument monitor without-paging text
        setting service ppp|login|hotspot|wireless|dhcp|ipsec|dot1x... default ""
        setting called-id text default ""
        setting domain text default ""
        setting address address|text required
        setting secret text sensitive default ""
        setting authentication-port 1..65535 default 1812
        setting accounting-port 1..65535 default 1813
        setting timeout duration default 300ms
        setting accounting-backup flag default false
        setting realm text default ""
        setting protocol radsec|udp default udp since 6.46
        setting certificate none|@/certificate default none since 6.46
        setting src-address address|text default 0.0.0.0
        setting require-message-auth no|yes-for-request-resp default yes-for-request-resp since 7.16
        setting radsec-timeout duration default 3s300ms since 7.20
        setting disabled flag default false
        setting comment text

        menu /radius/incoming settings
        verbs set monitor reset-counters
        argument monitor once text
        argument monitor duration duration
        argument monitor interval duration
        argument monitor freeze-frame-interval duration since 7.22
        argument monitor .proplist text
        argument monitor proplist text since 7.20
        argument monitor without-paging text
        setting accept flag default false
        setting port 1..65535 default 3799
        setting vrf text default main since 7.1
        """
}
