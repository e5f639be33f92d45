"""Daemons, a panel, a database and routers as processes of their own: what the torture and the soak have in common."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "acceptance"))

from harness.program import Program, free_ports  # noqa: E402
from harness.waiting import wait_until  # noqa: E402
import witness  # noqa: E402
from postgresql import PostgreSQL  # noqa: E402

USER, PASSWORD = "api", "router-password"


def share(values, part):
    """The value below which `part` of them lie; nan for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")


class Routers:
    """Simulated routers on consecutive ports, and what their control port tells of them."""

    def __init__(self, binaries, count):
        self.count = count
        self.port = free_ports(count + 1)
        self.control = self.port + count
        self.program = Program(
            binaries / "router-simulator", "--port", self.port, "--count", count, "--user", USER,
            "--password", PASSWORD, "--control", self.control, "--dialogue", 50_000,
        )
        self.program.wait_for_line("control 127.0.0.1", within=60)
        self._local = threading.local()

    def ask(self, path, method="GET", body=None):
        # One connection a thread: a probe asks a hundred times a second. One that was idle for long may have been closed.
        for is_last in (False, True):
            connection = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = http.client.HTTPConnection("127.0.0.1", self.control, timeout=60)
            try:
                headers = {"Content-Type": "application/json"} if body else {}
                connection.request(method, path, json.dumps(body) if body else None, headers)
                return json.loads(connection.getresponse().read())
            except (OSError, http.client.HTTPException):
                self._local.connection = None
                if is_last:
                    raise

    def slow_down(self, latency=None):
        """Makes every answer late, as "50ms 250ms" says, or no longer."""
        for number in range(1, self.count + 1):
            if latency:
                self.ask(f"/routers/{number}/faults", "POST", {"name": f"latency uniform {latency}"})
            else:
                self.ask(f"/routers/{number}/faults", "DELETE")

    def users(self, number):
        """The names of the hotspot users of a router, counted from 1; one that stands there twice comes twice."""
        rows = self.ask(f"/routers/{number}/rows?menu={urllib.parse.quote('/ip/hotspot/user')}")["rows"]
        return [row["name"] for row in rows if row["name"] != "default-trial"]

    def additions(self, number):
        """The names of the hotspot users that were added to a router, each as often as somebody tried."""
        dialogue = self.ask(f"/routers/{number}/dialogue")["dialogue"]
        return re.findall(r"^.* > /ip/hotspot/user/add .*?=name=(\S+)", dialogue, re.MULTILINE)


