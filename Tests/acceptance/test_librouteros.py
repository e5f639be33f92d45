"""librouteros, all of it, against simulated routers of several releases; what it reports is what the router's tables hold."""

import asyncio
import ssl

import librouteros
import pytest
from librouteros.exceptions import ConnectionClosed, FatalError, LibRouterosError, TrapError
from librouteros.login import async_plain, async_token, plain, token
from librouteros.query import And, Key, Or

from harness.customers import CUSTOMERS, USERS, names, seconds, text
from harness.tls import Certificate

RELEASES = ["6.42", "6.49", "7.9", "7.16", "7.18", "7.24"]
NAME, UPTIME, BYTES = Key("name"), Key("limit-uptime"), Key("limit-bytes-total")


@pytest.fixture
def connect():
    """connect(simulator, …) → an open Api, closed at the end."""
    opened = []

    def run(simulator, **options):
        options = {"encoding": "utf-8", "timeout": 10, **options}
        options.setdefault("login_method", token if simulator.release == "6.42" else plain)
        opened.append(
            librouteros.connect(
                "127.0.0.1", simulator.user, simulator.password, port=simulator.port, **options
            )
        )
        return opened[-1]

    yield run
    for api in opened:
        api.close()


@pytest.fixture(params=RELEASES)
def stocked(request, start_simulator, connect):
    """A router with customers on it, and a connection."""
    simulator = start_simulator(release=request.param)
    api = connect(simulator)
    users = api.path(USERS)
    for row in CUSTOMERS.values():
        users.add(**row)
    return simulator, api


# Login


@pytest.mark.parametrize("release, method", [("6.42", token), ("6.49", plain), ("7.9", plain), ("7.24", plain)])
def test_logs_in_by_the_method_of_the_release(start_simulator, connect, release, method):
    api = connect(start_simulator(release=release), login_method=method)
    (resource,) = api.path("/system/resource")
    assert str(resource["version"]).startswith(release)


@pytest.mark.parametrize("release", ["6.49", "7.18"])
def test_a_challenge_is_handed_out_and_no_longer_taken(start_simulator, connect, release):
    with pytest.raises(TrapError, match="invalid user name or password"):
        connect(start_simulator(release=release), login_method=token)


def test_a_wrong_password_is_refused_in_the_words_of_6_42(start_simulator, connect):
    simulator = start_simulator(release="6.42")
    simulator.password = "wrong"
    with pytest.raises(TrapError, match="cannot log in"):
        connect(simulator)


@pytest.mark.parametrize("kind", ["certificate", "anonymous"])
@pytest.mark.parametrize("release", ["6.42", "7.18"])
def test_the_same_over_tls(start_simulator, connect, tmp_path, kind, release):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if kind == "anonymous":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("ADH:@SECLEVEL=0")
        options = ("--tls-anonymous",)
    else:
        certificate = Certificate(tmp_path, "127.0.0.1")
        context.load_verify_locations(certificate.pem)
        options = ("--tls-certificate", certificate.pem, "--tls-key", certificate.key)
    simulator = start_simulator(release=release, options=options)
    api = connect(
        simulator,
        saddr="127.0.0.1",
        ssl_wrapper=lambda plain: context.wrap_socket(plain, server_hostname="127.0.0.1"),
    )
    users = api.path("ip", "hotspot", "user")
    for number in range(20):
        users.add(name=f"T{number}", comment="x" * 5_000)
    assert [row["comment"] for row in users if row["name"].startswith("T")] == ["x" * 5_000] * 20
    assert [row["name"] for row in simulator.table(USERS) if row["name"].startswith("T")] == [
        f"T{number}" for number in range(20)
    ]


# Tables


def test_a_print_is_the_table(stocked):
    simulator, api = stocked
    table = [row for row in simulator.table(USERS) if row["name"] in CUSTOMERS]
    printed = [row for row in api.path(USERS) if row["name"] in CUSTOMERS]
    assert [{name: text(value) for name, value in row.items()} for row in printed] == table
    for row, customer in zip(table, CUSTOMERS.values(), strict=True):
        assert seconds(row["limit-uptime"]) == seconds(customer["limit-uptime"])
        assert row["disabled"] == {"yes": "true", "no": "false"}[customer["disabled"]]
        for name in ("password", "limit-bytes-total", "comment", "email"):
            assert row.get(name) == customer.get(name)


