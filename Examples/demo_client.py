#!/usr/bin/env python3
"""The client's side of demo.sh, standard library only: fills the demo with sample data, or does the main job step by step.

    demo_client.py secret | free-ports COUNT | healthy | register | check
    demo_client.py withdraw DATABASE              takes the vouchers of a stopped panel off the routers
    demo_client.py customer CODE HOST:PORT        a customer types CODE at that router's hotspot
    demo_client.py live                           pulls the plug of a simulated router now and then, and says what the page shows
"""

import getpass
import html.parser
import http.cookiejar
import json
import os
import random
import secrets
import socket
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ADDRESS = os.environ.get("DEMO_ADDRESS", "")
API = "/api/v1"
# The price is a whole number, so that it is one in every currency.
PACKAGE = {"name": "3 Hours - 1.5GB", "validity_hours": 3, "data_limit_mb": 1536, "price": "3000"}


class Failure(Exception):
    """A step of the main job went wrong; the text says how."""


# The JSON interface


def call(method, path, body=None, token=None, headers=None):
    """Sends one request and returns the status and the parsed answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, data=data, method=method, headers=dict(headers or {}))
    request.add_header("Authorization", f"Bearer {token or os.environ['DEMO_TOKEN']}")
    if data is not None:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            text = error.read().decode(errors="replace")
        try:
            return error.code, json.loads(text)
        except ValueError:
            return error.code, {"success": False, "message": text[:300]}


def ask(method, path, body=None, **options):
    """As `call`, and anything but success is a failure."""
    status, answer = call(method, path, body, **options)
    if not 200 <= status < 300 or not answer.get("success"):
        raise Failure(f"{method} {path} answered {status}: {answer.get('message') or answer}")
    return answer["data"]


def until(what, condition, within):
    """The first true value of `condition()`; a failure after `within` seconds."""
    deadline = time.monotonic() + within
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise Failure(f"{what}: not within {within} seconds")
        time.sleep(0.2)
    return value


# The pages, as a browser without scripts sees them


class Page(html.parser.HTMLParser):
    """The links and forms of a page."""

    def __init__(self, address, text):
        super().__init__()
        self.address, self.text, self.links, self.forms = address, text, [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a" and attributes.get("href"):
            self.links.append(urllib.parse.urljoin(self.address, attributes["href"]))
        elif tag == "form":
            self.forms.append((urllib.parse.urljoin(self.address, attributes.get("action") or ""), {}))
        elif tag in ("input", "select", "textarea") and attributes.get("name") and self.forms:
            self.forms[-1][1][attributes["name"]] = attributes.get("value") or ""


class Browser:
    """Keeps cookies and fills in forms."""

    def __init__(self):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def open(self, address, fields=None):
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        try:
            with self.opener.open(urllib.parse.urljoin(ADDRESS, address), data, timeout=60) as response:
                return Page(response.geturl(), response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                raise Failure(f"{address} answered {error.code}: {error.read().decode(errors='replace')[:300]}") from None

    def submit(self, page, values):
        """Sends the page's form that has all these fields, hidden ones as they are."""
        for action, fields in page.forms:
            if values.keys() <= fields.keys():
                return self.open(action, {**fields, **values})
        raise Failure(f"{page.address} has no form with {', '.join(values)}")

    def sign_in(self):
        values = {"username": os.environ["DEMO_ADMINISTRATOR"], "password": os.environ["DEMO_PASSWORD"]}
        page = self.submit(self.open("/"), values)
        if 'type="password"' in page.text:
            raise Failure("the panel did not accept the administrator's password")
        return page


# A router, as much of its protocol as a customer's log-in needs


class Router:
    """One connection to a router's API; every word here is shorter than 16 384 bytes."""

    def __init__(self, endpoint, user, password):
        host, port = endpoint.rsplit(":", 1)
        self.stream = socket.create_connection((host.strip("[]"), int(port)), timeout=10).makefile("rwb")
        self.talk("/login", f"=name={user}", f"=password={password}")

    def talk(self, *words):
        """Sends one sentence and returns the rows of the answer."""
        for word in words:
            data = word.encode()
            length = len(data)
            self.stream.write(bytes([length]) if length < 128 else bytes([0x80 | length >> 8, length & 0xFF]))
            self.stream.write(data)
        self.stream.write(b"\0")
        self.stream.flush()
        rows = []
        while True:
            kind, *words = self.sentence()
            values = dict(word[1:].split("=", 1) for word in words if word.startswith("="))
            if kind == "!re":
                rows.append(values)
            elif kind == "!done":
                return rows
            elif kind in ("!trap", "!fatal"):
                raise Failure(f"the router refused: {values.get('message') or words}")

    def sentence(self):
        words = []
        while True:
            first = self.read(1)[0]
            length = first if first < 128 else (first & 0x3F) << 8 | self.read(1)[0]
            if length == 0:
                return words
            words.append(self.read(length).decode(errors="replace"))

    def read(self, count):
        data = self.stream.read(count)
        if len(data) < count:
            raise Failure("the router closed the connection")
        return data

    def users(self):
        rows = self.talk("/ip/hotspot/user/print")
        return {row["name"]: row for row in rows}

    def withdraw(self, codes):
        """Removes the users of these codes, and whoever is logged in with one; the codes that were there."""
        ours = {
            code: row for code, row in self.users().items()
            if code in codes and row.get("comment", "").startswith("VOUCHER_SYSTEM|")
        }
        for row in ours.values():
            self.talk("/ip/hotspot/user/remove", f"=.id={row['.id']}")
        for row in self.talk("/ip/hotspot/active/print"):
            if row.get("user") in ours:
                self.talk("/ip/hotspot/active/remove", f"=.id={row['.id']}")
        return set(ours)

    def customer(self, code):
        self.talk(
            "/ip/hotspot/active/login", f"=user={code}", f"=password={code}", "=ip=10.5.50.2",
            "=mac-address=02:00:00:00:00:02",
        )


