"""The command `routeros` against simulated routers and peers that are none."""

import base64
import os
import pty
import select
import signal
import subprocess

import pytest

from harness import peers
from harness.program import free_ports
from harness.routeros import Routeros
from harness.waiting import wait_until

USERS = "/ip/hotspot/user"


@pytest.fixture
def routeros(binaries, simulator):
    return Routeros(binaries, f"127.0.0.1:{simulator.port}", simulator.user, simulator.password)


def test_rows_are_json_lines_in_the_routers_order(routeros):
    added = routeros.rows(f"{USERS}/add", "=name=A7K2", "=limit-uptime=3h", "=comment=shelf = 4")
    assert len(added) == 1 and list(added[0]) == ["ret"] and added[0]["ret"].startswith("*")
    routeros.rows("/ip/hotspot", "user", "add", "name=B3")

    rows = routeros.rows(f"{USERS}/print", "=.proplist=.id,name,limit-uptime,comment", "?limit-uptime")
    assert rows == [{".id": added[0]["ret"], "name": "A7K2", "limit-uptime": "3h", "comment": "shelf = 4"}]
    assert list(rows[0])[0] == ".id"
    assert routeros.rows(f"{USERS}/print", "=count-only=") == [{"ret": "2"}]
    assert routeros.rows(f"{USERS}/remove", f"=.id={added[0]['ret']}") == []
    assert [row["name"] for row in routeros.rows("/ip/hotspot/user", "print")] == ["B3"]


def test_any_bytes_come_out_as_json(routeros):
    code_page = "Комната 5".encode("cp1251")
    ended = routeros(f"{USERS}/add", "=name=X", "--value-file", "comment=-", stdin=b'a "b"\\\r\n\x1b[1m\x00\xff')
    assert ended.returncode == 0, ended
    ended = routeros(f"{USERS}/add", "=name=Y", "--value-file", "comment=-", stdin=code_page)
    assert ended.returncode == 0, ended

    (row,) = routeros.rows(f"{USERS}/print", "?name=X")
    assert row["comment"] == 'a "b"\\\r\n\x1b[1m\x00ÿ'
    (row,) = routeros.rows(f"{USERS}/print", "?name=Y", "--encoding", "cp1251")
    assert row["comment"] == "Комната 5"
    lines = routeros(f"{USERS}/print").stdout.splitlines()
    assert len(lines) == 2 and all(byte >= 0x20 for line in lines for byte in line)


def test_a_table_is_aligned_whole_in_a_pipe_and_cut_on_a_terminal(routeros):
    routeros.rows(f"{USERS}/add", "=name=漢字", "=comment=" + "long " * 60)
    routeros.rows(f"{USERS}/add", "=name=B", "=comment=x\ny")
    arguments = ["--table", f"{USERS}/print", "=.proplist=name,comment"]
    lines = routeros(*arguments).stdout.decode().splitlines()
    assert lines == ["name  comment", "漢字  " + "long " * 60, "B     x␊y"]

    controller, terminal = pty.openpty()
    subprocess.run(["stty", "cols", "40"], stdin=terminal, check=True)
    ended = subprocess.run(
        [routeros.executable, *routeros.options, *arguments], stdout=terminal, env=routeros.environment, timeout=60
    )
    assert ended.returncode == 0
    shown = b""
    # A terminal may hand over what was written in several pieces.
    while shown.count(b"\n") < 3:
        assert select.select([controller], [], [], 30)[0], shown
        shown += os.read(controller, 65_536)
    shown = shown.decode().splitlines()
    assert shown[1] == "漢字  " + ("long " * 60)[:33] + "…"
    os.close(terminal)
    os.close(controller)


def test_a_trap_is_status_5_and_the_routers_words(routeros):
    routeros.rows(f"{USERS}/add", "=name=A7K2")
    assert "already have user" in routeros.fails(5, f"{USERS}/add", "=name=A7K2")
    assert "no such command" in routeros.fails(5, "/no/such/print").lower()


