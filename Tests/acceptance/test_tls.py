"""TLS against peers written by others: the openssl program and Python's ssl module, as servers and as clients."""

import os
import socket
import ssl
import subprocess

import librouteros
import pytest

from harness.program import Program, free_ports
from harness.tls import Certificate, OpenSSLServer, TLSRouter
from harness.waiting import wait_until

PASSWORD = "canary-password"
CONNECT_FAILED = 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def authority(folder):
    return Certificate(folder, "authority", authority=True)


@pytest.fixture(scope="module")
def certificate(folder, authority):
    return Certificate(folder, "127.0.0.1", issuer=authority)


@pytest.fixture
def ask(binaries, tmp_path):
    """ask(port, mode) → what `routeros` did when it was to print the router's identity."""
    file = tmp_path / "password"
    file.write_text(PASSWORD)

    def run(port, mode, roots=None):
        result = subprocess.run(
            [
                *(binaries / "routeros", "--host", "127.0.0.1", "--port", str(port), "--tls", mode),
                *("--user", "api", "--password-file", file, "/system/identity/print"),
            ],
            capture_output=True,
            text=True,
            timeout=30,
            env={**os.environ, **({"SSL_CERT_FILE": str(roots)} if roots else {})},
        )
        assert PASSWORD not in result.stdout + result.stderr
        return result

    return run


@pytest.fixture
def start():
    """start(kind, …) → a running server, gone at the end of the test."""
    started = []

    def run(kind, *arguments, **options):
        started.append(kind(*arguments, **options))
        return started[-1]

    yield run
    for server in started:
        server.close()


def serve(start, *arguments):
    server = start(OpenSSLServer, free_ports(), *arguments)

    def accepts():
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return True
        except OSError:
            assert server.process.poll() is None, server.close()
            return False

    wait_until("openssl s_server accepts connections", accepts, within=15)
    return server


# Our client, servers by others


@pytest.mark.parametrize("newest", [None, ssl.TLSVersion.TLSv1_2])
@pytest.mark.parametrize("mode", ["pin", "system"])
def test_a_router_with_a_certificate_answers(ask, start, authority, certificate, mode, newest):
    router = start(TLSRouter, certificate, newest=newest)
    result = ask(router.port, f"pin:{certificate.pin}" if mode == "pin" else mode, roots=authority.pem)
    assert result.returncode == 0, result
    assert "Elsewhere" in result.stdout
    assert router.versions[0][0] == ("TLSv1.2" if newest else "TLSv1.3")


def test_a_router_without_a_certificate_answers_whoever_asks_for_that(ask, start, folder):
    router = start(TLSRouter, parameters=folder / "dh.pem")
    result = ask(router.port, "anonymous")
    assert result.returncode == 0, result
    assert "Elsewhere" in result.stdout
    assert router.versions[0][1].startswith("ADH-")


@pytest.mark.parametrize("mode", ["system", "pin:" + "00" * 32])
def test_nobody_is_downgraded_to_anonymous(ask, start, mode):
    server = serve(start, "-nocert", "-cipher", "ADH:@SECLEVEL=0", "-tls1_2")
    result = ask(server.port, mode)
    assert result.returncode == CONNECT_FAILED
    assert "api-ssl" in result.stderr and "certificate" in result.stderr, result.stderr
    assert PASSWORD.encode() not in server.close()


def test_an_anonymous_client_is_told_that_the_router_has_a_certificate(ask, start, certificate):
    server = serve(start, "-cert", certificate.pem, "-key", certificate.key)
    result = ask(server.port, "anonymous")
    assert result.returncode == CONNECT_FAILED
    assert "has a certificate" in result.stderr, result.stderr


