"""Real daemons on PostgreSQL over real sockets, killed, stopped and cut off from their database, over and over.

See Tests/torture.sh. Ends with 1 where a voucher was lost, doubled or sent again, and, where vouchers are timed
at the end, where a takeover or a voucher on its way took too long.
"""

import argparse
import collections
import random
import sys
import threading
import time

from fleet import Fleet, bucket, share, wait_until

DAEMONS = 3
# A daemon is killed so often, and another stopped for so long; the database is restarted so many times.
KILLS_EVERY, STOPPED_FOR, RESTARTS = 2, 30, 5
LATENCY = "50ms 250ms"
TAKEOVER_BOUND, WIRE_BOUND = 30.0, 0.250


class Torture:
    def __init__(self, fleet, vouchers, seconds, seed):
        self.fleet, self.vouchers, self.seconds = fleet, vouchers, seconds
        self.random = random.Random(seed)
        self.turn = threading.Lock()
        self.over = threading.Event()
        self.kills = self.pauses = self.restarts = self.refused = 0
        # Routers whose daemon was killed: the claim's number, and when it happened.
        self.orphans, self.takeovers = {}, []
        self.problems = []

    # What happens

    def feed(self):
        """Vouchers come all the time, so that whatever happens finds work under way."""
        rounds = max(1, int(self.seconds * 0.9 / 6))
        batches = [(router, part) for part in range(rounds) for router in self.fleet.ids]
        each = self.vouchers // len(batches)
        extra = self.vouchers - each * len(batches)
        begun = time.monotonic()
        for number, (router, _) in enumerate(batches):
            time.sleep(max(0, begun + self.seconds * 0.9 * number / len(batches) - time.monotonic()))
            quantity = each + (1 if number < extra else 0)
            if quantity:
                self.fleet.generate(router, quantity)

    def kill(self):
        while not self.over.wait(KILLS_EVERY):
            with self.turn:
                daemon = self.random.choice([one for one in self.fleet.daemons if not one.is_stopped])
                owner = daemon.owner
                daemon.kill()
                now = time.monotonic()
                self.kills += 1
                daemon.start()
            if owner:
                for router, epoch in self.fleet.database.billing(
                    f"SELECT id, epoch FROM router_queue WHERE owner = '{owner}'"
                ):
                    self.orphans.setdefault(router, (int(epoch), now))

    def pause(self):
        while not self.over.is_set():
            with self.turn:
                daemon = self.busy()
                life, before = daemon.life, self.lost(daemon)
                daemon.pause()
                self.pauses += 1
            self.over.wait(STOPPED_FOR)
            with self.turn:
                daemon.resume()
                # It wakes up in the midst of visits to routers that others have by now.
                time.sleep(1)
                if daemon.life == life:
                    self.refused += max(0, self.lost(daemon) - before)
            self.over.wait(3)

    def lost(self, daemon):
        """How many visits of it ended because the router was another's."""
        return int((daemon.answers() or {}).get('provisioner_visits_total{outcome="lost"}', 0))

    def busy(self):
        """A daemon in the midst of visits, if any is soon."""
        for _ in range(50):
            for daemon in self.random.sample(self.fleet.daemons, len(self.fleet.daemons)):
                if self.fleet.database.billing(f"SELECT id FROM router_queue WHERE owner = '{daemon.owner}' LIMIT 1"):
                    return daemon
            time.sleep(0.05)
        return self.random.choice(self.fleet.daemons)

    def restart(self):
        for number in range(RESTARTS):
            if self.over.wait(self.seconds / (RESTARTS + 1)):
                return
            self.fleet.database.restart(crash=number % 2 == 0)
            self.restarts += 1

    def watch(self):
        """Sees when a router whose daemon was killed is claimed by another."""
        while not (self.over.is_set() and not self.orphans):
            if self.orphans:
                epochs = dict(self.fleet.database.billing("SELECT id, epoch FROM router_queue"))
                now = time.monotonic()
                for router, (epoch, killed) in list(self.orphans.items()):
                    if int(epochs.get(router, 0)) > epoch:
                        self.takeovers.append(now - killed)
                        del self.orphans[router]
                    elif now - killed > 120:
                        self.problems.append(f"nobody has taken over router {router} for two minutes")
                        del self.orphans[router]
            time.sleep(0.2)

    def guarded(self, body):
        def run():
            try:
                body()
            except BaseException as error:  # noqa: BLE001
                self.problems.append(f"{body.__name__}: {error!r}")
                self.over.set()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def run(self):
        # A visit that is over in no time is never met by a kill.
        self.fleet.routers.slow_down(LATENCY)
        others = [self.guarded(body) for body in (self.kill, self.pause, self.restart, self.watch)]
        feeder = self.guarded(self.feed)
        self.over.wait(self.seconds)
        feeder.join(120)
        self.over.set()
        for thread in others:
            thread.join(150)
        for daemon in self.fleet.daemons:
            daemon.resume()
        self.fleet.routers.slow_down()
        healed = time.monotonic()
        try:
            wait_until("every voucher is written", lambda: self.fleet.waiting()[0] == 0, within=300, every=0.5)
        except AssertionError as error:
            self.problems.append(str(error))
        print(f"written {time.monotonic() - healed:.1f} s after the last of it", flush=True)

    # What is true at the end

    def probe(self, count):
        """Vouchers one by one while nothing goes wrong: from the order to the row on its router."""
        wait_until("figures", lambda: all(one.answers() for one in self.fleet.daemons), within=30)
        time.sleep(2)
        before = [one.metrics() for one in self.fleet.daemons]
        times = []
        for _ in range(count):
            number = self.random.randrange(len(self.fleet.ids))
            known = self.fleet.routers.ask(f"/routers/{number + 1}")["users"]
            begun = time.monotonic()
            self.fleet.generate(self.fleet.ids[number], 1)
            answered = time.monotonic()
            while self.fleet.routers.ask(f"/routers/{number + 1}")["users"] <= known:
                if time.monotonic() - begun > 10:
                    self.problems.append("a voucher was not on its router after ten seconds")
                    break
                time.sleep(0.002)
            times.append((time.monotonic() - begun, max(0, time.monotonic() - answered)))
            time.sleep(0.05)
        wait_until("the last is written down", lambda: self.fleet.waiting()[0] == 0, within=30)
        after = [one.metrics() for one in self.fleet.daemons]
        whole, since = [one for one, _ in times], [two for _, two in times]
        p99 = share(since, 0.99)
        print(
            f"enqueue to wire, {count} vouchers: p50 {share(since, 0.5) * 1e3:.0f} ms, p99 {p99 * 1e3:.0f} ms "
            f"after the answer; with the order itself p99 {share(whole, 0.99) * 1e3:.0f} ms; read back and written "
            f"down p99 within {bucket(before, after, 'provisioner_row_wait_seconds', 0.99) * 1e3:.0f} ms; "
            f"claims p99 within {bucket(before, after, 'provisioner_claim_duration_seconds', 0.99) * 1e3:.0f} ms"
        )
        if not p99 <= WIRE_BOUND:
            self.problems.append(f"enqueue to wire p99 is {p99:.3f} s, more than {WIRE_BOUND} s")

    def verify(self):
        database = collections.defaultdict(set)
        for code, router in self.fleet.database.billing("SELECT code, router FROM voucher"):
            database[router].add(code)
        made = sum(map(len, database.values()))
        lost = doubled = strange = again = sent = 0
        for number, router in enumerate(self.fleet.ids, 1):
            there = collections.Counter(self.fleet.routers.users(number))
            wanted = database[router]
            lost += len(wanted - there.keys())
            strange += len(there.keys() - wanted)
            doubled += sum(count - 1 for count in there.values())
            # A router refuses a second row of a name, so what was sent is what counts.
            additions = collections.Counter(self.fleet.routers.additions(number))
            sent += sum(additions.values())
            again += sum(count - 1 for count in additions.values())
        states = dict(self.fleet.database.billing("SELECT provisioning, count(*) FROM voucher GROUP BY 1"))
        waiting, parked = self.fleet.waiting()
        print(
            f"{made} vouchers on {len(self.fleet.ids)} routers: {lost} lost, {doubled} doubled, {strange} strange, "
            f"{again} added more than once; in the records {states}, {waiting} wait, {parked} put aside"
        )
        if sent < made:
            self.problems.append(f"the routers remember {sent} additions of {made}: that proves nothing")
        if lost or doubled or strange or again or parked or states != {"present": str(made)}:
            self.problems.append("the routers are not as the records want them")

    def report(self, judges_times):
        takeovers = f"p50 {share(self.takeovers, 0.5):.1f} s, p99 {share(self.takeovers, 0.99):.1f} s"
        print(
            f"{self.kills} kills, {self.pauses} stops of {STOPPED_FOR} s, {self.restarts} restarts of the database; "
            f"{len(self.takeovers)} routers taken over: {takeovers}; {self.refused} visits of daemons that were stopped refused"
        )
        self.fleet.witness.report(self.problems)
        if not self.takeovers:
            self.problems.append("no daemon was killed while it had a router: that proves nothing")
        elif judges_times and share(self.takeovers, 0.99) > TAKEOVER_BOUND:
            self.problems.append(f"takeover p99 is more than {TAKEOVER_BOUND:.0f} s")
        for problem in self.problems:
            print(f"FAIL {problem}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(prog="Tests/torture.sh")
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--routers", type=int, default=20)
    parser.add_argument("--vouchers", type=int, default=2_000)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--probes", type=int, default=100)
    options = parser.parse_args()
    fleet = Fleet(options.binaries, options.routers, DAEMONS)
    try:
        torture = Torture(fleet, options.vouchers, options.minutes * 60, options.seed)
        torture.run()
        torture.verify()
        if options.probes:
            torture.probe(options.probes)
        torture.report(judges_times=options.probes > 0)
        if torture.problems:
            for number, daemon in enumerate(fleet.daemons, 1):
                print(f"-- daemon {number}\n" + "\n".join(daemon.program.lines[-20:]), file=sys.stderr)
        return 1 if torture.problems else 0
    finally:
        fleet.close()


if __name__ == "__main__":
    sys.exit(main())
