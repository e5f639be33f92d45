"""`router-simulator` as a process, and the two independent clients that look into it."""

import http.client
import json
import urllib.parse

import librouteros
import routeros_api
from librouteros.query import Key

from .program import Program, free_ports


class Simulator:
    """One simulated router; `state` names the file in which it keeps its tables over a restart."""

    def __init__(self, binaries, user="api", password="router-password", state=None, release=None, options=()):
        self.executable = binaries / "router-simulator"
        self.user, self.password, self.state = user, password, state
        self.release, self.options = release, options
        self.port = free_ports(2)
        self.control = self.port + 1
        self.program = None
        self.start()

    def start(self):
        arguments = ["--port", self.port, "--user", self.user, "--password", self.password]
        if self.state:
            arguments += ["--state", self.state]
        if self.release:
            arguments += ["--routeros", self.release]
        arguments += ["--control", self.control, *self.options]
        self.program = Program(self.executable, *arguments)
        self.program.wait_for_line(f"listening 127.0.0.1:{self.port}")
        self.program.wait_for_line(f"control 127.0.0.1:{self.control}")

    def stop(self):
        self.program.stop()

    def table(self, menu):
        """What a table of the router holds, told by its control port and by no client."""
        connection = http.client.HTTPConnection("127.0.0.1", self.control, timeout=10)
        try:
            connection.request("GET", f"/routers/1/rows?menu={urllib.parse.quote(menu)}")
            return json.loads(connection.getresponse().read())["rows"]
        finally:
            connection.close()

    def run(self, command, **attributes):
        """Somebody gives a command at the router's console."""
        connection = http.client.HTTPConnection("127.0.0.1", self.control, timeout=10)
        try:
            body = json.dumps({"command": command, "attributes": attributes})
            connection.request("POST", "/routers/1/run", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            assert response.status == 200, response.read()
        finally:
            connection.close()

    # librouteros

    def librouteros(self):
        return librouteros.connect(
            host="127.0.0.1",
            port=self.port,
            username=self.user,
            password=self.password,
            timeout=10,
            encoding="utf-8",
        )

    def users(self):
        """Every hotspot user as librouteros reads it, by name."""
        api = self.librouteros()
        try:
            rows = list(api.path("/ip/hotspot/user"))
        finally:
            api.close()
        names = [str(row["name"]) for row in rows]
        assert len(names) == len(set(names)), "a hotspot user stands on the router twice"
        return {str(row["name"]): row for row in rows if row["name"] != "default-trial"}

    def row(self, name):
        api = self.librouteros()
        try:
            rows = list(api.path("/ip/hotspot/user").select().where(Key("name") == name))
        finally:
            api.close()
        assert len(rows) <= 1, rows
        return rows[0] if rows else None

    def remove(self, name):
        """Somebody removes a hotspot user by hand."""
        row = self.row(name)
        api = self.librouteros()
        try:
            api.path("/ip/hotspot/user").remove(row[".id"])
        finally:
            api.close()

    def log_in_customer(self, code, ip="10.5.50.2", mac="02:00:00:00:00:01"):
        """A customer types the code at the hotspot."""
        api = self.librouteros()
        try:
            list(api("/ip/hotspot/active/login", user=code, password=code, ip=ip, **{"mac-address": mac}))
        finally:
            api.close()

    # RouterOS-api

    def routeros_api(self):
        return routeros_api.RouterOsApiPool(
            "127.0.0.1", port=self.port, username=self.user, password=self.password, plaintext_login=True
        )

    def users_by_routeros_api(self):
        pool = self.routeros_api()
        try:
            rows = pool.get_api().get_resource("/ip/hotspot/user").get()
        finally:
            pool.disconnect()
        return {row["name"]: row for row in rows if row["name"] != "default-trial"}
