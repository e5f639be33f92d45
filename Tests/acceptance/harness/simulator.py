"""`router-simulator` as a process, and the two independent clients that look into it."""

import librouteros
import routeros_api
from librouteros.query import Key

from .program import Program, free_ports


class Simulator:
    """One simulated router; `state` names the file in which it keeps its tables over a restart."""

    def __init__(self, binaries, user="api", password="router-password", state=None):
        self.executable = binaries / "router-simulator"
        self.user, self.password, self.state = user, password, state
        self.port = free_ports()
        self.program = None
        self.start()

    def start(self):
        arguments = ["--port", self.port, "--user", self.user, "--password", self.password]
        if self.state:
            arguments += ["--state", self.state]
        self.program = Program(self.executable, *arguments)
        self.program.wait_for_line(f"listening 127.0.0.1:{self.port}")

    def stop(self):
        self.program.stop()

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
