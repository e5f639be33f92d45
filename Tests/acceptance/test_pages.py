"""The pages in headless Chromium, on a desk and on a phone, and the sheet on paper."""

import os
import pathlib
import re
import subprocess

import pytest

from harness.browser import Browser
from harness.panel import Panel
from harness.simulator import Simulator

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def shop(binaries, tmp_path_factory):
    simulator = Simulator(binaries)
    panel = Panel(binaries, tmp_path_factory.mktemp("pages"))
    panel.router = panel.add_simulator(simulator, name="Lake View, main house")["id"]
    package = {"name": "3 Hours - 1.5GB", "validity_hours": 3, "data_limit_mb": 1536, "price": "2.50", "currency": "USD"}
    panel.succeed("POST", "/api/v1/packages", package)
    # The longest names that are allowed, without a place to break the line.
    panel.succeed("POST", "/api/v1/packages", {**package, "name": "W" * 100})
    panel.add_router("R" * 100, 9, "u" * 64, "secret", host="h" * 60 + ".invalid")
    panel.batch = panel.generate(panel.router, 250)
    panel.generate(panel.router, 2, profile="W" * 100)
    panel.wait_until_present(panel.batch["batch_id"], 250, within=30)
    yield panel
    panel.program.kill()
    simulator.program.kill()


@pytest.fixture(scope="module")
def browser():
    opened = Browser()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def signed_in(browser, shop):
    browser.open(shop.address + "/")
    assert browser.evaluate("document.querySelector('input[type=password]') !== null"), browser.text
    browser.submit({"username": shop.administrator, "password": shop.administrator_password})
    assert browser.evaluate("document.querySelector('input[type=password]') === null"), browser.text
    return browser


@pytest.fixture(scope="module")
def pages(signed_in, shop):
    """Every page that can be reached by links, one of each kind: the addresses with ids and codes taken out differ."""
    waiting, kinds = [shop.address + "/"], {}
    while waiting:
        address = waiting.pop(0)
        signed_in.open(address)
        for link in [signed_in.address.split("#")[0], *signed_in.links]:
            kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[A-Z0-9]{12,}|(?<==)[^&]+", "…", link)
            if kind not in kinds and not link.endswith((".css", ".js", ".csv", ".svg")):
                kinds[kind] = link
                waiting.append(link)
        assert len(kinds) < 80, kinds
    return kinds


def test_a_visitor_without_a_session_sees_only_the_sign_in_page(shop, pages):
    for address in pages.values():
        answer = shop.get(address.removeprefix(shop.address), token=None)
        assert 'type="password"' in answer.text, (address, answer)
        assert shop.batch["vouchers"][0]["code"] not in answer.text


def test_a_wrong_password_does_not_sign_in(shop):
    stranger = Browser()
    try:
        stranger.open(shop.address + "/")
        stranger.submit({"username": shop.administrator, "password": "guess"})
        assert stranger.evaluate("document.querySelector('input[type=password]') !== null")
    finally:
        stranger.close()


def test_every_kind_of_page_is_reached(pages):
    everything = " ".join(pages)
    for word in ("router", "package", "batch", "voucher", "print|sheet"):
        assert re.search(word, everything), (word, sorted(pages))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(signed_in, pages, width):
    folder = os.environ.get("SCREENSHOTS")
    signed_in.resize(width)
    wide = {}
    for kind, address in pages.items():
        signed_in.open(address)
        assert signed_in.text.strip(), f"{address} is empty"
        if folder:
            name = re.sub(r"[^A-Za-z0-9]+", "-", kind.split("/", 3)[3].replace("…", "one")).strip("-") or "home"
            pathlib.Path(folder, f"{width}-{name}.png").write_bytes(signed_in.screenshot())
        if signed_in.overflow > 0 and not is_paper(address):
            wide[address] = signed_in.overflow
    assert wide == {}


def test_no_page_reports_an_error_in_the_console(signed_in, pages):
    signed_in.console.clear()
    for address in pages.values():
        signed_in.open(address)
    assert signed_in.console == []


def test_the_sheet_holds_a_hundred_and_twenty_codes_a_page(signed_in, pages, shop, tmp_path):
    codes = {voucher["code"] for voucher in shop.batch["vouchers"]}
    signed_in.open(of_batch(shop, next(address for address in pages.values() if is_sheet(address))))
    (tmp_path / "sheet.pdf").write_bytes(signed_in.pdf())
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    counts = [sum(1 for code in codes if code in bare(page)) for page in printed if page.strip()]
    assert counts == [120, 120, 10]
    size = subprocess.run(["pdfinfo", tmp_path / "sheet.pdf"], capture_output=True, text=True, check=True).stdout
    assert "A4" in size, size


def test_the_thermal_roll_holds_every_code(signed_in, pages, shop):
    rolls = [address for address in pages.values() if re.search("thermal|roll", address)]
    assert rolls, sorted(pages)
    signed_in.open(of_batch(shop, rolls[0]))
    text = bare(signed_in.text)
    assert all(voucher["code"] in text for voucher in shop.batch["vouchers"])


def of_batch(shop, address):
    """The same page for the large batch."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", shop.batch["batch_id"], address)


def is_paper(address):
    return re.search("print|sheet|thermal|roll", address)


def is_sheet(address):
    return is_paper(address) and not re.search("thermal|roll", address)


def bare(text):
    """A code may be printed in groups of four: the text without the separators that a reader adds."""
    return re.sub(r"(?<=[0-9A-Z])[ \u00a0\u2009\u202f-](?=[0-9A-Z])", "", text)
