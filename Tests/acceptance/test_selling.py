"""The main job: a batch sold over REST stands on the router, and a customer's first login starts the voucher's time."""

import calendar
import time

import pytest

from harness.waiting import wait_until


@pytest.fixture
def shop(panel, simulator):
    panel.router = panel.add_simulator(simulator)["id"]
    return panel


def test_a_batch_of_fifty_is_on_the_router_within_ten_seconds(shop, simulator):
    began = time.monotonic()
    batch = shop.generate(shop.router, 50)
    codes = {voucher["code"] for voucher in batch["vouchers"]}
    assert len(codes) == 50

    wait_until("all 50 stand on the router", lambda: codes <= simulator.users().keys(), within=10)
    assert time.monotonic() - began < 10

    by_librouteros, by_routeros_api = simulator.users(), simulator.users_by_routeros_api()
    for code in codes:
        row = by_librouteros[code]
        assert (row["name"], row["password"], row["profile"]) == (code, code, "default")
        assert (row["limit-uptime"], row["limit-bytes-total"]) == ("3h", 1_610_612_736)
        assert row["comment"] == "VOUCHER_SYSTEM|2.50||"
        other = by_routeros_api[code]
        assert (other["name"], other["password"], other["limit-uptime"]) == (code, code, "3h")
        assert (other["limit-bytes-total"], other["comment"]) == ("1610612736", "VOUCHER_SYSTEM|2.50||")
    shop.wait_until_present(batch["batch_id"], 50, within=10)


def test_a_voucher_removed_from_the_router_by_hand_is_put_back_once(shop, simulator):
    batch = shop.generate(shop.router, 3)
    shop.wait_until_present(batch["batch_id"], 3, within=10)
    gone = batch["vouchers"][0]["code"]
    simulator.remove(gone)

    wait_until("it is back", lambda: gone in simulator.users(), within=3 * shop.sync_interval + 10)
    assert sorted(simulator.users()) == sorted(voucher["code"] for voucher in batch["vouchers"])
    shop.wait_until_present(batch["batch_id"], 3, within=10)


def test_the_first_login_makes_the_voucher_active_within_two_sync_intervals(shop, simulator):
    batch = shop.generate(shop.router, 2)
    shop.wait_until_present(batch["batch_id"], 2, within=10)
    used, unused = (voucher["code"] for voucher in batch["vouchers"])
    assert shop.voucher(used)["status"] == "pending" and shop.voucher(used)["activated_at"] is None

    at = time.time()
    simulator.log_in_customer(used)
    wait_until(
        "the voucher is active",
        lambda: (seen := shop.voucher(used))["status"] == "active" and seen,
        within=2 * shop.sync_interval,
    )
    voucher = shop.voucher(used)
    activated, expires = instant(voucher["activated_at"]), instant(voucher["expires_at"])
    assert abs(activated - at) <= 2 * shop.sync_interval + 1
    assert expires - activated == 3 * 3600
    assert shop.voucher(unused)["status"] == "pending" and shop.voucher(unused)["activated_at"] is None

    stamped = f"VOUCHER_SYSTEM|2.50|{activated}|{expires}"
    wait_until("the comment carries both stamps", lambda: simulator.row(used)["comment"] == stamped, within=10)
    assert simulator.row(unused)["comment"] == "VOUCHER_SYSTEM|2.50||"


def test_the_voucher_answers_with_the_documented_fields(shop):
    batch = shop.generate(shop.router, 1, code_prefix="BIL")
    code = batch["vouchers"][0]["code"]
    assert code.startswith("BIL") and len(code) <= 50
    voucher = shop.voucher(code)
    assert voucher.keys() >= {
        *("code", "status", "provisioning", "profile", "validity_hours", "data_limit_mb", "price", "currency"),
        *("router_id", "batch_id", "customer_id", "created_at", "activated_at", "expires_at"),
    }
    assert (voucher["code"], voucher["status"], voucher["profile"]) == (code, "pending", "CUSTOM")
    assert (voucher["validity_hours"], voucher["data_limit_mb"]) == (3, 1536)
    assert (voucher["price"], voucher["currency"]) == ("2.50", "USD")
    assert (voucher["router_id"], voucher["batch_id"]) == (shop.router, batch["batch_id"])
    assert voucher["customer_id"] is None and voucher["expires_at"] is None


