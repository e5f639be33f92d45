"""A change of much of a router waits for somebody, who agrees to it on the router's page while the panel runs."""

import re

from harness.waiting import wait_until


def test_a_mass_change_is_carried_out_from_the_page_of_its_router(start_panel, simulator):
    panel = start_panel(sync_interval=3600)
    router = panel.add_simulator(simulator, name="Lake View")["id"]
    batch = panel.generate(router, 60)
    panel.wait_until_present(batch["batch_id"], 60, within=20)
    codes = sorted(voucher["code"] for voucher in batch["vouchers"])
    was = limits(simulator)
    for code in codes[:30]:
        simulator.run("/ip/hotspot/user/set", **{".id": simulator.row(code)[".id"], "limit-uptime": "9d"})
    changed = limits(simulator)
    assert len(changed.items() - was.items()) == 30

    visitor = panel.sign_in()
    path = f"/routers/{router}"
    # Nobody reads the router before its time unless somebody says so.
    page = visitor.send(visitor.get(path), f"{path}/sync")
    assert "is read as soon as its turn comes" in page
    shown = lambda: re.search('name="changes" value="30"', page := visitor.get(path)) and page
    page = wait_until("the page asks about the changes", shown, within=20, every=0.2)
    assert "takes 30 changes" in page
    assert "you were shown 29" in visitor.send(page, f"{path}/approve", changes=29)
    assert limits(simulator) == changed, "nobody has agreed yet"
    assert "makes the 30 changes" in visitor.send(page, f"{path}/approve", changes=30)
    wait_until("the rows are as they should be", lambda: limits(simulator) == was, within=20)
    wait_until("nothing is asked any more", lambda: f"{path}/approve" not in visitor.get(path), within=10)


def limits(simulator):
    """How long each user may stay on line."""
    return {name: str(row.get("limit-uptime")) for name, row in simulator.users().items()}
