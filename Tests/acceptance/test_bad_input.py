"""Bad input is answered with 4xx and the field's name, and writes nothing."""

import json
import socket

import pytest

from harness.panel import Panel

GENERATE = "/api/v1/vouchers/batch-generate"
ROUTERS = "/api/v1/router-management"


@pytest.fixture(scope="module")
def shop(binaries, tmp_path_factory):
    panel = Panel(binaries, tmp_path_factory.mktemp("bad-input"))
    # Nothing listens there: none of these orders may reach a router anyway.
    panel.router = panel.add_router("Nowhere", 9, "api", "secret", host="127.0.0.1")["id"]
    yield panel
    panel.program.kill()


def refused(answer, field=None, statuses=range(400, 500)):
    assert answer.status in statuses, answer
    assert answer.body is not None and answer.body["success"] is False and answer.body["message"], answer
    assert machine_code(answer.body), answer
    if field:
        assert field in named_fields(answer.body), answer


def machine_code(body):
    return body.get("code") or (body.get("data") or {}).get("code") or (body.get("error") or {}).get("code")


def named_fields(body):
    """The field may be named beside the message or in the data, alone or as a list of errors by field."""
    found = set()
    for place in (body, body.get("data") or {}, body.get("error") or {}):
        if isinstance(place, dict):
            found |= {place["field"]} if place.get("field") else set()
            found |= set(place["errors"]) if isinstance(place.get("errors"), dict) else set()
    return found