def test_rows_are_changed_and_removed_several_at_a_time(stocked):
    simulator, api = stocked
    users = api.path(USERS)
    ids = {row["name"]: row[".id"] for row in users.select(NAME, Key(".id"))}

    users.update(**{".id": f"{ids['C01']},{ids['C02']}", "comment": "both", "disabled": True})
    list(users("disable", **{".id": ids["C04"]}))
    list(users("comment", **{"numbers": ids["C05"], "comment": "by comment"}))
    by_name = {row["name"]: row for row in simulator.table(USERS)}
    assert [(by_name[name]["comment"], by_name[name]["disabled"]) for name in ("C01", "C02")] == [("both", "true")] * 2
    assert (by_name["C04"]["disabled"], by_name["C05"]["comment"]) == ("true", "by comment")

    users.remove(ids["C01"], ids["C03"], ids["C05"])
    left = [row["name"] for row in simulator.table(USERS) if row["name"] in CUSTOMERS]
    assert left == [name for name in CUSTOMERS if name not in ("C01", "C03", "C05")]
    added = users.add(name="C99")
    assert added not in ids.values()
    assert [row[".id"] for row in simulator.table(USERS) if row["name"] == "C99"] == [added]


def test_paths_are_joined_and_settings_have_no_id(stocked):
    simulator, api = stocked
    identity = api.path("system").join("identity")
    assert str(identity) == "/system/identity"
    identity.update(name="Lake View №1")
    assert list(identity) == [{"name": "Lake View №1"}] == simulator.table("/system/identity")
    assert list(api.rawCmd("/ip/hotspot/user/print", "=count-only=")) == [{"ret": len(simulator.table(USERS))}]
    assert list(api("/ip/hotspot/user/get", **{".id": "C07", "value-name": "limit-bytes-total"})) == [{"ret": 7_000}]


def test_values_keep_every_byte(start_simulator, connect):
    simulator = start_simulator()
    utf8, cp1251, latin = (connect(simulator, encoding=encoding) for encoding in ("utf-8", "cp1251", "latin-1"))
    script = ':if ($user = "a") do={\r\n\t:log info "$user = \\"b\\""\n}\n\x00\x7f'
    every = "".join(map(chr, range(256)))
    utf8.path(USERS).add(name="漢字", comment="Комната 5 = é")
    cp1251.path(USERS).add(name="room", comment="Комната 5")
    latin.path(USERS).add(name="every", comment=every)
    utf8.path("/ip/hotspot/user/profile").add(name="scripted", **{"on-login": script})
    utf8.path(USERS).add(name="long", comment="0123456789" * 3_000)

    def comment(api, name):
        (row,) = api.path(USERS).select(Key("comment")).where(NAME == name)
        return row["comment"]

    assert comment(utf8, "漢字") == "Комната 5 = é"
    assert comment(cp1251, "room") == "Комната 5"
    assert comment(latin, "room") == "Комната 5".encode("cp1251").decode("latin-1")
    assert comment(latin, "every") == every
    assert comment(utf8, "long") == "0123456789" * 3_000
    (profile,) = utf8.path("/ip/hotspot/user/profile").select(Key("on-login")).where(NAME == "scripted")
    assert profile == {"on-login": script}
    (held,) = (row for row in simulator.table("/ip/hotspot/user/profile") if row["name"] == "scripted")
    assert held["on-login"] == script


# Queries: what comes back is what Python finds in what was set

