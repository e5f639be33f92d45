"""`router-simulator`: scenarios, time that passes faster, many routers, and the control port."""

import http.client
import json
import pathlib

import librouteros
import pytest

from harness.program import Program, free_ports
from harness.waiting import wait_until


class Control:
    """A running router-simulator and its control port."""

    def __init__(self, binaries, routers, *arguments):
        first = free_ports(routers + 1)
        self.port, self.ports = first + routers, range(first, first + routers)
        self.program = Program(
            binaries / "router-simulator", "--port", first, "--user", "api", "--password", "secret",
            "--control", self.port, *arguments,
        )
        self.program.wait_for_line(f"control 127.0.0.1:{self.port}")

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            data = None if body is None else json.dumps(body)
            if data is not None:
                headers.setdefault("Content-Type", "application/json")
            elif method == "POST":
                headers["Content-Length"] = "0"
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def api(self, number=1):
        return librouteros.connect(
            host="127.0.0.1", port=self.ports[number - 1], username="api", password="secret", timeout=5
        )


@pytest.fixture
def start_control(binaries):
    started = []

    def start(routers, *arguments):
        started.append(Control(binaries, routers, *arguments))
        return started[-1]

    yield start
    for control in started:
        control.program.stop()


def test_routers_are_listed_and_customers_log_in_and_out(start_control):
    control = start_control(2, "--count", 2)
    status, listed = control.ask("GET", "/routers")
    assert status == 200
    assert [router["port"] for router in listed["routers"]] == list(control.ports)

    body = {"command": "/ip/hotspot/user/add", "attributes": {"name": "A7K2", "password": "A7K2"}}
    assert control.ask("POST", "/routers/2/run", body)[0] == 200
    assert control.ask("POST", "/routers/2/login", {"user": "A7K2"}) == (200, {"ip": "10.5.50.2", "user": "A7K2"})
    api = control.api(2)
    assert [row["user"] for row in api.path("/ip/hotspot/active")] == ["A7K2"]
    assert control.ask("GET", "/routers/1")[1]["online"] == 0
    assert control.ask("GET", "/routers/2")[1]["online"] == 1
    assert control.ask("POST", "/routers/2/logout", {"user": "A7K2"})[0] == 200
    assert not list(api.path("/ip/hotspot/active"))
    api.close()


def test_time_is_advanced(start_control):
    control = start_control(1)
    rows = {"command": "/ip/hotspot/user/add", "attributes": {"name": "a", "limit-uptime": "1h"}}
    control.ask("POST", "/routers/1/run", rows)
    control.ask("POST", "/routers/1/login", {"user": "a"})
    assert control.ask("POST", "/advance", {"seconds": 3000})[0] == 200
    assert control.ask("GET", "/routers/1")[1]["online"] == 1
    control.ask("POST", "/advance", {"seconds": 700})
    assert control.ask("GET", "/routers/1")[1]["online"] == 0
    _, answer = control.ask("GET", "/routers/1/rows?menu=/ip/hotspot/user")
    assert [row["uptime"] for row in answer["rows"] if row["name"] == "a"] == ["1h"]


def test_faults_are_felt_by_an_independent_client_and_taken_back(start_control):
    control = start_control(1)
    assert control.ask("POST", "/routers/1/faults", {"name": "refuse-login"})[1] == {"faults": ["refuse-login"], "planned": []}
    with pytest.raises(librouteros.exceptions.LibRouterosError):
        control.api()
    assert control.ask("DELETE", "/routers/1/faults")[1] == {"faults": [], "planned": []}
    api = control.api()
    control.ask("POST", "/routers/1/faults", {"name": "trap 1 failure: router is busy"})
    with pytest.raises(librouteros.exceptions.TrapError, match="router is busy"):
        list(api.path("/system/identity"))
    assert list(api.path("/system/identity"))
    control.ask("POST", "/routers/1/faults", {"name": "reset-after 3"})
    with pytest.raises((librouteros.exceptions.LibRouterosError, OSError)):
        list(api.path("/system/identity"))
    control.ask("POST", "/routers/1/faults", {"name": "refuse-connections"})
    with pytest.raises(OSError):
        control.api()
    control.ask("DELETE", "/routers/1/faults?name=refuse-connections")
    control.api().close()


def test_a_scenario_brings_rows_customers_and_faults(start_control, tmp_path):
    scenario = tmp_path / "scenario.json"
    scenario.write_text(json.dumps({
        "routers": [
            {"identity": "lake", "users": 40, "customers": {"every": "20s", "staying": "10m"}},
            {"release": "6.49", "rows": ["/ip/hotspot/user name=A7K2"], "faults": [{"name": "stall", "after": "1h"}]},
        ]
    }))
    control = start_control(2, "--scenario", scenario, "--time-scale", 600)
    first, second = control.ask("GET", "/routers")[1]["routers"]
    assert (first["identity"], second["release"]) == ("lake", "6.49")
    assert {"A7K2"} <= {row["name"] for row in control.ask("GET", "/routers/2/rows?menu=/ip/hotspot/user")[1]["rows"]}
    wait_until("customers come", lambda: control.ask("GET", "/routers/1")[1]["online"] >= 3, within=20)
    wait_until("the fault comes", lambda: control.ask("GET", "/routers/2")[1]["faults"] == ["stall"], within=20)


@pytest.mark.parametrize("headers", [
    {"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
])
def test_web_pages_are_refused(start_control, headers):
    control = start_control(1)
    status, answer = control.ask("GET", "/routers", **headers)
    assert status == 403 and answer["error"]


def test_a_thousand_routers_with_a_client_each_fit_into_300_megabytes(start_control):
    control = start_control(1_000, "--count", 1_000)
    apis = [control.api(number) for number in range(1, 1_001)]
    status = pathlib.Path(f"/proc/{control.program.process.pid}/status").read_text()
    (resident,) = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")]
    assert resident < 300_000, f"{resident} kB"
    for api in apis:
        api.close()


@pytest.mark.parametrize("text, reason", [
    ("{", "no JSON"), ('{"routers": [{"faults": [{"name": "flood"}]}]}', "no fault is called"),
])
def test_a_scenario_that_cannot_be_followed_is_refused(binaries, tmp_path, text, reason):
    scenario = tmp_path / "scenario.json"
    scenario.write_text(text)
    program = Program(
        binaries / "router-simulator", "--port", free_ports(), "--user", "a", "--password", "b", "--scenario", scenario
    )
    wait_until("it ends", lambda: not program.running, within=10)
    program.stop()
    assert program.process.returncode == 2
    assert reason in program.output