@pytest.mark.parametrize(
    "change, field",
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 10**9}, "quantity"),
        ({"quantity": 10**30}, "quantity"),
        ({"quantity": 1.5}, "quantity"),
        ({"quantity": "many"}, "quantity"),
        ({"quantity": None}, "quantity"),
        ({"price": "-1"}, "price"),
        ({"price": -1}, "price"),
        ({"price": "2.505"}, "price"),
        ({"price": "1e9"}, "price"),
        ({"price": "99999999999999999999999"}, "price"),
        ({"price": "two"}, "price"),
        ({"price": []}, "price"),
        ({"currency": "XXQ"}, "currency"),
        ({"currency": ""}, "currency"),
        ({"currency": 7}, "currency"),
        ({"validity_hours": 0}, "validity_hours"),
        ({"validity_hours": -3}, "validity_hours"),
        ({"validity_hours": 10**18}, "validity_hours"),
        ({"data_limit_mb": -1}, "data_limit_mb"),
        ({"data_limit_mb": 2**62}, "data_limit_mb"),
        ({"profile": "no-such-package"}, "profile"),
        ({"profile": "x" * 300}, "profile"),
        ({"code_prefix": "P" * 300}, "code_prefix"),
        ({"code_prefix": "a|b"}, "code_prefix"),
        ({"router_id": "not-an-id"}, "router_id"),
        ({"router_id": "01890000-0000-7000-8000-000000000000"}, "router_id"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_order_names_its_field_and_writes_nothing(shop, change, field):
    refused(shop.post(GENERATE, shop.order(shop.router, 5, change)), field)
    assert shop.vouchers() == []


@pytest.mark.parametrize("missing", ["quantity", "router_id", "price"])
def test_a_missing_field_is_named(shop, missing):
    body = shop.order(shop.router, 5)
    del body[missing]
    refused(shop.post(GENERATE, body), missing)
    assert shop.vouchers() == []


@pytest.mark.parametrize(
    "change, field",
    [
        ({"name": "n" * 300}, "name"),
        ({"name": ""}, "name"),
        ({"name": 7}, "name"),
        ({"ip_address": ""}, "ip_address"),
        ({"ip_address": "h" * 300}, "ip_address"),
        ({"ip_address": "two words"}, "ip_address"),
        ({"api_port": 0}, "api_port"),
        ({"api_port": 65_536}, "api_port"),
        ({"api_port": "telnet"}, "api_port"),
        ({"username": ""}, "username"),
        ({"username": "u" * 300}, "username"),
        ({"location": {"coordinates": {"lat": 91, "lng": 0}}}, "location"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_router_names_its_field_and_is_not_saved(shop, change, field):
    body = {"name": "Second", "ip_address": "192.0.2.7", "api_port": 8728, "username": "api", "password": "secret"}
    answer = shop.post(ROUTERS, {**body, **change})
    refused(answer)
    assert any(named.startswith(field) for named in named_fields(answer.body)), answer
    assert len(shop.succeed("GET", ROUTERS)) == 1


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"7", b'{"quantity": 1', b"\xff\xfe\x00", b'{"quantity":' + b"[" * 20_000], ids=range(7)
)
@pytest.mark.parametrize("path", [GENERATE, ROUTERS, ROUTERS + "/test-connection"])
def test_broken_json_is_refused(shop, path, raw):
    refused(shop.request("POST", path, raw=raw))
    assert shop.vouchers() == [] and len(shop.succeed("GET", ROUTERS)) == 1


def test_nested_json_costs_no_time(shop):
    """Brackets are refused as fast as anything else, a thousand of them or a million."""
    lists, objects = b'{"a":' + b"[" * 500 + b"]" * 500 + b"}", b'{"a":' * 400 + b"1" + b"}" * 400
    for raw in (lists, objects, b'{"a":' + b"[" * 1_000_000):
        began = shop.program.processor_seconds()
        refused(shop.request("POST", GENERATE, raw=raw), "body")
        assert shop.program.processor_seconds() - began < 0.5


@pytest.mark.parametrize(
    "raw",
    [
        b'{"quantity":1,"quantity":2}',
        b'{"quantity":1,}',
        b'{"quantity":01}',
        b'{"quantity":NaN}',
        b'{"price":1e400}',
        b'{"profile":"\\ud800"}',
        b'{"profile":"\xff"}',
        b'{"profile":"a\nb"}',
        b'\xef\xbb\xbf{}',
        b"{} {}",
    ],
)
def test_what_is_not_strictly_json_is_refused(shop, raw):
    answer = shop.request("POST", GENERATE, raw=raw)
    refused(answer, "body", statuses=(400,))


def exchange(shop, *pieces):
    """The bytes that come back until the server closes, for bytes no client library would send."""
    received = b""
    with socket.create_connection(("127.0.0.1", shop.port), timeout=5) as connection:
        for piece in pieces:
            connection.sendall(piece)
        while piece := connection.recv(65_536):
            received += piece
    return received


@pytest.mark.parametrize(
    "head",
    [
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n 35\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n 35\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 35\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 0\x0035\r\n\r\n",
        b"GET /healthz\x00/x HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\nHost: x\r\n\r\n",
    ],
)
def test_a_message_whose_end_is_in_doubt_ends_the_connection(shop, head):
    received = exchange(shop, head + b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert received.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 411 ")), received
    assert received.count(b"HTTP/1.1 ") == 1 and b"\r\nConnection: close\r\n" in received, received


@pytest.mark.parametrize(
    "head, status",
    [
        (b"POST /api/v1/vouchers HTTP/1.1\r\nHost: x\r\n\r\n", 411),
        (b"POST /api/v1/vouchers HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n", 413),
        (b"GET /api/v1/" + b"x" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"BREW /api/v1/vouchers HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"GET /api/v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /api/v1/vouchers HTTP/1.1\r\n\r\n", 400),
    ],
)
def test_a_refusal_below_the_interface_has_its_envelope(shop, head, status):
    received = exchange(shop, head)
    assert received.startswith(b"HTTP/1.1 %d " % status), received
    body = json.loads(received.partition(b"\r\n\r\n")[2])
    assert body["success"] is False and body["message"] and body["error"]["code"], body


def test_a_stranger_cannot_send_a_large_form(shop):
    form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20000\r\n"
    assert exchange(shop, b"POST /sign-in HTTP/1.1\r\nHost: x\r\n" + form + b"\r\n").startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("token", [None, "wrong", "x" * 5_000, "own-upside-down"])
@pytest.mark.parametrize(
    "method, path", [("GET", ROUTERS), ("POST", ROUTERS), ("GET", "/api/v1/vouchers"), ("POST", GENERATE)]
)
def test_a_missing_or_foreign_token_is_refused(shop, method, path, token):
    token = shop.token[::-1] if token == "own-upside-down" else token
    body = shop.order(shop.router, 1) if method == "POST" else None
    refused(shop.request(method, path, body, token=token), statuses=(401, 403))
    assert shop.vouchers() == []


def test_a_body_beyond_the_limit_is_refused(shop):
    try:
        answer = shop.request("POST", GENERATE, raw=b'{"profile": "' + b"x" * 20_000_000 + b'"}')
    except OSError:
        return  # closed while we were still sending: refused as well
    refused(answer)


@pytest.mark.parametrize("path", ["/api/v1/vouchers/NOSUCHCODE", "/api/v1/nothing", f"{ROUTERS}/not-an-id"])
def test_what_does_not_exist_is_not_found(shop, path):
    method = "PUT" if path.startswith(ROUTERS) else "GET"
    refused(shop.request(method, path, {"name": "x"} if method == "PUT" else None))


@pytest.mark.parametrize("query", ["per_page=101", "per_page=0", "page=0", "page=x", "status=nonsense", "batch=x"])
def test_a_bad_list_query_is_refused(shop, query):
    refused(shop.get(f"/api/v1/vouchers?{query}"), query.split("=")[0])


def test_a_package_cannot_be_contradicted(shop):
    package = {"name": "3H", "validity_hours": 3, "data_limit_mb": 1536, "price": "2.50", "currency": "USD"}
    shop.succeed("POST", "/api/v1/packages", package)
    for change, field in [
        ({"data_limit_mb": 9}, "data_limit_mb"),
        ({"validity_hours": 24}, "validity_hours"),
        ({"price": "9.99"}, "price"),
        ({"currency": "UGX"}, "currency"),
    ]:
        refused(shop.post(GENERATE, shop.order(shop.router, 1, {"profile": "3H", **change})), field)
    assert shop.vouchers() == []
