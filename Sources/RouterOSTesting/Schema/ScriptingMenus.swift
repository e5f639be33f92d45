extension MenuLibrary {
    /// What runs scripts and what they leave behind: `/system/script`, `/system/scheduler`, `/file` and `/log`.
    static let scriptMenus = """
        menu /system/script table
        verbs add set remove comment run
        verbs unset since 7.24
        argument run use-script-permissions text since 7.16
        setting name text required
        setting owner text
        setting policy ftp|reboot|read|write|policy|test|password|sniff|sensitive|romon|dude... default ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon
        setting dont-require-permissions flag default false
        fact last-started date
        fact run-count integer default 0
        setting source text default ""
        fact invalid flag default false
        setting comment text
        key name
        duplicate failure: item with such name already exists

        menu /system/script/job rows
        verbs remove
        fact script text
        fact owner text
        fact type text
        fact started date
        fact policy text
        fact comment text

        menu /system/scheduler table
        verbs add set remove enable disable comment
        verbs unset since 7.24
        setting name text required
        setting start-date date
        setting start-time startup|time
        setting interval duration default 0s
        setting days mon|tue|wed|thu|fri|sat|sun... since 7.24
        setting on-event text default ""
        fact owner text
        setting policy ftp|reboot|read|write|policy|test|password|sniff|sensitive|romon|dude... default ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon
        fact run-count integer default 0 volatile
        fact next-run date
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: item with such name already exists

        menu /file table
        prints list since 7.16 until 7.20
        prints path recursive relative since 7.18
        prints show-hidden since 7.20
        verbs set remove
        verbs add since 7.1
        verbs read since 7.14
        verbs recursive-print since 7.20
        verbs copy head tail since 7.24
        argument read file text
        argument read chunk-size integer
        argument read offset integer
        argument read as-value text
        argument copy name text
        argument head n integer
        argument head numbered flag
        argument head as-value text
        argument tail n integer
        argument tail numbered flag
        argument tail as-value text
        setting name text required
        fact type text default .txt%20file until 7.15
        setting type text default .txt%20file since 7.16
        fact size integer default 0
        fact creation-time date until 7.13
        fact last-modified date since 7.14
        setting contents text default ""
        ; The tables in a backup, whose contents nobody reads.
        fact backup text hidden
        key name
        duplicate failure: already have such file
        row *1 name=skins type=directory contents=""
        row *2 name=hotspot type=directory contents=""

        menu /log rows
        verbs info warning error debug
        argument info message text required
        argument warning message text required
        argument error message text required
        argument debug message text required
        fact time date
        fact topics text...
        fact message text
        fact buffer text
        fact extra-info text with with-extra-info since 7.20
        """
}
