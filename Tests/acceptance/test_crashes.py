"""kill -9 of the server loses no voucher that was answered for, and doubles none on the router."""

import random
import threading
import time
import uuid

import pytest

from harness.panel import Answer
from harness.slow_link import SlowLink

KILLS = 20


@pytest.fixture
def slow_link():
    opened = []

    def open_link(port, bytes_per_second):
        opened.append(SlowLink(port, bytes_per_second))
        return opened[-1]

    yield open_link
    for link in opened:
        link.close()


def voucher_users(simulator):
    # `users` itself fails when a name stands there twice.
    return {name for name, row in simulator.users().items() if str(row.get("comment")).startswith("VOUCHER_SYSTEM|")}


def test_twenty_kills_while_five_hundred_are_provisioned(start_panel, start_simulator, slow_link):
    panel, simulator = start_panel(sync_interval=1), start_simulator()
    # A user sentence is some 170 bytes: at this rate 500 of them need about a quarter of a minute.
    link = slow_link(simulator.port, 6_000)
    router = panel.add_router("Far away", link.port, simulator.user, simulator.password)["id"]
    batch = panel.generate(router, 500)
    codes = {voucher["code"] for voucher in batch["vouchers"]}
    assert len(codes) == 500

    chance = random.Random(20)
    seen = []
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 1.2))
        panel.kill()
        seen.append(len(voucher_users(simulator)))
        panel.start()
    unfinished = sum(1 for count in seen if 0 < count < 500)
    print("users on the router at each kill:", seen)
    assert unfinished >= 3, f"the kills did not fall into the work: {seen}"

    link.bytes_per_second = None
    panel.wait_until_present(batch["batch_id"], 500, within=60)
    assert voucher_users(simulator) == codes
    assert {voucher["code"] for voucher in panel.vouchers()} == codes


def test_kills_while_batches_are_ordered_lose_and_double_nothing(start_panel, start_simulator):
    panel, simulator = start_panel(sync_interval=1), start_simulator()
    router = panel.add_simulator(simulator)["id"]
    chance = random.Random(21)
    answered = {}

    for _ in range(KILLS):
        key = str(uuid.uuid4())
        answers = []

        def order():
            try:
                answers.append(
                    panel.post(
                        "/api/v1/vouchers/batch-generate",
                        panel.order(router, 25),
                        headers={"Idempotency-Key": key},
                    )
                )
            except OSError:
                pass  # the connection went down with the server: a client retries with the same key

        ordering = threading.Thread(target=order)
        ordering.start()
        time.sleep(chance.uniform(0, 0.06))
        panel.kill()
        ordering.join()
        panel.start()
        batch = panel.generate(router, 25, key=key)
        codes = {voucher["code"] for voucher in batch["vouchers"]}
        assert len(codes) == 25
        for answer in answers:
            assert isinstance(answer, Answer) and answer.status in (200, 201, 202), answer
            assert {voucher["code"] for voucher in answer.data["vouchers"]} == codes
        answered[batch["batch_id"]] = codes

    everything = set().union(*answered.values())
    assert len(answered) == KILLS and len(everything) == 25 * KILLS
    for batch_id in answered:
        panel.wait_until_present(batch_id, 25, within=60)
    assert voucher_users(simulator) == everything
    assert {voucher["code"] for voucher in panel.vouchers()} == everything