# What the simulated routers are told


def power(number, on):
    """Pulls the plug of a simulated router, counted from 1, or puts it back in."""
    request = urllib.request.Request(
        f"http://{os.environ['DEMO_CONTROL']}/routers/{number}/power",
        json.dumps({"on": on}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10):
        pass


def status(number):
    """What the panel says of a router, counted from 1: online, offline or error."""
    routers = ask("GET", f"{API}/router-management")
    return next((router["status"] for router in routers if router["name"] == f"Router {number}"), None)


def shown(browser):
    """What the page shows of the moment, as its own script asks for it."""
    return json.loads(browser.open("/dashboard/figures").text)


def live():
    """Until it is ended: a minute of good weather, half a minute without the second router, and what the page made of it."""
    browser = Browser()
    browser.sign_in()
    while True:
        for _ in range(4):
            time.sleep(15)
            figures = shown(browser)
            say(f"{figures['online']} customers online, {figures['active']} vouchers in use")
        power(2, on=False)
        say("somebody pulls the plug of router 2")
        began = time.monotonic()
        until("the panel notices", lambda: status(2) == "offline", 60)
        say(f"the page shows router 2 offline, {time.monotonic() - began:.1f} s later; what is sold for it waits")
        time.sleep(max(0, began + 30 - time.monotonic()))
        power(2, on=True)
        say("router 2 is switched on again")
        began = time.monotonic()
        until("the panel notices", lambda: status(2) == "online", 60)
        say(f"the page shows router 2 online, {time.monotonic() - began:.1f} s later")


def say(line):
    print(f"  {time.strftime('%H:%M:%S')}  {line}", flush=True)


# What demo.sh asks for


def free_ports(count):
    """The first of `count` free consecutive ports."""
    while True:
        # Below those that the system hands out by itself: it will not give one of them away before it is used.
        first = random.randrange(10_000, 32_000 - count)
        held = []
        try:
            for port in range(first, first + count):
                held.append(socket.socket())
                held[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for one in held:
                one.close()


def endpoints():
    return os.environ["DEMO_ROUTERS"].split()


def draft(number, endpoint):
    host, port = endpoint.rsplit(":", 1)
    return {
        "name": f"Router {number}",
        "ip_address": host.strip("[]"),
        "api_port": int(port),
        "username": os.environ["ROUTER_USER"],
        "password": os.environ["ROUTER_PASSWORD"],
        "location": {"region": "Central Region", "district": "Kampala"},
    }


def add_routers():
    return [
        ask("POST", f"{API}/router-management", draft(number, endpoint))["id"]
        for number, endpoint in enumerate(endpoints(), 1)
    ]


def add_package():
    return ask("POST", f"{API}/packages", PACKAGE)["name"]


def register():
    routers, package = add_routers(), add_package()
    # The customers of simulated routers come with vouchers that somebody has sold them.
    for router in routers if os.environ.get("DEMO_SIMULATED") else []:
        ask("POST", f"{API}/vouchers/batch-generate", {"quantity": 40, "profile": package, "router_id": router})


def withdraw(database):
    """Takes every voucher of the demo off its routers; the panel must have ended, or it would put them back."""
    connection = sqlite3.connect(database)
    try:
        codes = {code for (code,) in connection.execute("SELECT code FROM voucher")}
    finally:
        connection.close()
    if not codes:
        return
    for endpoint in endpoints():
        try:
            router = Router(endpoint, os.environ["ROUTER_USER"], os.environ["ROUTER_PASSWORD"])
            router.withdraw(codes)
            # What the panel had sent when it ended may arrive after the first look.
            time.sleep(0.5)
            until("the router keeps none", lambda: not router.withdraw(codes), 15)
        except (Failure, OSError) as error:
            raise Failure(
                f"{endpoint} could not be cleaned up ({error}); these codes may still be valid there: "
                + " ".join(sorted(codes))
            ) from None
    print(f"ok   none of the {len(codes)} vouchers made is left on {' '.join(endpoints())}", flush=True)


def check():
    """The main job, one line a step."""
    seen = {}

    def healthy():
        if not is_healthy():
            raise Failure("/healthz does not answer")

    def guarded():
        status, answer = call("GET", f"{API}/vouchers", token="not-a-token")
        if status not in (401, 403) or answer.get("success"):
            raise Failure(f"a wrong token got {status}")

    def tested():
        for number, endpoint in enumerate(endpoints(), 1):
            answer = ask("POST", f"{API}/router-management/test-connection", draft(number, endpoint))
            seen["tested"] = answer

    def added():
        seen["routers"] = add_routers()

    def signed_in():
        seen["browser"] = Browser()
        seen["browser"].sign_in()

    def packaged():
        seen["package"] = add_package()

    def generated():
        order = {"quantity": 10, "profile": seen["package"], "router_id": seen["routers"][0]}
        seen["batch"] = ask("POST", f"{API}/vouchers/batch-generate", order)
        seen["codes"] = [voucher["code"] for voucher in seen["batch"]["vouchers"]]
        if len(set(seen["codes"])) != 10:
            raise Failure(f"10 vouchers were ordered: {seen['codes']}")

    def listed():
        return ask("GET", f"{API}/vouchers?batch={seen['batch']['batch_id']}&per_page=100")

    def present():
        until("every voucher is on the router", lambda: all(v["provisioning"] == "present" for v in listed()), 60)

    def enforced():
        users = router().users()
        for code in seen["codes"]:
            row = users.get(code)
            if row is None:
                raise Failure(f"{code} is not on the router")
            if row.get("limit-uptime") != "3h" or row.get("limit-bytes-total") != "1610612736":
                raise Failure(f"{code} has other limits on the router: {row}")

    def router():
        return Router(endpoints()[0], os.environ["ROUTER_USER"], os.environ["ROUTER_PASSWORD"])

    def used():
        router().customer(seen["codes"][0])

    def active():
        def is_active():
            voucher = ask("GET", f"{API}/vouchers/{seen['codes'][0]}")
            return voucher["status"] == "active" and voucher["activated_at"] and voucher["expires_at"]

        until("the voucher is active", is_active, 15)

    def counted():
        active_now = [voucher["code"] for voucher in listed() if voucher["status"] == "active"]
        if active_now != [seen["codes"][0]]:
            raise Failure(f"these are active: {active_now}")

    def printed():
        batch = seen["browser"].open(f"/batches/{seen['batch']['batch_id']}")
        sheets = [link for link in batch.links if any(word in link for word in ("print", "sheet"))]
        if not sheets:
            raise Failure(f"the batch page links to no sheet: {batch.links}")
        sheet = seen["browser"].open(sheets[0]).text
        missing = [code for code in seen["codes"] if code not in sheet]
        if missing:
            raise Failure(f"not on the sheet: {missing}")

    def dropped():
        power(2, on=False)
        until("the panel notices", lambda: status(2) == "offline", 30)

    def returned():
        power(2, on=True)
        until("the panel notices", lambda: status(2) == "online", 30)

    simulated = bool(os.environ.get("DEMO_SIMULATED"))
    steps = [
        ("the server is healthy", healthy),
        ("a wrong token is refused", guarded),
        ("the connection test passes on every router", tested),
        ("the routers are added", added),
        ("the administrator signs in", signed_in),
        ("a package is made", packaged),
        ("a batch of 10 vouchers is generated", generated),
        ("the sheet to print holds every code", printed),
        ("every voucher is on the router", present),
        ("the router enforces time and data of each", enforced),
        ("a customer logs in with the first code", used if simulated else None),
        ("that voucher is active, with its expiry", active if simulated else None),
        ("the list shows one active voucher", counted if simulated else None),
        ("a router whose plug is pulled shows as offline", dropped if simulated else None),
        ("and as online once it is back", returned if simulated else None),
    ]
    for name, step in steps:
        if step is None:
            print(f"skip {name} (needs a simulated router, or a device at the hotspot)")
            continue
        began = time.monotonic()
        try:
            step()
        except (Failure, OSError, KeyError, ValueError) as error:
            print(f"FAIL {name}: {error if isinstance(error, Failure) else repr(error)}", flush=True)
            return 1
        print(f"ok   {name} ({time.monotonic() - began:.1f} s)", flush=True)
    return 0



def is_healthy():
    try:
        with urllib.request.urlopen(ADDRESS + "/healthz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def main(arguments):
    match arguments:
        case ["secret"]:
            print(secrets.token_urlsafe(18))
        case ["free-ports", count]:
            print(free_ports(int(count)))
        case ["healthy"]:
            return 0 if is_healthy() else 1
        case ["register"]:
            register()
        case ["check"]:
            return check()
        case ["live"]:
            live()
        case ["withdraw", database]:
            withdraw(database)
        case ["customer", code, endpoint]:
            user = os.environ.get("ROUTER_USER", "demo")
            password = os.environ.get("ROUTER_PASSWORD") or getpass.getpass("password of the router: ")
            Router(endpoint, user, password).customer(code)
        case _:
            print(__doc__, file=sys.stderr)
            return 64
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Failure, OSError) as error:
        sys.exit(f"FAIL {error}")
