"""RouterOS-api, all of it, against simulated routers of several releases; what it reports is what the router's tables hold."""

import datetime
import ipaddress
import ssl

import pytest
import routeros_api
from routeros_api import api_structure as fields
from routeros_api import query
from routeros_api.exceptions import (
    RouterOsApiCommunicationError,
    RouterOsApiConnectionError,
    RouterOsApiError,
    RouterOsApiParsingError,
)

from harness.customers import CUSTOMERS, USERS, names, seconds
from harness.tls import Certificate

RELEASES = ["6.42", "6.49", "7.9", "7.16", "7.18", "7.24"]


@pytest.fixture
def connect():
    """connect(simulator, …) → a pool, disconnected at the end."""
    opened = []

    def run(simulator, plaintext=None, **options):
        if plaintext is None:
            plaintext = simulator.release != "6.42"
        opened.append(
            routeros_api.RouterOsApiPool(
                "127.0.0.1",
                port=simulator.port,
                username=simulator.user,
                password=simulator.password,
                plaintext_login=plaintext,
                **options,
            )
        )
        return opened[-1]

    yield run
    for pool in opened:
        pool.disconnect()


@pytest.fixture(params=RELEASES)
def stocked(request, start_simulator, connect):
    """A router with customers on it, and an api."""
    simulator = start_simulator(release=request.param)
    for row in CUSTOMERS.values():
        simulator.run(f"{USERS}/add", **row)
    return simulator, connect(simulator).get_api()


def customers(rows):
    return [row for row in rows if row["name"] in CUSTOMERS]


# Login


@pytest.mark.parametrize(
    "release, plaintext", [("6.42", False), ("6.42", True), ("6.49", True), ("7.9", True), ("7.24", True)]
)
def test_logs_in_by_the_method_of_the_release(start_simulator, connect, release, plaintext):
    # A password in the clear is answered by 6.42 with a challenge, which the client then takes up.
    api = connect(start_simulator(release=release), plaintext=plaintext).get_api()
    (resource,) = api.get_resource("/system/resource").get()
    assert resource["version"].startswith(release)


def test_a_challenge_is_no_longer_taken(start_simulator, connect):
    with pytest.raises(RouterOsApiCommunicationError, match="invalid user name or password"):
        connect(start_simulator(release="6.49"), plaintext=False).get_api()


@pytest.mark.parametrize("release, words", [("6.42", "cannot log in"), ("7.18", "invalid user name or password")])
def test_a_wrong_password_is_refused(start_simulator, connect, release, words):
    simulator = start_simulator(release=release)
    simulator.password = "wrong"
    with pytest.raises(RouterOsApiCommunicationError, match=words) as refused:
        connect(simulator).get_api()
    assert words.encode() in refused.value.original_message


@pytest.mark.parametrize("kind", ["context", "unverified", "anonymous"])
def test_the_same_over_tls(start_simulator, connect, tmp_path, kind):
    certificate = Certificate(tmp_path, "127.0.0.1")
    options = ("--tls-certificate", certificate.pem, "--tls-key", certificate.key)
    if kind == "anonymous":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("ADH:@SECLEVEL=0")
        options, tls = ("--tls-anonymous",), {"ssl_context": context}
    elif kind == "context":
        tls = {"ssl_context": ssl.create_default_context(cafile=certificate.pem)}
    else:
        tls = {"use_ssl": True, "ssl_verify": False, "ssl_verify_hostname": False}
    simulator = start_simulator(options=options)
    users = connect(simulator, **tls).get_api().get_resource(USERS)
    for number in range(20):
        users.add(name=f"T{number}", comment="x" * 5_000)
    assert [row["comment"] for row in users.get() if row["name"].startswith("T")] == ["x" * 5_000] * 20


def test_a_certificate_of_nobody_is_refused_by_the_client(start_simulator, connect, tmp_path):
    certificate = Certificate(tmp_path, "127.0.0.1")
    simulator = start_simulator(options=("--tls-certificate", certificate.pem, "--tls-key", certificate.key))
    with pytest.raises((ssl.SSLError, RouterOsApiConnectionError)):
        connect(simulator, use_ssl=True).get_api()


# Tables


@pytest.mark.parametrize("how", ["get", "get_async", "detailed_get", "detailed_get_async"])
def test_every_way_to_print_gives_the_table(stocked, how):
    simulator, api = stocked
    answer = getattr(api.get_resource(USERS), how)()
    rows = answer.get() if how.endswith("async") else answer
    held = [{name.removeprefix("."): value for name, value in row.items()} for row in simulator.table(USERS)]
    assert rows == held


