extension MenuLibrary {
    /// Menus that have nothing but verbs.
    static let toolMenus = """
        menu /system commands
        verbs reboot shutdown
        needs reboot reboot shutdown

        menu /tool commands
        verbs fetch
        needs test fetch
        argument fetch url text
        argument fetch mode text
        argument fetch address text
        argument fetch host text
        argument fetch port integer
        argument fetch user text
        argument fetch password text
        argument fetch src-path text
        argument fetch dst-path text
        argument fetch upload flag
        argument fetch ascii flag
        argument fetch keep-result flag
        argument fetch duration duration
        argument fetch check-certificate text
        argument fetch certificate text since 7.1
        argument fetch output none|file|user|user-with-headers since 6.43
        argument fetch http-method text since 6.39
        argument fetch http-data text since 6.39
        argument fetch http-header-field text since 6.44
        argument fetch http-content-encoding text since 6.44
        argument fetch http-auth-scheme text since 7.10
        argument fetch http-percent-encoding text since 7.13
        argument fetch http-max-redirect-count integer since 7.13
        argument fetch idle-timeout duration since 7.13
        argument fetch as-value text

        menu /system/script/environment rows
        verbs remove
        fact user text
        fact name text
        fact value text
        """
}
