"""`web-panel` as a process, and its JSON interface as a client sees it."""

import http.cookiejar
import json
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

from .program import Program, free_ports
from .waiting import wait_until


class Answer:
    """What the server said: the status, the parsed envelope and the raw text."""

    def __init__(self, status, text):
        self.status, self.text = status, text
        try:
            self.body = json.loads(text)
        except ValueError:
            self.body = None

    @property
    def data(self):
        return (self.body or {}).get("data")

    def __repr__(self):
        return f"<{self.status} {self.text[:400]}>"


class Panel:
    """One database with its key file, and the server over it."""

    def __init__(self, binaries, folder, sync_interval=2):
        self.executable = binaries / "web-panel"
        self.database = folder / "billing.sqlite"
        self.key_file = folder / "billing.key"
        self.sync_interval = sync_interval
        self.port = free_ports()
        self.address = f"http://127.0.0.1:{self.port}"
        self.program = None
        self.output_of_earlier_runs = ""
        self.administrator = "amina"
        self.administrator_password = self.command("create-admin", "--username", self.administrator)
        self.token = self.command("create-token", "--name", "acceptance")
        self.start()

    # The process

    def command(self, name, *arguments):
        """Runs a command of the executable; the secret is alone on the last line of standard output."""
        done = subprocess.run(
            [self.executable, name, "--database", f"sqlite:{self.database}", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout.rstrip("\n").splitlines()[-1]

    def start(self):
        self.program = Program(
            self.executable,
            *("serve", "--database", f"sqlite:{self.database}", "--listen", f"127.0.0.1:{self.port}"),
            *("--key-file", self.key_file, "--sync", "--sync-interval", self.sync_interval),
            *("--commands-per-minute", 6000),
        )
        wait_until("the server is healthy", self.healthy, within=20, every=0.02)

    def healthy(self):
        assert self.program.running, f"web-panel ended with {self.program.process.returncode}:\n{self.program.output}"
        try:
            return self.request("GET", "/healthz", token=None, timeout=2).status == 200
        except OSError:
            return False

    def _keep_output(self):
        self.output_of_earlier_runs += self.program.output + "\n"

    def stop(self):
        status = self.program.stop()
        self._keep_output()
        return status

    def kill(self):
        self.program.kill()
        self._keep_output()

    @property
    def output(self):
        return self.output_of_earlier_runs + self.program.output

    # HTTP

    def request(self, method, path, body=None, token="own", raw=None, headers=None, timeout=30):
        """One request; `raw` replaces the JSON body by any bytes, `token=None` leaves the token away."""
        data = raw if raw is not None else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, method=method, headers=dict(headers or {}))
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {self.token if token == 'own' else token}")
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return Answer(response.status, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(errors="replace"))

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, body, **options)

    def succeed(self, method, path, body=None, **options):
        answer = self.request(method, path, body, **options)
        assert 200 <= answer.status < 300 and answer.body and answer.body["success"] is True, answer
        return answer.data

    # The pages

    def sign_in(self):
        """The administrator at the pages, without a browser."""
        return Visitor(self)

    # The main job

    def add_router(self, name, port, user, password, host="127.0.0.1"):
        return self.succeed(
            "POST",
            "/api/v1/router-management",
            {
                "name": name,
                "ip_address": host,
                "api_port": port,
                "username": user,
                "password": password,
                "location": {
                    "region": "Central Region",
                    "district": "Kampala",
                    "coordinates": {"lat": 0.3476, "lng": 32.5825},
                },
            },
        )

    def add_simulator(self, simulator, name=None):
        name = name or f"Router {simulator.port}"
        return self.add_router(name, simulator.port, simulator.user, simulator.password)

    @staticmethod
    def order(router_id, quantity, changes=()):
        """The body of a batch-generate request: three hours, 1.5 GB, 2.50 dollars."""
        return {
            "quantity": quantity,
            "profile": "CUSTOM",
            "validity_hours": 3,
            "price": "2.50",
            "data_limit_mb": 1536,
            "currency": "USD",
            "router_id": router_id,
        } | dict(changes)

    def generate(self, router_id, quantity, key=None, **changes):
        """Orders a batch; an order that carries a key may be repeated until it is answered."""
        return self.succeed(
            "POST",
            "/api/v1/vouchers/batch-generate",
            self.order(router_id, quantity, changes),
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
        )

    def voucher(self, code):
        return self.succeed("GET", f"/api/v1/vouchers/{code}")

    def vouchers(self, **query):
        """Every voucher that matches, page after page."""
        found, page = [], 1
        while True:
            words = "&".join(f"{name}={value}" for name, value in {**query, "per_page": 100, "page": page}.items())
            rows = self.succeed("GET", f"/api/v1/vouchers?{words}")
            found += rows
            if len(rows) < 100:
                return found
            page += 1

    def provisioning(self, batch_id):
        """How many vouchers of the batch are in each state of provisioning."""
        counts = {}
        for voucher in self.vouchers(batch=batch_id):
            counts[voucher["provisioning"]] = counts.get(voucher["provisioning"], 0) + 1
        return counts

    def wait_until_present(self, batch_id, quantity, within):
        began = time.monotonic()
        wait_until(
            f"{quantity} vouchers of the batch are present",
            lambda: (counts := self.provisioning(batch_id)) == {"present": quantity} or print(counts),
            within,
            every=0.2,
        )
        return time.monotonic() - began


class Visitor:
    """Somebody signed in, who sends the forms of the pages."""

    def __init__(self, panel):
        self.address = panel.address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        page = self.get("/sign-in")
        self.send(page, "/sign-in", username=panel.administrator, password=panel.administrator_password)

    def get(self, path):
        with self.opener.open(self.address + path, timeout=10) as answer:
            return answer.read().decode()

    def send(self, page, action, **fields):
        """Sends a form with the token of the page it stands on; the page that it leads to."""
        token = re.search('name="form_token" value="([^"]+)"', page)[1]
        body = urllib.parse.urlencode({"form_token": token, **fields}).encode()
        with self.opener.open(self.address + action, body, timeout=10) as answer:
            return answer.read().decode()
