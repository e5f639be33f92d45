"""No password and no token is found where it must not be: output, pages, answers, database file."""

import stat
import uuid

from harness.browser import Browser


def test_no_secret_leaves_its_place(start_panel, start_simulator):
    secret = f"canary-{uuid.uuid4().hex}"
    simulator = start_simulator(password=secret)
    panel = start_panel(sync_interval=1)
    router = panel.add_simulator(simulator)["id"]
    batch = panel.generate(router, 3)
    panel.wait_until_present(batch["batch_id"], 3, within=10)
    simulator.log_in_customer(batch["vouchers"][0]["code"])

    # Errors are where secrets leak: refuse the password once, lose the router once, send it to the wrong place.
    texts = {}
    unsaved = {"name": "Try", "ip_address": "127.0.0.1", "username": "api", "password": secret + "x"}
    test = "/api/v1/router-management/test-connection"
    texts["refused password"] = panel.post(test, {**unsaved, "api_port": simulator.port}, timeout=60).text
    texts["closed port"] = panel.post(test, {**unsaved, "api_port": 1}, timeout=60).text
    texts["bad router"] = panel.post("/api/v1/router-management", {**unsaved, "api_port": -1}).text
    texts["routers"] = panel.get("/api/v1/router-management").text
    texts["wrong token"] = panel.get("/api/v1/vouchers", token=panel.token[:-1] + "!").text
    simulator.stop()
    panel.generate(router, 3)

    browser = Browser()
    try:
        browser.open(panel.address + "/")
        browser.submit({"username": panel.administrator, "password": panel.administrator_password})
        waiting, seen = [browser.address], set()
        while waiting and len(seen) < 60:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            browser.open(address)
            texts[address] = browser.html
            waiting += browser.links
    finally:
        browser.close()
    assert len(seen) > 5, seen

    panel.stop()
    texts["output of the server"] = panel.output
    secrets = {"router password": secret, "token": panel.token, "password": panel.administrator_password}
    for place, text in texts.items():
        for name, value in secrets.items():
            assert value not in text, f"the {name} is in: {place}"

    files = [file for file in panel.database.parent.iterdir() if file.is_file()]
    assert panel.database in files
    for file in files:
        content = file.read_bytes()
        for name, value in secrets.items():
            assert value.encode() not in content, f"the {name} is in {file.name}"


def test_the_key_file_is_for_its_owner_only(panel):
    assert stat.S_IMODE(panel.key_file.stat().st_mode) == 0o600


def test_a_key_file_that_others_can_read_is_refused(panel):
    panel.stop()
    panel.key_file.chmod(0o644)
    try:
        panel.start()
    except AssertionError as refusal:
        assert "ended with" in str(refusal)
        assert panel.key_file.name in str(refusal), "the message names the file"
    else:
        raise AssertionError("web-panel serves with a key file that others can read")


def test_the_server_ends_when_it_is_asked_to(panel):
    assert panel.stop() == 0


def test_a_second_server_on_the_same_database_is_refused(panel):
    from harness.program import Program, free_ports

    second = Program(
        panel.executable,
        *("serve", "--database", f"sqlite:{panel.database}", "--listen", f"127.0.0.1:{free_ports()}"),
        *("--key-file", panel.key_file),
    )
    status = second.process.wait(20)
    assert status != 0
    assert panel.healthy()