QUERIES = {
    "equal": (lambda: NAME == "C07", lambda row: row["name"] == "C07"),
    "not equal": (lambda: NAME != "C07", lambda row: row["name"] != "C07"),
    "longer": (lambda: UPTIME > "1h", lambda row: seconds(row["limit-uptime"]) > 3_600),
    "shorter": (lambda: UPTIME < "1h3m", lambda row: seconds(row["limit-uptime"]) < 3_780),
    "more": (lambda: BYTES > 9_000, lambda row: int(row["limit-bytes-total"]) > 9_000),
    "fewer": (lambda: BYTES < 10_000, lambda row: int(row["limit-bytes-total"]) < 10_000),
    "in": (lambda: NAME.In("C01", "C20", "C99", "C03"), lambda row: row["name"] in ("C01", "C20", "C03")),
    "disabled": (lambda: Key("disabled") == True, lambda row: row["disabled"] == "yes"),  # noqa: E712
    "and": (
        lambda: And(BYTES > 3_000, BYTES < 12_000, Key("disabled") == False),  # noqa: E712
        lambda row: 3_000 < int(row["limit-bytes-total"]) < 12_000 and row["disabled"] == "no",
    ),
    "or": (
        lambda: Or(NAME == "C02", NAME == "C04", BYTES > 20_000),
        lambda row: row["name"] in ("C02", "C04") or int(row["limit-bytes-total"]) > 20_000,
    ),
    "or of ands": (
        lambda: Or(
            And(BYTES < 8_000, Key("comment") == "shelf 1"),
            And(UPTIME > "2h", Key("disabled") != True),  # noqa: E712
        ),
        lambda row: (int(row["limit-bytes-total"]) < 8_000 and row.get("comment") == "shelf 1")
        or (seconds(row["limit-uptime"]) > 7_200 and row["disabled"] == "no"),
    ),
    "and of ors": (
        lambda: And(Or(NAME < "C05", NAME > "C18"), NAME.In("C01", "C19", "C09")),
        lambda row: row["name"] in ("C01", "C19"),
    ),
    "has": (lambda: iter(["?email"]), lambda row: "email" in row),
    "lacks": (lambda: iter(["?-comment"]), lambda row: "comment" not in row),
    "nor": (
        lambda: iter(["?email", "?comment", "?#|!"]),
        lambda row: "email" not in row and "comment" not in row,
    ),
    "nothing": (lambda: NAME == "nobody", lambda row: False),
}


@pytest.mark.parametrize("question", QUERIES)
def test_its_queries_find_what_python_finds(stocked, question):
    _, api = stocked
    ask, wanted = QUERIES[question]
    found = [row["name"] for row in api.path(USERS).select(NAME).where(ask()) if row["name"] in CUSTOMERS]
    assert found == names(wanted)
    # The conditions of two questions in one sentence are both to hold.
    both = api.path(USERS).select(NAME).where(ask(), BYTES < 15_000)
    assert [row["name"] for row in both if row["name"] in CUSTOMERS] == names(
        lambda row: wanted(row) and int(row["limit-bytes-total"]) < 15_000
    )


# Errors

