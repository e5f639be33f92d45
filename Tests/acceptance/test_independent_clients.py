"""Two clients written by others speak to the simulated router: evidence that it behaves as a RouterOS router."""

import librouteros
import librouteros.exceptions
import pytest
import routeros_api.exceptions
from librouteros.query import Key

from harness.program import Program, free_ports

USERS = "/ip/hotspot/user"


def test_librouteros_logs_in_prints_adds_sets_queries_and_removes(simulator):
    api = simulator.librouteros()
    users = api.path(USERS)

    added = users.add(name="L1", password="L1", profile="default", **{"limit-uptime": "3h"})
    users.add(name="L2", password="L2")
    assert {"L1", "L2"} <= {row["name"] for row in users}

    users.update(**{".id": added, "limit-bytes-total": "1610612736", "comment": "a = b | ü"})
    queried = list(users.select("name", "limit-uptime", "limit-bytes-total", "comment").where(Key("name") == "L1"))
    assert queried == [
        {"name": "L1", "limit-uptime": "3h", "limit-bytes-total": 1610612736, "comment": "a = b | ü"}
    ]

    users.remove(added)
    assert not list(users.select("name").where(Key("name") == "L1"))
    assert [row["name"] for row in users.select("name").where(Key("name") == "L2")] == ["L2"]
    api.close()


def test_routeros_api_logs_in_prints_adds_sets_queries_and_removes(simulator):
    pool = simulator.routeros_api()
    users = pool.get_api().get_resource(USERS)

    users.add(name="R1", password="R1", **{"limit-uptime": "3h"})
    users.add(name="R2", password="R2")
    assert {"R1", "R2"} <= {row["name"] for row in users.get()}

    (row,) = users.get(name="R1")
    users.set(id=row["id"], comment="changed")
    (row,) = users.get(name="R1")
    assert (row["limit-uptime"], row["comment"]) == ("3h", "changed")

    users.remove(id=row["id"])
    assert users.get(name="R1") == []
    assert [row["name"] for row in users.get(name="R2")] == ["R2"]
    pool.disconnect()


def test_what_one_client_writes_the_other_reads(simulator):
    api = simulator.librouteros()
    api.path(USERS).add(name="BOTH", password="BOTH")
    api.close()
    assert "BOTH" in simulator.users_by_routeros_api()


def test_the_router_tells_its_identity_and_version(simulator):
    api = simulator.librouteros()
    (identity,) = api.path("/system/identity")
    (resource,) = api.path("/system/resource")
    api.close()
    assert identity["name"]
    assert str(resource["version"]).startswith("7.18")


def test_a_second_user_of_the_same_name_is_refused(simulator):
    api = simulator.librouteros()
    users = api.path(USERS)
    users.add(name="ONCE", password="ONCE")
    with pytest.raises(librouteros.exceptions.TrapError, match="already have user with this name"):
        users.add(name="ONCE", password="ONCE")
    api.close()


def test_a_wrong_password_is_refused_to_both_clients(simulator):
    simulator.password = "wrong"
    with pytest.raises(librouteros.exceptions.TrapError, match="invalid user name or password"):
        simulator.librouteros()
    with pytest.raises(routeros_api.exceptions.RouterOsApiCommunicationError, match="invalid user name or password"):
        simulator.routeros_api().get_api()


def test_a_customer_starts_and_ends_a_session(simulator):
    api = simulator.librouteros()
    api.path(USERS).add(name="C1", password="C1")
    simulator.log_in_customer("C1", ip="10.5.50.9", mac="02:00:00:00:00:09")
    active = api.path("/ip/hotspot/active")
    (session,) = active
    assert (session["user"], session["address"], session["mac-address"]) == ("C1", "10.5.50.9", "02:00:00:00:00:09")
    active.remove(session[".id"])
    assert list(active) == []
    api.close()


def test_several_routers_of_one_program_keep_tables_of_their_own(binaries, tmp_path):
    first = free_ports(2)
    program = Program(
        binaries / "router-simulator",
        *("--port", first, "--count", 2, "--user", "api", "--password", "p", "--routeros", "6.49"),
    )
    try:
        program.wait_for_line("listening 127.0.0.1:", count=2)
        one, two = (
            librouteros.connect(host="127.0.0.1", port=port, username="api", password="p")
            for port in (first, first + 1)
        )
        one.path(USERS).add(name="HERE", password="HERE")
        assert "HERE" in {row["name"] for row in one.path(USERS)}
        assert "HERE" not in {row["name"] for row in two.path(USERS)}
        (resource,) = two.path("/system/resource")
        assert str(resource["version"]).startswith("6.49")
        assert program.stop() == 0
    finally:
        program.kill()


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_state_keeps_the_tables_over_a_restart(start_simulator, end):
    simulator = start_simulator(state=True)
    api = simulator.librouteros()
    api.path(USERS).add(name="KEPT", password="KEPT", **{"limit-uptime": "3h"})
    api.close()
    getattr(simulator.program, end)()
    simulator.start()
    assert simulator.row("KEPT")["limit-uptime"] == "3h"