@pytest.mark.parametrize("price", ["5000", 5000, "5000.00"])
def test_prices_come_in_as_text_or_number_and_go_out_as_exact_text(shop, price):
    batch = shop.generate(shop.router, 1, price=price, currency="UGX")
    assert shop.voucher(batch["vouchers"][0]["code"])["price"] == "5000"


def test_vouchers_are_listed_by_page_status_batch_and_router(shop):
    first, second = shop.generate(shop.router, 7), shop.generate(shop.router, 3)
    codes = {voucher["code"] for voucher in first["vouchers"]}
    pages = [
        shop.succeed("GET", f"/api/v1/vouchers?batch={first['batch_id']}&per_page=3&page={page}")
        for page in (1, 2, 3, 4)
    ]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert {voucher["code"] for page in pages for voucher in page} == codes
    assert len(shop.vouchers(status="pending", batch=second["batch_id"])) == 3
    assert shop.vouchers(status="active") == []
    assert len(shop.vouchers(router=shop.router)) == 10


def test_the_same_key_gives_the_same_batch(shop):
    first = shop.generate(shop.router, 5, key="order-1")
    again = shop.generate(shop.router, 5, key="order-1")
    assert again["batch_id"] == first["batch_id"]
    assert {voucher["code"] for voucher in again["vouchers"]} == {voucher["code"] for voucher in first["vouchers"]}
    assert len(shop.vouchers()) == 5


def test_the_same_key_with_another_order_is_refused(shop):
    shop.generate(shop.router, 5, key="order-1")
    answer = shop.post(
        "/api/v1/vouchers/batch-generate", shop.order(shop.router, 6), headers={"Idempotency-Key": "order-1"}
    )
    assert 400 <= answer.status < 500, answer
    assert len(shop.vouchers()) == 5


def test_a_router_is_listed_changed_and_removed(shop, simulator):
    (row,) = shop.succeed("GET", "/api/v1/router-management")
    assert row.keys() >= {"id", "name", "ip_address", "api_port", "status", "last_seen", "created_at"}
    assert (row["id"], row["ip_address"], row["api_port"]) == (shop.router, "127.0.0.1", simulator.port)

    changed = {"name": "Renamed", "ip_address": "127.0.0.1", "api_port": simulator.port, "username": simulator.user}
    shop.succeed("PUT", f"/api/v1/router-management/{shop.router}", changed)
    (row,) = shop.succeed("GET", "/api/v1/router-management")
    assert row["name"] == "Renamed"
    # The password was not named in the change, so it must still be the one that works.
    batch = shop.generate(shop.router, 1)
    shop.wait_until_present(batch["batch_id"], 1, within=10)

    spare = shop.add_router("Spare", 8728, "api", "secret", host="192.0.2.1")["id"]
    shop.succeed("DELETE", f"/api/v1/router-management/{spare}")
    assert [row["id"] for row in shop.succeed("GET", "/api/v1/router-management")] == [shop.router]


def test_a_watched_router_is_online_and_a_vanished_one_offline(shop, simulator):
    def status():
        (row,) = shop.succeed("GET", "/api/v1/router-management")
        return row["status"]

    wait_until("the router is online", lambda: status() == "online", within=10)
    simulator.stop()
    wait_until("the router is offline", lambda: status() == "offline", within=30)


def test_a_foreign_user_on_the_router_is_left_alone(shop, simulator):
    api = simulator.librouteros()
    api.path("/ip/hotspot/user").add(name="guest-of-the-house", password="x", comment="not ours")
    api.close()
    batch = shop.generate(shop.router, 3)
    shop.wait_until_present(batch["batch_id"], 3, within=10)
    row = simulator.row("guest-of-the-house")
    assert (row["password"], row["comment"]) == ("x", "not ours")
    assert len(shop.vouchers()) == 3


def instant(text):
    """Whole seconds since 1970 of an ISO 8601 instant in UTC."""
    return calendar.timegm(time.strptime(text.split(".")[0].rstrip("Z"), "%Y-%m-%dT%H:%M:%S"))