ERRORS = {
    "no such menu": ("/no/such/print", {}, "no such command prefix", 0),
    "no such verb": (f"{USERS}/dance", {}, "no such command", 0),
    "no such item": (f"{USERS}/set", {".id": "*FFFF", "comment": "x"}, "no such item", 0),
    "a duplicate": (f"{USERS}/add", {"name": "C01"}, "failure: already have user with this name for this server", None),
    "no such profile": (f"{USERS}/add", {"name": "x", "profile": "none"}, "input does not match any value of profile", 1),
    "an unknown parameter": (f"{USERS}/add", {"name": "x", "bogus": "1"}, "unknown parameter bogus", None),
    "no time span": (f"{USERS}/add", {"name": "x", "limit-uptime": "soon"}, "invalid time value", 1),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_come_as_its_exceptions_and_the_connection_goes_on(stocked, kind):
    simulator, api = stocked
    before = simulator.table(USERS)
    command, attributes, words, category = ERRORS[kind]
    with pytest.raises(TrapError, match=words) as refused:
        list(api(command, **attributes))
    assert refused.value.category == category
    assert simulator.table(USERS) == before
    assert [row["name"] for row in api.path("/system/identity")] == ["MikroTik"]


def test_quit_is_fatal_and_closes(stocked):
    _, api = stocked
    with pytest.raises(FatalError, match="session terminated on request"):
        list(api("/quit"))
    with pytest.raises((ConnectionClosed, OSError)):
        list(api.path("/system/identity"))


def test_a_router_that_goes_away_is_a_closed_connection(stocked):
    simulator, api = stocked
    simulator.program.kill()
    with pytest.raises((LibRouterosError, OSError)):
        list(api.path("/system/identity"))


# Listening, with its sentences


def sentence(api):
    """The next sentence: its reply word and its attributes, the tag among them."""
    word, words = api.protocol.readSentence()
    return word, dict(part.lstrip("=").split("=", 1) for part in words)


def test_listen_tells_changes_by_others_and_cancel_ends_it_in_order(stocked):
    simulator, api = stocked
    api.protocol.writeSentence(f"{USERS}/listen", "=.proplist=.id,name,comment", ".tag=7")
    # Answered only once the listen is under way.
    api.protocol.writeSentence("/system/identity/print", ".tag=8")
    assert sentence(api)[1] == {".tag": "8", "name": "MikroTik"}
    assert sentence(api) == ("!done", {".tag": "8"})

    simulator.run(f"{USERS}/add", name="NEW", comment="fresh")
    word, new = sentence(api)
    assert (word, new[".tag"], new["name"], new["comment"]) == ("!re", "7", "NEW", "fresh")
    simulator.run(f"{USERS}/set", **{".id": new[".id"], "comment": "stale"})
    assert sentence(api) == ("!re", {**new, "comment": "stale"})
    simulator.run(f"{USERS}/remove", **{".id": new[".id"]})
    assert sentence(api) == ("!re", {".tag": "7", ".id": new[".id"], ".dead": "true"})

    api.protocol.writeSentence("/cancel", "=tag=7", ".tag=9")
    assert sentence(api) == ("!trap", {".tag": "7", "category": "2", "message": "interrupted"})
    assert sentence(api) == ("!done", {".tag": "9"})
    assert sentence(api) == ("!done", {".tag": "7"})
    assert list(api.path("/system/identity")) == [{"name": "MikroTik"}]


# The asynchronous half


async def reach(simulator, **options):
    return await librouteros.async_connect(
        "127.0.0.1", simulator.user, simulator.password, port=simulator.port, encoding="utf-8", **options
    )


@pytest.mark.parametrize("release, method", [("6.42", async_token), ("7.18", async_plain)])
def test_the_asynchronous_half_does_the_same(start_simulator, release, method):
    simulator = start_simulator(release=release)

    async def work():
        api = await reach(simulator, login_method=method)
        users = api.path("ip").join("hotspot", "user")
        for row in CUSTOMERS.values():
            await users.add(**row)
        held = [row for row in simulator.table(USERS) if row["name"] in CUSTOMERS]
        printed = [row async for row in users if row["name"] in CUSTOMERS]
        assert [{name: text(value) for name, value in row.items()} for row in printed] == held
        for ask, wanted in QUERIES.values():
            query = users.select(NAME).where(ask())
            assert [row["name"] async for row in query if row["name"] in CUSTOMERS] == names(wanted)

        ids = {row["name"]: row[".id"] for row in held}
        await users.update(**{".id": ids["C01"], "comment": "é"})
        await users.remove(ids["C02"], ids["C03"])
        assert [row async for row in api.rawCmd(f"{USERS}/print", "=count-only=")] == [
            {"ret": len(simulator.table(USERS))}
        ]
        for command, attributes, words, category in ERRORS.values():
            with pytest.raises(TrapError, match=words) as refused:
                async for _ in api(command, **attributes):
                    pass
            assert refused.value.category == category
        with pytest.raises(FatalError, match="session terminated"):
            async for _ in api("/quit"):
                pass

    asyncio.run(work())
    by_name = {row["name"]: row for row in simulator.table(USERS)}
    assert by_name["C01"]["comment"] == "é"
    assert "C02" not in by_name and "C03" not in by_name


def test_many_asynchronous_connections_over_tls_at_once(start_simulator, tmp_path):
    certificate = Certificate(tmp_path, "127.0.0.1")
    simulator = start_simulator(options=("--tls-certificate", certificate.pem, "--tls-key", certificate.key))
    context = ssl.create_default_context(cafile=certificate.pem)

    async def one(number):
        api = await reach(simulator, ssl_wrapper=context)
        await api.path(USERS).add(name=f"A{number}")
        await api.close()

    async def all_of_them():
        await asyncio.gather(*(one(number) for number in range(15)))

    asyncio.run(all_of_them())
    assert sorted(row["name"] for row in simulator.table(USERS) if row["name"].startswith("A")) == sorted(
        f"A{number}" for number in range(15)
    )
