/// What `--help` prints.
enum Usage {
    static let text = """
        usage: routeros --host HOST [options] PATH [=name=value ...] [?query ...]

        Runs one command of the RouterOS API and prints a JSON object a line for each row of the answer; what the command
        returns, such as the id of a new row, is printed as {"ret":"*1"}. All values are strings, as on the wire.

          PATH             menu and verb, /ip/hotspot/user/print; or as words, /ip hotspot user print
          =name=value      an attribute; a flag is written =detail=. The first = may be left out
          ?query           which rows, as the API writes it: ?name=A7K2, ?>uptime=1h, ?#| (quote it from the shell)

        router:
          --host HOST      name or address, also HOST:PORT and [IPV6]:PORT; or ROUTEROS_HOST in the environment
          --port N         8728, or 8729 with --tls, unless there is --rest; or ROUTEROS_PORT
          --tls MODE       off (the usual), system (an authority this machine trusts), pin:SHA256 (this certificate and no
                           other) or anonymous (a router without certificate); or ROUTEROS_TLS
          --rest           over the REST interface of RouterOS 7.1 and later, where the API port is closed: port 80, or 443 with
                           --tls, which is system or pin here. No --listen, and only what ends by itself
          --user NAME      admin unless said otherwise; or ROUTEROS_USER
          --password-file FILE
                           the password, in the first line. Without it ROUTEROS_PASSWORD is used, or you are asked for it
                           if there is a terminal. It is never an argument: everybody on a machine can read those, and a
                           file that everybody can read is complained about

        answer:
          --listen         prints rows as they come until Ctrl-C. With a print this means its rows and then every change;
                           removed rows come as {".id":"*1",".dead":"true"}
          --table          columns for people, cut to the width of the terminal; into a file or pipe they are whole
          --json           JSON, which is the usual
          --encoding PAGE  how to read what is no UTF-8: cp1252 (the usual), cp1251, koi8-r, latin1, cp874, cp1250 to cp1258

        other:
          --timeout TIME   for connecting, and for the command or from one row to the next: 10 (seconds), 1m30s. 10 s each
                           unless said otherwise; with --listen rows may be as late as they like
          --show-pin       instead of a command: prints pin:SHA256 of the certificate that the router shows now, and what it
                           says. Compare it with /certificate print detail on the router before you trust it
          --value-file name=FILE
                           an attribute whose value is in a file, - for standard input, to the last byte: for secrets,
                           scripts and bytes that are no text
          --help           this

        exit status:
          0    it worked, a --listen that you ended included, and a reader such as head that needs no more rows
          1    the output cannot be written
          2    the command line cannot be followed
          3    no connection, or no answer over it
          4    the router refuses user or password
          5    the router refuses the command (a trap)
          130  ended by Ctrl-C before the answer was complete; 143 by SIGTERM

        examples:
          routeros --host 10.0.0.7 /ip/hotspot/user/print =.proplist=.id,name,uptime '?profile=3h' | jq -r .name
          routeros --host 10.0.0.7 /ip/hotspot/user/add =name=A7K2 =profile=3h --value-file password=code.txt
          routeros --host 10.0.0.7 --table /interface print
          routeros --host 10.0.0.7 --listen /ip/hotspot/active/print
        """
}