class Daemon:
    """One `sync-daemon`, which is started again under the same port when it was killed."""

    def __init__(self, fleet, options=()):
        self.fleet, self.options = fleet, options
        self.number, self.life = len(fleet.daemons) + 1, 0
        self.port = free_ports()
        self.is_stopped = False
        self.start()

    def start(self):
        self.life += 1
        name = f"{witness.PREFIX}{self.number}-{self.life}"
        self.program = Program(
            self.fleet.binaries / "sync-daemon", "--key-file", self.fleet.key_file, "--metrics",
            f"127.0.0.1:{self.port}", *self.options,
            environment={"BILLING_DATABASE": f"{self.fleet.database.url}?application_name={name}"},
        )

    @property
    def owner(self):
        """The name under which it claims routers; nil before it has said so."""
        found = [re.search(r"msg=started owner=(\S+)", line) for line in list(self.program.lines)]
        return next((match[1] for match in found if match), None)

    def kill(self):
        self.program.kill()
        self.is_stopped = False

    def pause(self):
        """Stops it while it waits for something.

        Between its last look at its claim and the write behind it a stop makes it send what another has sent meanwhile.
        The router refuses that, and no daemon can know of it: it would count as sent again.
        """
        for _ in range(2_000):
            if self._waits():
                break
            time.sleep(0.001)
        self.program.process.send_signal(signal.SIGSTOP)
        self.is_stopped = True

    def _waits(self):
        """Whether none of its threads is at work."""
        states = []
        for file in pathlib.Path(f"/proc/{self.program.process.pid}/task").glob("*/stat"):
            try:
                states.append(file.read_text().rpartition(")")[2].split()[0])
            except OSError:
                pass  # it ended meanwhile
        return set(states) <= {"S"}

    def resume(self):
        if self.program.running:
            self.program.process.send_signal(signal.SIGCONT)
        self.is_stopped = False

    def metrics(self):
        """The figures by name and labels."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        finally:
            connection.close()
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
        return {name: float(value) for name, value in lines}

    def answers(self):
        """Its figures, or nil while it is still starting."""
        try:
            return self.metrics()
        except OSError:
            return None

    @property
    def resident(self):
        """What it has in memory, in bytes."""
        with open(f"/proc/{self.program.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def bucket(before, after, name, part):
    """The bound of the step of a histogram below which `part` of what came in between lies, of several daemons."""
    counts = {}
    for old, new in zip(before, after):
        for key, value in new.items():
            if key.startswith(name + "_bucket"):
                bound = float(key.split('le="')[1].rstrip('"}').replace("+Inf", "inf"))
                counts[bound] = counts.get(bound, 0) + value - old.get(key, 0)
    total = counts.get(float("inf"), 0)
    return next((bound for bound, count in sorted(counts.items()) if total and count >= total * part), float("nan"))


class Fleet:
    """A database, a panel over it, routers, and daemons."""

    def __init__(self, binaries, routers, daemons, options=()):
        self.binaries = pathlib.Path(binaries).resolve()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="routeros-daemons-"))
        self.key_file = self.folder / "billing.key"
        self.programs = []
        self.database = PostgreSQL()
        self.daemons = []
        try:
            os.environ["BILLING_DATABASE"] = self.database.url
            self._command("create-admin", "--username", "amina")
            self.token = self._command("create-token", "--name", "torture")
            # What a router takes in a minute is a promise to it, and would be all that is measured here.
            self.database.billing(
                "INSERT INTO settings (id, tenant, settings, revision) "
                "SELECT id, id, '{\"router.commands-per-minute\":\"6000\"}', 1 FROM tenant"
            )
            self.routers = Routers(self.binaries, routers)
            self.programs.append(self.routers.program)
            self.panel_port = free_ports()
            panel = Program(
                self.binaries / "web-panel", "serve", "--listen", f"127.0.0.1:{self.panel_port}", "--key-file",
                self.key_file, "--connections-per-address", 1000,
            )
            self.programs.append(panel)
            panel.wait_for_line("listening", within=30)
            self.ids = [self.add_router(self.routers.port + index) for index in range(routers)]
            self.witness = witness.Witness(self.database)
            for _ in range(daemons):
                self.daemons.append(Daemon(self, options))
        except BaseException:
            self.close()
            raise

    def close(self):
        for daemon in self.daemons:
            daemon.resume()
            daemon.program.kill()
        for program in self.programs:
            program.kill()
        self.database.stop()

    def _command(self, name, *arguments):
        done = subprocess.run(
            [self.binaries / "web-panel", name, *arguments], capture_output=True, text=True, timeout=60,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout.rstrip("\n").splitlines()[-1]

    def post(self, path, body, key=None, within=120):
        """A request that is repeated under its key until it is answered well."""
        headers = {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Idempotency-Key": key or str(uuid.uuid4()),
        }
        deadline = time.monotonic() + within
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.panel_port, timeout=60)
            try:
                connection.request("POST", path, json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read().decode()
                if 200 <= answer.status < 300:
                    return json.loads(text)["data"]
                assert answer.status >= 500 and time.monotonic() < deadline, f"{path}: {answer.status} {text[:300]}"
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
            finally:
                connection.close()
            time.sleep(0.2)

    def add_router(self, port):
        return self.post(
            "/api/v1/router-management",
            {
                "name": f"Router {port}", "ip_address": "127.0.0.1", "api_port": port, "username": USER,
                "password": PASSWORD, "location": {"region": "Central Region", "district": "Kampala"},
            },
        )["id"]

    def generate(self, router, quantity):
        """Has vouchers made for a router of the panel; their codes."""
        order = {
            "quantity": quantity, "profile": "CUSTOM", "validity_hours": 3, "price": "3000", "data_limit_mb": 1536,
            "router_id": router,
        }
        return [row["code"] for row in self.post("/api/v1/vouchers/batch-generate", order)["vouchers"]]

    def waiting(self):
        """How many rows wait for the routers that are there, and how many were put aside."""
        # Router by router: what waits for others is not to be counted again and again.
        ours = ", ".join(f"('{router}'::uuid)" for router in self.ids)
        ((waiting, parked),) = self.database.billing(
            f"SELECT sum((SELECT count(*) FROM outbox_job WHERE router = ours.id AND is_parked = 0)), "
            f"sum((SELECT count(*) FROM outbox_job WHERE router = ours.id AND is_parked <> 0)) FROM (VALUES {ours}) AS ours (id)"
        )
        return int(waiting), int(parked)