def test_rows_are_added_changed_and_removed(stocked):
    simulator, api = stocked
    users = api.get_resource(USERS)
    added = users.add(name="NEW", limit_uptime="90m").done_message["ret"]
    promised = users.add_async(name="NEWER").get().done_message["ret"]
    held = {row["name"]: row for row in simulator.table(USERS)}
    assert (held["NEW"][".id"], held["NEW"]["limit-uptime"]) == (added, "1h30m")
    assert held["NEWER"][".id"] == promised

    users.set(id=added, comment="first")
    users.set_async(id=added, limit_uptime="2h")
    users.call("disable", {"id": added})
    users.call("comment", {"numbers": promised, "comment": "by comment"})
    held = {row["name"]: row for row in simulator.table(USERS)}
    assert [held["NEW"][name] for name in ("comment", "limit-uptime", "disabled")] == ["first", "2h", "true"]
    assert held["NEWER"]["comment"] == "by comment"

    users.remove(id=f"{added},{promised}")
    users.remove_async(id=held["C03"][".id"]).get()
    assert [row["name"] for row in customers(simulator.table(USERS))] == [name for name in CUSTOMERS if name != "C03"]
    assert {"NEW", "NEWER"}.isdisjoint(row["name"] for row in simulator.table(USERS))
    count = users.call("print", {"count-only": ""}).done_message
    assert count == {"ret": str(len(simulator.table(USERS)))}


def test_typed_fields_are_read_and_written(stocked):
    simulator, api = stocked
    structure = {
        "limit-uptime": fields.TimedeltaField(),
        "uptime": fields.TimedeltaField(),
        "limit-bytes-total": fields.IntegerField(),
        "disabled": fields.BooleanField(),
    }
    users = api.get_resource(USERS, AnyOf(structure))
    span = datetime.timedelta(weeks=1, days=2, hours=3, minutes=4, seconds=5)
    users.add(**{"name": "TYPED", "limit-uptime": span, "limit-bytes-total": 2**33, "disabled": True})
    (row,) = users.get(name="TYPED")
    assert (row["limit-uptime"], row["limit-bytes-total"], row["disabled"]) == (span, 2**33, True)
    assert row["uptime"] == datetime.timedelta(0)
    held = {row["name"]: row for row in simulator.table(USERS)}["TYPED"]
    assert (held["limit-uptime"], held["limit-bytes-total"], held["disabled"]) == ("1w2d3h4m5s", str(2**33), "true")

    addresses = api.get_resource(
        "/ip/address", AnyOf({"address": fields.StringField(), "network": fields.StringField()})
    )
    for row in addresses.get():
        assert ipaddress.ip_interface(row["address"]).network.network_address == ipaddress.ip_address(row["network"])


def test_lists_are_read_and_written(stocked):
    simulator, api = stocked
    profiles = api.get_resource(
        "/ip/hotspot/profile", AnyOf({"login-by": fields.ListField(fields.StringField())})
    )
    (first, *_) = profiles.get()
    profiles.set(**{"id": first["id"], "login-by": ["mac", "cookie", "http-pap"]})
    assert simulator.table("/ip/hotspot/profile")[0]["login-by"].split(",") == profiles.get()[0]["login-by"]
    assert set(profiles.get()[0]["login-by"]) == {"mac", "cookie", "http-pap"}


class AnyOf(dict):
    """A structure in which everything that is not named is text."""

    def __missing__(self, name):
        return fields.StringField()


def test_values_keep_every_byte(stocked):
    simulator, api = stocked
    every = bytes(range(256))
    script = ':if ($user = "a") do={\r\n\t:log info "x"\n}\n'
    binary, texts = api.get_binary_resource(USERS), api.get_resource(USERS)
    binary.add(name="every".encode(), comment=every)
    texts.add(name="漢字", comment="Комната 5 = é")
    api.get_resource("/ip/hotspot/user/profile").add(**{"name": "scripted", "on-login": script})
    assert binary.get(name=b"every")[0]["comment"] == every
    assert binary.get(comment=every)[0]["name"] == b"every"
    assert texts.get(name="漢字")[0]["comment"] == "Комната 5 = é"
    (profile,) = api.get_resource("/ip/hotspot/user/profile").get(name="scripted")
    assert profile["on-login"] == script
    assert {row["name"] for row in simulator.table(USERS)} >= {"漢字", "every"}


# Queries

