extension MenuLibrary {
    /// `/queue`.
    static let queueMenus = """
        menu /queue/simple table
        prints bytes oid packets rate stats
        verbs add set remove enable disable comment move reset-counters reset-counters-all unset
        setting name text required
        setting target text... default ""
        setting dst text
        setting parent none|@/queue/simple default none
        setting packet-marks text default ""
        setting priority 1..8/1..8 default 8/8
        setting queue @/queue/type/@/queue/type default *9/*9
        setting limit-at rate/rate default 0/0
        setting max-limit rate/rate default 0/0
        setting burst-limit rate/rate default 0/0
        setting burst-threshold rate/rate default 0/0
        setting burst-time duration/duration default 0s/0s
        setting bucket-size decimal/decimal default 0.1/0.1
        setting time text
        setting total-queue @/queue/type
        setting total-priority 1..8
        setting total-limit-at rate
        setting total-max-limit rate
        setting total-burst-limit rate
        setting total-burst-threshold rate
        setting total-burst-time duration
        setting total-bucket-size decimal
        counter bytes integer/integer default 0/0 volatile
        counter total-bytes integer default 0 volatile
        counter packets integer/integer default 0/0 volatile
        counter total-packets integer default 0 volatile
        counter dropped integer/integer default 0/0 volatile
        counter total-dropped integer default 0 volatile
        fact rate integer/integer default 0/0
        fact total-rate integer default 0
        fact packet-rate integer/integer default 0/0
        fact total-packet-rate integer default 0
        fact queued-packets integer/integer default 0/0
        fact total-queued-packets integer default 0
        fact queued-bytes integer/integer default 0/0
        fact total-queued-bytes integer default 0
        fact pcq-queues integer/integer with stats
        fact invalid flag default false
        fact dynamic flag default false
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: already have such name

        menu /queue/tree table
        prints bytes oid packets rate stats
        verbs add set remove enable disable comment reset-counters reset-counters-all
        setting name text required
        setting parent text required
        setting packet-mark text default ""
        setting limit-at rate default 0
        setting queue @/queue/type default *0
        setting priority 1..8 default 8
        setting max-limit rate default 0
        setting burst-limit rate default 0
        setting burst-threshold rate default 0
        setting burst-time duration default 0s
        setting bucket-size decimal default 0.1
        counter bytes integer default 0 volatile
        counter packets integer default 0 volatile
        counter dropped integer default 0 volatile
        fact rate integer default 0
        fact packet-rate integer default 0
        fact queued-packets integer default 0
        fact queued-bytes integer default 0
        fact invalid flag default false
        setting disabled flag default false
        setting comment text
        key name
        duplicate failure: already have such name

        menu /queue/type table
        verbs add set remove
        setting name text required
        setting kind bfifo|mq-pfifo|none|pcq|pfifo|red|sfq required until 6.49
        setting kind bfifo|cake|codel|fq-codel|mq-pfifo|none|pcq|pfifo|red|sfq required since 7.1
        setting pfifo-limit integer
        setting bfifo-limit integer
        setting mq-pfifo-limit integer
        setting sfq-perturb integer
        setting sfq-allot integer
        setting red-limit integer
        setting red-min-threshold integer
        setting red-max-threshold integer
        setting red-burst integer
        setting red-avg-packet integer
        setting pcq-rate rate
        setting pcq-limit text
        setting pcq-classifier src-address|dst-address|src-port|dst-port...
        setting pcq-total-limit text
        setting pcq-burst-rate rate
        setting pcq-burst-threshold rate
        setting pcq-burst-time duration
        setting pcq-src-address-mask 0..32
        setting pcq-dst-address-mask 0..32
        setting pcq-src-address6-mask 0..128
        setting pcq-dst-address6-mask 0..128
        setting codel-limit integer since 7.1
        setting codel-target duration since 7.1
        setting codel-interval duration since 7.1
        setting codel-ecn flag since 7.1
        setting codel-ce-threshold duration since 7.1
        setting fq-codel-limit integer since 7.1
        setting fq-codel-flows integer since 7.1
        setting fq-codel-quantum integer since 7.1
        setting fq-codel-target duration since 7.1
        setting fq-codel-interval duration since 7.1
        setting fq-codel-ecn flag since 7.1
        setting fq-codel-ce-threshold duration since 7.1
        setting fq-codel-memlimit bytes since 7.1
        setting cake-bandwidth text since 7.1
        setting cake-autorate-ingress flag since 7.1
        setting cake-overhead text since 7.1
        setting cake-overhead-scheme text since 7.1
        setting cake-mpu text since 7.1
        setting cake-atm none|atm|ptm since 7.1
        setting cake-rtt duration since 7.1
        setting cake-rtt-scheme text since 7.1
        setting cake-diffserv besteffort|diffserv3|diffserv4|diffserv8|precedence since 7.1
        setting cake-flowmode dsthost|dual-dsthost|dual-srchost|flowblind|flows|hosts|srchost|triple-isolate since 7.1
        setting cake-nat flag since 7.1
        setting cake-wash flag since 7.1
        setting cake-ack-filter aggressive|filter|none since 7.1
        setting cake-memlimit text since 7.1
        fact default flag default false
        key name
        duplicate failure: already have such name
        row *0 name=default kind=pfifo pfifo-limit=50 default=true
        row *1 name=ethernet-default kind=pfifo pfifo-limit=50 default=true
        row *2 name=wireless-default kind=sfq sfq-perturb=5 sfq-allot=1514 default=true
        row *3 name=synchronous-default kind=red red-limit=60 red-min-threshold=10 red-max-threshold=50 red-burst=20 red-avg-packet=1000 default=true
        row *4 name=hotspot-default kind=sfq sfq-perturb=5 sfq-allot=1514 default=true
        row *5 name=pcq-upload-default kind=pcq pcq-rate=0 pcq-limit=50KiB pcq-classifier=src-address pcq-total-limit=2000KiB pcq-burst-rate=0 pcq-burst-threshold=0 pcq-burst-time=10s pcq-src-address-mask=32 pcq-dst-address-mask=32 pcq-src-address6-mask=128 pcq-dst-address6-mask=128 default=true
        row *6 name=pcq-download-default kind=pcq pcq-rate=0 pcq-limit=50KiB pcq-classifier=dst-address pcq-total-limit=2000KiB pcq-burst-rate=0 pcq-burst-threshold=0 pcq-burst-time=10s pcq-src-address-mask=32 pcq-dst-address-mask=32 pcq-src-address6-mask=128 pcq-dst-address6-mask=128 default=true
        row *7 name=only-hardware-queue kind=none default=true
        row *8 name=multi-queue-ethernet-default kind=mq-pfifo mq-pfifo-limit=50 default=true
        row *9 name=default-small kind=pfifo pfifo-limit=10 default=true
        """
}
