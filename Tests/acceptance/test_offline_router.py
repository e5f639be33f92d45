"""A router that cannot be reached delays provisioning, never the sale."""

import time


def test_a_batch_for_a_stopped_router_is_sold_at_once_and_present_when_it_returns(start_panel, start_simulator):
    panel, simulator = start_panel(sync_interval=2), start_simulator(state=True)
    router = panel.add_simulator(simulator)["id"]
    before = panel.generate(router, 5)
    panel.wait_until_present(before["batch_id"], 5, within=10)

    simulator.stop()
    batch = panel.generate(router, 20)
    codes = {voucher["code"] for voucher in batch["vouchers"]}
    assert len(codes) == 20
    assert panel.provisioning(batch["batch_id"]) == {"pending": 20}
    # Long enough for attempts to fail: vouchers must stay pending, not become failed.
    time.sleep(3 * panel.sync_interval)
    assert panel.provisioning(batch["batch_id"]) == {"pending": 20}

    simulator.start()
    assert len(simulator.users().keys() - {"default"}) >= 5, "--state keeps the tables over a restart"
    panel.wait_until_present(batch["batch_id"], 20, within=30)
    old = {voucher["code"] for voucher in before["vouchers"]}
    ours = {name for name, row in simulator.users().items() if "VOUCHER_SYSTEM" in str(row.get("comment"))}
    assert ours == codes | old


def test_one_stopped_router_does_not_hold_up_another(panel, start_simulator):
    reachable, stopped = start_simulator(), start_simulator()
    first, second = panel.add_simulator(stopped)["id"], panel.add_simulator(reachable)["id"]
    stopped.stop()
    waiting = panel.generate(first, 10)
    batch = panel.generate(second, 10)
    panel.wait_until_present(batch["batch_id"], 10, within=10)
    assert panel.provisioning(waiting["batch_id"]) == {"pending": 10}
