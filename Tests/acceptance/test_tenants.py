"""A good token of another business finds and changes nothing of this one."""

ROUTERS = "/api/v1/router-management"


def test_a_foreign_token_finds_and_changes_nothing(start_panel):
    ours = start_panel()
    router = ours.add_router("Ours", 9, "api", "secret", host="127.0.0.1")["id"]
    code = ours.generate(router, 3)["vouchers"][0]["code"]

    # The commands need the database for themselves.
    ours.stop()
    ours.command("create-admin", "--username", "amina", "--tenant", "Next Door")
    foreign = ours.command("create-token", "--name", "theirs", "--tenant", "Next Door")
    ours.start()

    assert ours.succeed("GET", ROUTERS, token=foreign) == []
    assert ours.succeed("GET", "/api/v1/vouchers", token=foreign) == []
    draft = {"name": "Mine", "ip_address": "127.0.0.1", "api_port": 9, "username": "api", "password": "x"}
    attempts = {
        "look at a voucher": ours.get(f"/api/v1/vouchers/{code}", token=foreign),
        "look at a router": ours.get(f"{ROUTERS}/{router}", token=foreign),
        "change a router": ours.request("PUT", f"{ROUTERS}/{router}", draft, token=foreign),
        "remove a router": ours.request("DELETE", f"{ROUTERS}/{router}", token=foreign),
        "test a saved router": ours.post(f"{ROUTERS}/test-connection", {"id": router}, token=foreign),
        "order on a router": ours.post("/api/v1/vouchers/batch-generate", ours.order(router, 1), token=foreign),
    }
    for what, answer in attempts.items():
        assert 400 <= answer.status < 500 and answer.body["success"] is False, (what, answer)

    assert [row["name"] for row in ours.succeed("GET", ROUTERS)] == ["Ours"]
    assert len(ours.vouchers()) == 3
    assert ours.succeed("GET", "/api/v1/vouchers", token=foreign) == []
