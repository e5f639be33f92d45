"""Fixtures: the real programs in folders of their own, on free ports, gone at the end of the test that asked for them."""

import os
import pathlib

import pytest

from harness.panel import Panel
from harness.simulator import Simulator


def pytest_addoption(parser):
    parser.addoption(
        "--binaries",
        default=os.environ.get("BINARIES", "Examples/.build/debug"),
        help="the folder that holds web-panel, sync-daemon, router-simulator and routeros",
    )


@pytest.fixture(scope="session")
def binaries(request):
    folder = pathlib.Path(request.config.getoption("--binaries")).resolve()
    for name in ("web-panel", "sync-daemon", "router-simulator", "routeros"):
        assert (folder / name).exists(), f"{folder} has no {name}: build Examples first, or pass --binaries"
    return folder


@pytest.fixture
def start_simulator(binaries, tmp_path):
    """start_simulator(state=True, …) → a running Simulator."""
    started = []

    def start(state=False, **options):
        file = tmp_path / f"router-{len(started)}.state" if state else None
        started.append(Simulator(binaries, state=file, **options))
        return started[-1]

    yield start
    for simulator in started:
        simulator.program.kill()


@pytest.fixture
def simulator(start_simulator):
    return start_simulator()


@pytest.fixture
def start_panel(binaries, tmp_path):
    """start_panel(sync_interval=…) → a running Panel on a database of its own."""
    started = []

    def start(**options):
        folder = tmp_path / f"panel-{len(started)}"
        folder.mkdir()
        started.append(Panel(binaries, folder, **options))
        return started[-1]

    yield start
    for panel in started:
        panel.program.kill()


@pytest.fixture
def panel(start_panel):
    return start_panel()