def test_a_wrong_password_is_status_4_and_shown_nowhere(binaries, simulator):
    wrong = Routeros(binaries, f"127.0.0.1:{simulator.port}", simulator.user, "canary-wrong")
    line = wrong.fails(4, "/system/identity/print")
    assert "canary" not in line and "invalid user name or password" in line


@pytest.mark.parametrize(
    "behave", [peers.talks_nonsense, peers.is_a_web_server, peers.is_a_tls_service, peers.hangs_up, peers.stalls]
)
def test_a_peer_that_is_no_router_is_status_3(binaries, behave):
    peer = peers.Peer(behave)
    try:
        routeros = Routeros(binaries, f"127.0.0.1:{peer.port}", "api", "canary")
        assert "canary" not in routeros.fails(3, "/system/identity/print", "--timeout", "2")
    finally:
        peer.close()


def test_a_refused_port_is_status_3_and_says_what_to_enable(binaries):
    port = free_ports()
    line = Routeros(binaries, "127.0.0.1", "api", "x").fails(3, "/system/identity/print", "--port", str(port))
    assert f"127.0.0.1:{port}" in line and "/ip service" in line


def test_a_command_line_that_cannot_be_followed_is_status_2(routeros, binaries):
    assert "canary" not in routeros.fails(2, "/x", "--password", "canary")
    assert "canary" not in routeros.fails(2, "/x", "--password=canary")
    assert "65535" in routeros.fails(2, "/x", "--port", "none")
    assert "no-such-file" in routeros.fails(2, "/x", "--password-file", "/no-such-file")
    without = Routeros(binaries, "127.0.0.1", "api", None)
    assert "--password-file" in without.fails(2, "/system/identity/print")


def test_the_password_comes_from_a_file_or_a_terminal_that_does_not_show_it(binaries, simulator, tmp_path):
    routeros = Routeros(binaries, f"127.0.0.1:{simulator.port}", simulator.user, None)
    file = tmp_path / "password"
    file.write_text(simulator.password + "\n")
    file.chmod(0o644)
    ended = routeros("--password-file", str(file), "/system/identity/print")
    assert ended.returncode == 0 and b"chmod 600" in ended.stderr and simulator.password.encode() not in ended.stderr
    file.chmod(0o600)
    assert routeros.rows("--password-file", str(file), "/system/identity/print") == [{"name": "MikroTik"}]

    process, terminal = pty.fork()
    if process == 0:
        os.execve(
            routeros.executable,
            [str(routeros.executable), *routeros.options, "/system/identity/print"],
            routeros.environment,
        )
    shown = b""

    def read_until(text):
        nonlocal shown
        while text not in shown:
            shown += os.read(terminal, 4096)

    read_until(b": ")
    os.write(terminal, simulator.password.encode() + b"\n")
    read_until(b"}")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert simulator.password.encode() not in shown and b'{"name":"MikroTik"}' in shown
    os.close(terminal)


@pytest.mark.parametrize(
    "status, body, expected",
    [
        (200, [{".id": "*1", "name": "A7K2"}], 0),
        (400, {"error": 400, "message": "Bad Request", "detail": "failure: already have user with this name"}, 5),
        (400, {"error": 400, "message": "Bad Request", "detail": "invalid value canary-secret for password"}, 5),
        (401, {"error": 401, "message": "Unauthorized"}, 4),
        (200, "no rows", 3),
    ],
)
def test_rest_has_the_rows_and_the_statuses_of_the_api(binaries, status, body, expected):
    peer = peers.WebService(status, body)
    try:
        routeros = Routeros(binaries, f"127.0.0.1:{peer.port}", "api", "canary-password")
        command = ["--rest", f"{USERS}/add", "=name=A7K2", "=password=canary-secret"]
        if expected == 0:
            assert routeros.rows(*command) == body
        else:
            assert "canary" not in routeros.fails(expected, *command)
        ((path, login, sent),) = peer.requests
        assert path == f"/rest{USERS}/add" and sent == {"name": "A7K2", "password": "canary-secret"}
        assert login == "Basic " + base64.b64encode(b"api:canary-password").decode()
    finally:
        peer.close()


