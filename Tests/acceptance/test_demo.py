"""Examples/demo.sh: it finds its panel wherever that listens, and leaves nothing behind, also on a real router."""

import json
import os
import pathlib
import re
import signal
import socket
import urllib.request

import pytest

from harness.program import Program
from harness.waiting import wait_until

DEMO = pathlib.Path(__file__).resolve().parents[2] / "Examples" / "demo.sh"


@pytest.fixture
def start_demo(binaries, tmp_path, monkeypatch):
    """start_demo("--check", HOST=…) → the running script."""
    started = []

    def start(*arguments, **environment):
        for name in ("HOST", "PORT", "ROUTER", "ROUTER_USER", "ROUTER_PASSWORD"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"BINARIES": str(binaries), "TMPDIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        # A shell cannot trap what was ignored when it began, as Ctrl-C is where this suite runs in the background.
        started.append(Program("env", "--default-signal=INT", DEMO, *arguments))
        return started[-1]

    yield start
    for program in started:
        program.stop(within=30)


def real(simulator):
    return {
        "ROUTER": f"127.0.0.1:{simulator.port}", "ROUTER_USER": simulator.user, "ROUTER_PASSWORD": simulator.password,
    }


def ended(program, within=60):
    wait_until(f"the demo ends: {program.output}", lambda: not program.running, within=within)
    program.stop()
    return program.process.returncode


def generate(demo, quantity):
    """Has vouchers made through the interface that the script printed; their codes."""
    address = re.search(r"Panel +(http://\S+)/", demo.output)[1]
    token = re.search(r"API token +(\S+)", demo.output)[1]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(path, body=None):
        data = body and json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=30) as response:
            return json.load(response)["data"]

    (router,) = ask("/api/v1/router-management")
    order = {"quantity": quantity, "profile": "3 Hours - 1.5GB", "router_id": router["id"]}
    return [voucher["code"] for voucher in ask("/api/v1/vouchers/batch-generate", order)["vouchers"]]


def another_address():
    """An address of this machine beside 127.0.0.1."""
    return "::1" if socket.has_ipv6 and os.path.exists("/proc/net/if_inet6") else "127.0.0.2"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "0.0.0.0", another_address()])
def test_the_check_passes_wherever_the_panel_listens(start_demo, tmp_path, host):
    demo = start_demo("--check", HOST=host)
    assert ended(demo) == 0, demo.output
    assert "ok   the list shows one active voucher" in demo.output
    assert list(tmp_path.iterdir()) == []


def test_the_check_leaves_no_voucher_on_a_real_router(start_demo, simulator):
    api = simulator.librouteros()
    api.path("/ip/hotspot/user").add(name="resident", comment="not ours")
    api.path("/ip/hotspot/user").add(name="GUEST", comment="VOUCHER_SYSTEM|1||")
    api.close()
    before = simulator.users().keys()
    demo = start_demo("--check", **real(simulator))
    assert ended(demo) == 0, demo.output
    assert "none of the 10 vouchers made is left" in demo.output
    assert simulator.users().keys() == before


def test_a_demo_that_is_interrupted_withdraws_its_vouchers_too(start_demo, simulator, tmp_path):
    before = simulator.users().keys()
    demo = start_demo(HOST="0.0.0.0", **real(simulator))
    demo.wait_for_line("Ctrl-C ends it", within=30)
    assert "http://0.0.0.0" not in demo.output
    assert "http://127.0.0.1:" in demo.output
    codes = generate(demo, 3)
    wait_until("the vouchers are on the router", lambda: set(codes) <= simulator.users().keys(), within=20)
    simulator.log_in_customer(codes[0])
    demo.process.send_signal(signal.SIGINT)
    assert ended(demo) == 0, demo.output
    assert simulator.users().keys() == before
    api = simulator.librouteros()
    assert [row["user"] for row in api.path("/ip/hotspot/active")] == []
    api.close()
    assert list(tmp_path.iterdir()) == []


def test_codes_that_could_not_be_withdrawn_are_named(start_demo, simulator):
    demo = start_demo(**real(simulator))
    demo.wait_for_line("Ctrl-C ends it", within=30)
    (code,) = generate(demo, 1)
    simulator.program.kill()
    demo.process.send_signal(signal.SIGINT)
    assert ended(demo) == 1, demo.output
    assert f"may still be valid there: {code}" in demo.output