@pytest.mark.parametrize(
    "flaw, words",
    [("expired", "expired"), ("wrong name", "another name"), ("stranger", "authority"), ("self-signed", "nobody but")],
)
def test_a_certificate_that_is_not_right_is_refused_by_name(ask, start, tmp_path, authority, flaw, words):
    made = {
        "expired": lambda: Certificate(tmp_path, "127.0.0.1", days=-1, issuer=authority),
        "wrong name": lambda: Certificate(tmp_path, "10.9.9.9", issuer=authority),
        "stranger": lambda: Certificate(
            tmp_path, "127.0.0.1", issuer=Certificate(tmp_path, "stranger", authority=True)
        ),
        "self-signed": lambda: Certificate(tmp_path, "127.0.0.1"),
    }[flaw]()
    server = serve(start, "-cert", made.pem, "-key", made.key)
    result = ask(server.port, "system", roots=authority.pem)
    assert result.returncode == CONNECT_FAILED
    assert words in result.stderr, result.stderr
    assert PASSWORD.encode() not in server.close()
    # The same one, pinned: whoever signed it, whatever it says.
    assert ask(start(TLSRouter, made).port, f"pin:{made.pin}").returncode == 0


def test_another_certificate_than_the_pinned_one_gets_no_password(ask, start, certificate, authority):
    router = start(TLSRouter, certificate)
    result = ask(router.port, f"pin:{authority.pin}")
    assert result.returncode == CONNECT_FAILED
    assert certificate.pin in result.stderr and authority.pin in result.stderr, result.stderr
    assert router.logins == []


def test_the_pin_for_the_first_use_is_shown_and_nobody_logs_in(binaries, start, certificate):
    router = start(TLSRouter, certificate)
    result = subprocess.run(
        [binaries / "routeros", "--host", f"127.0.0.1:{router.port}", "--show-pin"],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert result.returncode == 0, result
    assert f"pin:{certificate.pin}\n" in result.stdout and "127.0.0.1" in result.stdout, result.stdout
    assert router.logins == []


def test_a_server_that_knows_nothing_newer_than_tls_1_1_is_refused(ask, start, certificate):
    server = serve(start, "-cert", certificate.pem, "-key", certificate.key, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    result = ask(server.port, f"pin:{certificate.pin}")
    assert result.returncode == CONNECT_FAILED
    assert "1.2" in result.stderr, result.stderr


# Our server, clients by others


@pytest.fixture
def simulator(binaries, certificate, request):
    port = free_ports()
    arguments = (
        ("--tls-anonymous",)
        if request.param == "anonymous"
        else ("--tls-certificate", certificate.pem, "--tls-key", certificate.key)
    )
    program = Program(
        binaries / "router-simulator", "--port", port, "--user", "api", "--password", PASSWORD, *arguments
    )
    program.wait_for_line(f"listening 127.0.0.1:{port}")
    yield port
    program.kill()


@pytest.mark.parametrize("simulator", ["certificate", "anonymous"], indirect=True)
def test_librouteros_speaks_tls_with_the_simulator(simulator, authority, request):
    if "anonymous" in request.node.name:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("ADH:@SECLEVEL=0")
    else:
        context = ssl.create_default_context(cafile=authority.pem)
    api = librouteros.connect(
        host="127.0.0.1",
        port=simulator,
        username="api",
        password=PASSWORD,
        ssl_wrapper=lambda plain: context.wrap_socket(plain, server_hostname="127.0.0.1"),
    )
    users = api.path("/ip/hotspot/user")
    for number in range(50):
        users.add(name=f"T{number}", password="p")
    assert {f"T{number}" for number in range(50)} <= {row["name"] for row in users}
    api.close()


@pytest.mark.parametrize("simulator", ["certificate"], indirect=True)
def test_s_client_verifies_the_simulator_and_resumes(simulator, authority, tmp_path):
    session = tmp_path / "session"
    common = ("openssl", "s_client", "-connect", f"127.0.0.1:{simulator}", "-CAfile", str(authority.pem), "-tls1_2")

    def connect(*arguments):
        return subprocess.run(
            [*common, "-verify_return_error", *arguments], input="", capture_output=True, text=True, timeout=30
        )

    first = connect("-sess_out", str(session))
    assert "Verify return code: 0 (ok)" in first.stdout, first
    second = connect("-sess_in", str(session))
    assert "Reused, TLSv1.2" in second.stdout, second
