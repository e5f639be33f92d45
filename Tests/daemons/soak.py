"""Daemons on PostgreSQL for a long time: beside a transaction that does not end, and beside much that cannot be done.

See Tests/soak.sh. Ends with 1 where a promise was not kept.
"""

import argparse
import random
import subprocess
import sys
import threading
import time

from fleet import Fleet, bucket, free_ports, share, wait_until

CLAIM_BOUND, GROWTH_BOUND, LOSS_BOUND = 0.050, 0.10, 0.10


# Vouchers that nobody has begun so long after they were made end, and go from their routers.
LIFE = 60


def flow(fleet, stop, problems):
    """Twenty vouchers a second, wherever; as many end, so that there is no more to hold in memory after an hour."""
    chance = random.Random(1)
    while not stop.is_set():
        begun = time.monotonic()
        try:
            fleet.generate(chance.choice(fleet.ids), 20)
            # In microseconds, as all instants in the records.
            fleet.database.billing(
                f"UPDATE voucher SET activate_by_extended = created_at + {LIFE}000000, next_deadline = created_at + {LIFE}000000 "
                "WHERE tenant = (SELECT id FROM tenant) AND activate_by_extended IS NULL AND "
                "created_at > extract(epoch FROM now() - interval '10 s')::bigint * 1000000"
            )
        except Exception as error:  # noqa: BLE001
            problems.append(f"no vouchers: {error!r}")
            return
        stop.wait(max(0, begun + 1 - time.monotonic()))


def beside_an_open_transaction(fleet, seconds, problems):
    """Half of the time a transaction is open that keeps the database from clearing up."""
    stop = threading.Event()
    feeder = threading.Thread(target=flow, args=(fleet, stop, problems), daemon=True)
    feeder.start()
    wait_until("figures", fleet.daemons[0].answers, within=30)
    # The first minute is one of connecting and of first readings.
    time.sleep(min(60, seconds / 6))
    before = fleet.daemons[0].metrics()
    opened = subprocess.Popen(
        [*fleet.database.psql(), "-U", "postgres", "-d", "billing"], stdin=subprocess.PIPE, text=True,
        stdout=subprocess.DEVNULL,
    )
    opened.stdin.write("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT txid_current(), count(*) FROM outbox_job;\n")
    opened.stdin.flush()
    resident, begun, is_open = [], time.monotonic(), True
    while (passed := time.monotonic() - begun) < seconds:
        if is_open and passed > seconds / 2:
            opened.stdin.close()
            opened.wait(30)
            is_open = False
        resident.append(fleet.daemons[0].resident)
        time.sleep(1)
    after = fleet.daemons[0].metrics()
    stop.set()
    feeder.join(60)
    wait_until("every voucher is written", lambda: fleet.waiting()[0] == 0, within=120, every=0.5)
    claims = bucket([before], [after], "provisioner_claim_duration_seconds", 0.99)
    quarter = max(1, len(resident) // 4)
    early, late = share(resident[quarter:2 * quarter], 0.5), share(resident[-quarter:], 0.5)
    growth = late / early - 1
    written = after['provisioner_rows_total{outcome="written"}'] - before['provisioner_rows_total{outcome="written"}']
    print(
        f"{seconds:.0f} s, the first half beside an open transaction, {written:.0f} rows: claims p99 within "
        f"{claims * 1e3:.0f} ms, memory {early / 1e6:.1f} MB and then {late / 1e6:.1f} MB ({growth:+.1%})",
        flush=True,
    )
    if not claims <= CLAIM_BOUND:
        problems.append(f"claims take longer than {CLAIM_BOUND * 1e3:.0f} ms")
    if growth > GROWTH_BOUND:
        problems.append(f"the memory of the daemon grows by {growth:.1%}")


def throughput(fleet, rows):
    """How many rows a second come to the routers that are there, all of them waiting at the beginning."""
    daemon = fleet.daemons[0]
    daemon.kill()
    for router in fleet.ids:
        fleet.generate(router, rows // len(fleet.ids))
    # Nobody holds a claim any more that would have to run out first.
    fleet.database.billing("UPDATE router_queue SET owner = NULL")
    fleet.database.billing("VACUUM ANALYZE")
    daemon.start()
    wait_until("the daemon begins", daemon.answers, within=30, every=0.01)
    begun, waiting = time.monotonic(), fleet.waiting()[0]
    wait_until("the rows are written", lambda: fleet.waiting()[0] == 0, within=600, every=0.1)
    return waiting / (time.monotonic() - begun)


def beside_routers_that_are_off(fleet, waiting, rows, problems):
    throughput(fleet, rows)
    # Before and after, in case the machine has become slower or faster meanwhile.
    alone = [throughput(fleet, rows) for _ in range(2)]
    first = free_ports(10)
    off = [fleet.add_router(first + index) for index in range(10)]
    for router in off:
        for _ in range(10):
            fleet.generate(router, waiting // 100)
    beside = [throughput(fleet, rows) for _ in range(4)]
    fleet.daemons[0].kill()
    ids = ", ".join(f"'{router}'" for router in off)
    never = 2**63 - 1
    fleet.database.billing(
        f"DELETE FROM outbox_job WHERE router IN ({ids}); UPDATE router_queue SET is_away = 0, due_at = {never}, "
        f"status_due_at = {never}, sync_due_at = {never}, watch_due_at = {never} WHERE id IN ({ids})"
    )
    alone += [throughput(fleet, rows) for _ in range(2)]
    loss = 1 - sum(beside) / sum(alone)
    print(
        f"{waiting} rows for routers that are off: {sum(alone) / 4:.0f} rows a second without them "
        f"({', '.join(f'{one:.0f}' for one in alone)}), {sum(beside) / 4:.0f} beside them "
        f"({', '.join(f'{one:.0f}' for one in beside)}), {loss:.1%} less",
        flush=True,
    )
    if loss > LOSS_BOUND:
        problems.append(f"routers that are off cost the others {loss:.1%}")


def main():
    parser = argparse.ArgumentParser(prog="Tests/soak.sh")
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--routers", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=10_000)
    options = parser.parse_args()
    problems = []
    fleet = Fleet(options.binaries, options.routers, 1)
    try:
        if options.minutes > 0:
            beside_an_open_transaction(fleet, options.minutes * 60, problems)
        beside_routers_that_are_off(fleet, options.waiting, options.rows, problems)
    finally:
        fleet.close()
    for problem in problems:
        print(f"FAIL {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