QUERIES = {
    "equal": (query.IsEqualQuery("name", "C07"), lambda row: row["name"] == "C07"),
    "less": (query.IsLessQuery("limit-bytes-total", "9000"), lambda row: int(row["limit-bytes-total"]) < 9_000),
    "greater": (query.IsGreaterQuery("limit-uptime", "1h"), lambda row: seconds(row["limit-uptime"]) > 3_600),
    "has": (query.HasValueQuery("email"), lambda row: "email" in row),
    "or": (
        query.OrQuery(
            query.IsEqualQuery("name", "C02"),
            query.IsEqualQuery("name", "C04"),
            query.IsGreaterQuery("limit-bytes-total", "20000"),
        ),
        lambda row: row["name"] in ("C02", "C04") or int(row["limit-bytes-total"]) > 20_000,
    ),
    "and": (
        query.AndQuery(query.HasValueQuery("comment"), query.IsLessQuery("limit-uptime", "1h")),
        lambda row: "comment" in row and seconds(row["limit-uptime"]) < 3_600,
    ),
    "nand": (
        query.NandQuery(query.HasValueQuery("comment"), query.IsLessQuery("limit-uptime", "1h")),
        lambda row: not ("comment" in row and seconds(row["limit-uptime"]) < 3_600),
    ),
    "or of nand and and": (
        query.OrQuery(
            query.NandQuery(query.HasValueQuery("email"), query.HasValueQuery("comment")),
            query.AndQuery(query.IsEqualQuery("disabled", "true"), query.HasValueQuery("email")),
        ),
        lambda row: not ("email" in row and "comment" in row) or (row["disabled"] == "yes" and "email" in row),
    ),
}


@pytest.mark.parametrize("question", QUERIES)
def test_its_queries_find_what_python_finds(stocked, question):
    _, api = stocked
    ask, wanted = QUERIES[question]
    users = api.get_resource(USERS)
    found = users.call("print", {"proplist": "name"}, additional_queries=(ask,))
    assert [row["name"] for row in customers(found)] == names(wanted)
    both = users.call("print", queries={"disabled": "true"}, additional_queries=(ask,))
    assert [row["name"] for row in customers(both)] == names(lambda row: wanted(row) and row["disabled"] == "yes")


# Many commands at a time


def test_answers_that_are_fetched_in_another_order(stocked):
    simulator, api = stocked
    users = api.get_resource(USERS)
    promises = {name: users.get_async(name=name) for name in CUSTOMERS}
    for name, promise in reversed(promises.items()):
        assert [row["name"] for row in promise.get()] == [name]
    assert [row["name"] for row in users.call_async("print", {"proplist": "name"})] == [
        row["name"] for row in simulator.table(USERS)
    ]


def test_listen_tells_changes_by_others_and_cancel_ends_it(stocked):
    simulator, api = stocked
    users = api.get_binary_resource(USERS)
    promise = users.call_async("listen", {"proplist": b".id,name"})
    changes = iter(promise)
    assert len(api.get_resource("/system/identity").get()) == 1
    simulator.run(f"{USERS}/add", name="NEW")
    new = next(changes)
    assert new["name"] == b"NEW"
    simulator.run(f"{USERS}/remove", **{".id": new["id"].decode()})
    assert next(changes) == {"id": new["id"], ".dead": b"true"}
    assert api.get_binary_resource("/").call("cancel", {"tag": promise.inner.tag}) == []
    with pytest.raises(RouterOsApiCommunicationError, match="interrupted"):
        next(changes)
    assert len(api.get_resource("/system/identity").get()) == 1


# Errors

ERRORS = {
    "no such menu": ("/no/such", "print", {}, "no such command prefix"),
    "no such verb": (USERS, "dance", {}, "no such command"),
    "no such item": (USERS, "set", {"id": "*FFFF", "comment": "x"}, "no such item"),
    "a duplicate": (USERS, "add", {"name": "C01"}, "already have user with this name for this server"),
    "no such profile": (USERS, "add", {"name": "x", "profile": "none"}, "input does not match any value of profile"),
    "an unknown parameter": (USERS, "add", {"name": "x", "bogus": "1"}, "unknown parameter bogus"),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_come_as_its_exceptions_and_the_connection_goes_on(stocked, kind):
    simulator, api = stocked
    before = simulator.table(USERS)
    path, command, arguments, words = ERRORS[kind]
    with pytest.raises(RouterOsApiCommunicationError, match=words) as refused:
        api.get_resource(path).call(command, arguments)
    assert words.encode() in refused.value.original_message
    assert simulator.table(USERS) == before
    assert len(api.get_resource("/system/identity").get()) == 1


def test_quit_is_answered_with_a_reason_that_it_cannot_parse(start_simulator, connect):
    pool = connect(start_simulator())
    api = pool.get_api()
    # Routers give the reason as a bare word, which this client takes for a broken attribute.
    with pytest.raises(RouterOsApiParsingError, match="session terminated on request"):
        api.get_binary_resource("/").call("quit")
    with pytest.raises(RouterOsApiConnectionError):
        api.get_resource("/system/identity").get()
    assert not pool.connected
    assert len(pool.get_api().get_resource("/system/identity").get()) == 1


def test_a_router_that_goes_away_disconnects(start_simulator, connect):
    simulator = start_simulator()
    pool = connect(simulator)
    api = pool.get_api()
    pool.set_timeout(5)
    simulator.program.kill()
    with pytest.raises(RouterOsApiError):
        api.get_resource("/system/identity").get()
    assert not pool.connected
    simulator.start()
    assert len(pool.get_api().get_resource("/system/identity").get()) == 1
