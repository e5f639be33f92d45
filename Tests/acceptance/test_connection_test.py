"""The connection test names the step that failed and what to check, within its deadline."""

import time

import pytest

from harness import peers
from harness.panel import Panel
from harness.simulator import Simulator

PATH = "/api/v1/router-management/test-connection"
DEADLINE = 15
# The steps in their order; the words for them are the server's.
NETWORK, HANDSHAKE, AUTHENTICATION, PERMISSIONS, SYSTEM = range(5)


@pytest.fixture(scope="module")
def shop(binaries, tmp_path_factory):
    panel = Panel(binaries, tmp_path_factory.mktemp("connection-test"))
    yield panel
    panel.program.kill()


@pytest.fixture(scope="module")
def router(binaries):
    simulator = Simulator(binaries)
    yield simulator
    simulator.program.kill()


@pytest.fixture
def peer():
    started = []

    def start(behave):
        started.append(peers.Peer(behave))
        return started[-1]

    yield start
    for one in started:
        one.close()


def attempt(shop, port, user="api", password="router-password", host="127.0.0.1"):
    began = time.monotonic()
    answer = shop.post(
        PATH,
        {"name": "Try", "ip_address": host, "api_port": port, "username": user, "password": password},
        timeout=60,
    )
    assert time.monotonic() - began < DEADLINE, answer
    assert password not in answer.text
    return answer


def failed_step(answer):
    """The position of the step that failed; those before it passed, those after it were not tried."""
    assert 400 <= answer.status < 500 and answer.body["success"] is False and answer.body["error"]["code"], answer
    steps = answer.data["steps"]
    position = [step["status"] for step in steps].index("failed")
    assert [step["status"] for step in steps] == ["passed"] * position + ["failed"] + ["skipped"] * (4 - position)
    assert steps[position]["step"] and len(steps[position]["message"]) > 20, answer
    assert len(steps[position]["remedy"]) > 10, answer
    assert [index for index, step in enumerate(steps) if step["remedy"] is not None] == [position], answer
    return position


def passing(ask):
    """The answer of a test of a healthy router.

    A test gives up on a command after two seconds, and so it does on a machine that stood still for as long: that one, and
    no other, is repeated.
    """
    for _ in range(5):
        began = time.monotonic()
        answer = ask()
        if answer.status == 200 or time.monotonic() - began < 2:
            break
    assert answer.status == 200, answer
    return answer


def test_a_healthy_router_passes_all_five_steps(shop, router):
    answer = passing(lambda: attempt(shop, router.port))
    assert answer.body["success"] is True, answer
    assert [step["status"] for step in answer.data["steps"]] == ["passed"] * 5, answer
    assert len({step["step"] for step in answer.data["steps"]}) == 5, answer
    assert all(step["remedy"] is None for step in answer.data["steps"]), answer
    assert "7.18" in answer.text


def test_the_remedy_is_a_line_to_type_where_one_helps(shop):
    answer = attempt(shop, 1)
    assert answer.data["steps"][failed_step(answer)]["remedy"] == "/ip service enable api", answer


def test_a_saved_router_is_tested_with_its_saved_password(shop, router):
    saved = shop.add_simulator(router)["id"]
    answer = passing(lambda: shop.post(PATH, {"id": saved}, timeout=60))
    assert answer.body["success"] is True, answer


def test_an_unsaved_test_saves_nothing(shop, router):
    def saved():
        # What is typed: what is seen of a router changes from one reading to the next.
        rows = shop.succeed("GET", "/api/v1/router-management")
        return [(row["id"], row["name"], row["ip_address"], row["api_port"], row["username"]) for row in rows]

    before = saved()
    attempt(shop, router.port)
    assert saved() == before


def test_a_wrong_port_fails_at_the_network_step(shop):
    assert failed_step(attempt(shop, 1)) == NETWORK


@pytest.mark.parametrize("host", ["no-such-router.invalid", "192.0.2.1"])
def test_a_wrong_host_fails_at_the_network_step(shop, host):
    assert failed_step(attempt(shop, 8728, host=host)) == NETWORK


def test_a_wrong_password_fails_at_the_authentication_step(shop, router):
    assert failed_step(attempt(shop, router.port, password="not-the-password")) == AUTHENTICATION


def test_a_wrong_user_fails_at_the_authentication_step(shop, router):
    assert failed_step(attempt(shop, router.port, user="nobody")) == AUTHENTICATION


@pytest.mark.parametrize(
    "behave",
    [
        peers.stalls,
        peers.talks_nonsense,
        peers.is_a_web_server,
        peers.is_a_tls_service,
        peers.announces_an_endless_word,
        peers.hangs_up,
    ],
    ids=lambda behave: behave.__name__,
)
def test_a_peer_that_is_no_router_fails_at_the_handshake_step(shop, peer, behave):
    assert failed_step(attempt(shop, peer(behave).port)) == HANDSHAKE


def test_tls_on_a_plain_port_is_said_to_be_that(shop, peer):
    answer = attempt(shop, peer(peers.is_a_tls_service).port)
    (step,) = [step for step in answer.data["steps"] if step["status"] == "failed"]
    assert "TLS" in step["message"], answer


def test_the_server_goes_on_after_all_that(shop, router, peer):
    for behave in (peers.talks_nonsense, peers.announces_an_endless_word, peers.hangs_up):
        attempt(shop, peer(behave).port)
    passing(lambda: attempt(shop, router.port))
    assert shop.program.running
