"""`sync-daemon` over the database of a panel that is stopped: SQLite has one process at a time."""

import concurrent.futures
import secrets
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from harness.program import Program, free_ports
from harness.waiting import wait_until


class Shop:
    """A batch that waits for a router that was off, and the commands of the daemon."""

    def __init__(self, binaries, panel, simulator):
        self.executable = binaries / "sync-daemon"
        self.simulator, self.database, self.key_file = simulator, panel.database, panel.key_file
        router = panel.add_simulator(simulator, name="Lake View")["id"]
        simulator.stop()
        self.codes = {voucher["code"] for voucher in panel.generate(router, 20)["vouchers"]}
        panel.stop()
        simulator.start()

    @property
    def options(self):
        return ["--database", f"sqlite:{self.database}", "--key-file", str(self.key_file)]

    def run(self, *arguments):
        return subprocess.run(
            [self.executable, *self.options, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )

    def ours(self):
        rows = self.simulator.users().items()
        return {name for name, row in rows if "VOUCHER_SYSTEM" in str(row.get("comment"))}


@pytest.fixture
def shop(binaries, panel, start_simulator):
    return Shop(binaries, panel, start_simulator(state=True))


def test_once_does_what_waits_and_a_plan_shows_what_somebody_changed(shop):
    check = shop.run("--check")
    assert (check.returncode, check.stdout) == (0, "1 tenants, 1 routers whose passwords open with this key\n"), check
    # Python and the daemon run on the same library of SQLite, the system's.
    assert check.stderr.count("code=wal-reset-fault") == (sqlite3.sqlite_version_info < (3, 51, 3)), check.stderr
    # The router was off a moment ago: it is due again when it has been left alone for a while, and a hundred commands a minute
    # make the batch take 17 s.
    done = lambda: shop.ours() == shop.codes or shop.run("--once").returncode
    wait_until("the batch stands on its router", done, within=60, every=0.5)
    assert shop.ours() == shop.codes

    code = sorted(shop.codes)[0]
    shop.simulator.run("/ip/hotspot/user/set", **{".id": shop.simulator.row(code)[".id"], "limit-uptime": "9d"})
    plan = shop.run("--plan", "lake view")
    assert plan.returncode == 0, plan.stderr
    assert "limit-uptime" in plan.stdout and "1 to put right" in plan.stdout, plan.stdout
    assert code not in plan.stdout, "a code is worth money: a plan shows it masked"
    assert str(shop.simulator.row(code)["limit-uptime"]).startswith("1w2d"), "a plan changes nothing"
    told = shop.run("--once", "--debug")
    assert told.returncode == 0, told
    assert "level=debug msg=call router=127.0.0.1:" in told.stderr and "operation=/ip/hotspot/user/set result=done" in told.stderr
    assert not any(code in told.stderr for code in shop.codes)
    assert "msg=call" not in shop.run("--once").stderr
    assert "1w2d" not in str(shop.simulator.row(code)["limit-uptime"])
    assert shop.run("--plan", "elsewhere").returncode == 2

    for other in sorted(shop.codes)[1:]:
        shop.simulator.remove(other)
    # What it prints is done when the program ends.
    approved = shop.run("--approve", "lake view")
    assert approved.returncode == 0 and "19 to put right" in approved.stdout, approved
    assert shop.ours() == shop.codes
    assert shop.run("--approve", "lake view", "--once").returncode == 2
    assert shop.run("--loops", 0).returncode == 2

    shop.key_file = shop.key_file.with_name("mistyped.key")
    refused = shop.run("--check")
    assert refused.returncode == 2 and "no key file" in refused.stderr, refused
    assert not shop.key_file.exists()
    # A key that opens nothing of what was sealed with another.
    shop.key_file.write_text(f"7 {secrets.token_hex(32)}\n")
    shop.key_file.chmod(0o600)
    closed = shop.run("--check")
    assert closed.returncode == 1 and "0 routers whose passwords open" in closed.stdout, closed
    assert "Lake View" in closed.stderr and "Put back the key file" in closed.stderr, closed


def test_it_stays_says_how_it_is_and_ends_in_good_order(shop):
    port = free_ports()
    daemon = Program(shop.executable, *shop.options, "--metrics", f"127.0.0.1:{port}", "--sync-interval", 2, "--commands-per-minute", 6000)
    try:
        daemon.wait_for_line("listening")
        wait_until("the batch stands on its router", lambda: shop.ours() == shop.codes, within=20)

        def get(path):
            while True:
                began = time.monotonic()
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                        return answer.read().decode()
                except urllib.error.HTTPError as error:
                    # It gives up on a database after two seconds; so it does on a machine that stood still for as long.
                    if error.code != 503 or time.monotonic() - began < 2:
                        raise

        assert get("/healthz") == get("/readyz") == "ok\n"
        # Who asks while the database is being asked waits for that answer: get() fails where it is not 200.
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            assert set(pool.map(get, ["/readyz"] * 200)) == {"ok\n"}
        assert "routeros_client_commands_total{" in get("/metrics")
        # Rows stand on the router a moment before that is read back and written down.
        written = lambda: "sync_daemon_rows_waiting 0" in get("/metrics").splitlines()
        wait_until("what was brought to the router is written down", written, within=20)
        figures = get("/metrics").splitlines()
        for line in (
            "sync_daemon_faults_total 0", "sync_daemon_ready 1", "sync_daemon_rows_waiting 0",
            'provisioner_rows_total{outcome="written"} 20', "provisioner_row_wait_seconds_count 20",
            'provisioner_visits_total{outcome="lost"} 0',
        ):
            assert line in figures, line
        second = shop.run("--once")
        assert second.returncode == 1 and "open in another process" in second.stderr, second
        daemon.wait_for_line("msg=leading")
        assert not any(code in daemon.output for code in shop.codes)
    finally:
        status = daemon.stop()
    assert status == 0, daemon.output


def test_several_loops_do_the_same_and_what_is_no_number_of_them_is_said(shop):
    for value in (0, 65, "many", "-1"):
        refused = shop.run("--loops", value)
        assert refused.returncode == 2 and "--loops" in refused.stderr, refused
    for value in (0, "many"):
        refused = shop.run("--commands-per-minute", value)
        assert refused.returncode == 2 and "--commands-per-minute" in refused.stderr, refused

    port = free_ports()
    daemon = Program(shop.executable, *shop.options, "--metrics", f"127.0.0.1:{port}", "--loops", 3, "--commands-per-minute", 6000)
    try:
        daemon.wait_for_line("listening")
        daemon.wait_for_line("loops=3")
        wait_until("the batch stands on its router", lambda: shop.ours() == shop.codes, within=20)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.read() == b"ok\n"
    finally:
        status = daemon.stop()
    assert status == 0, daemon.output