def test_rest_where_nothing_listens_is_status_3_and_what_it_cannot_do_is_status_2(binaries):
    routeros = Routeros(binaries, f"127.0.0.1:{free_ports()}", "api", "canary")
    assert "www" in routeros.fails(3, "--rest", "/system/identity/print")
    assert "canary" not in routeros.fails(2, "--rest", "/interface/monitor-traffic", "interface=ether1")


def test_a_secret_of_the_command_is_shown_in_no_ending(routeros, simulator, binaries):
    user = ["=name=A7K2", "=password=canary-secret"]
    assert "canary" not in routeros.fails(2, f"{USERS}/add", *user, "canary-secret")
    assert "canary" not in routeros.fails(2, f"{USERS}/add", *user, "--value-file", "password=canary")
    refused = Routeros(binaries, f"127.0.0.1:{free_ports()}", "api", "canary-password")
    assert "canary" not in refused.fails(3, f"{USERS}/add", *user)
    wrong = Routeros(binaries, f"127.0.0.1:{simulator.port}", simulator.user, "canary-password")
    assert "canary" not in wrong.fails(4, f"{USERS}/add", *user)
    routeros.rows(f"{USERS}/add", *user)
    assert "canary" not in routeros.fails(5, f"{USERS}/add", *user)
    assert "canary" not in routeros.fails(5, f"{USERS}/add", "=name=B", "=password=canary-secret", "=limit-uptime=canary-x")


def test_a_reader_that_leaves_early_is_no_failure(routeros, binaries):
    for number in range(30):
        routeros.rows(f"{USERS}/add", f"=name=N{number}", "=comment=" + "x" * 8_000)
    command = subprocess.list2cmdline([str(routeros.executable), *routeros.options, f"{USERS}/print"])
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{command} | head -n 1"],
        capture_output=True,
        env=routeros.environment,
        timeout=60,
    )
    assert ended.returncode == 0 and ended.stderr == b"" and ended.stdout.count(b"\n") == 1, ended


def test_listening_prints_rows_and_changes_until_ctrl_c(routeros, simulator):
    routeros.rows(f"{USERS}/add", "=name=before")
    listening = routeros.start("--listen", f"{USERS}/print", "=.proplist=.id,name")
    try:
        listening.wait_for("the row that was there", lambda row: row.get("name") == "before")
        (added,) = routeros.rows(f"{USERS}/add", "=name=after")
        listening.wait_for("the new row", lambda row: row.get("name") == "after")
        routeros.rows(f"{USERS}/remove", f"=.id={added['ret']}")
        listening.wait_for("its end", lambda row: ".dead" in row and row[".id"] == added["ret"])
        assert listening.stop(signal.SIGINT) == (0, "")
    finally:
        listening.kill()


def test_listening_ends_when_its_reader_leaves(routeros):
    command = subprocess.list2cmdline([str(routeros.executable), *routeros.options, "--listen", f"{USERS}/print"])
    routeros.rows(f"{USERS}/add", "=name=first")
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{command} | head -n 1"],
        capture_output=True,
        env=routeros.environment,
        timeout=60,
    )
    assert ended.returncode == 0 and ended.stderr == b"" and b"first" in ended.stdout, ended


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_that_is_ended_early_says_so(binaries, number, status):
    peer = peers.Peer(peers.stalls)
    try:
        running = Routeros(binaries, f"127.0.0.1:{peer.port}", "api", "x").start("/system/identity/print")
        wait_until("a connection", lambda: peer.open, within=10)
        assert running.stop(number) == (status, "")
    finally:
        running.kill()
        peer.close()
