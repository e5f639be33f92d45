"""Headless Chromium over its DevTools protocol: what a person with that screen would see."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request

import websocket

from .waiting import wait_until


class Browser:
    def __init__(self, width=1280, height=900):
        executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert executable, "no chromium on the PATH"
        self.profile = tempfile.mkdtemp(prefix="browser-")
        arguments = ["--headless=new", "--remote-debugging-port=0", "--remote-allow-origins=*", "--disable-gpu"]
        arguments += ["--no-first-run", "--disable-dev-shm-usage", "--disable-extensions", "--hide-scrollbars"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium's sandbox refuses to start as root
        self.process = subprocess.Popen(
            [executable, *arguments, f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        port = wait_until("the browser listens", self._port, within=60)
        (page,) = wait_until("the browser has a page", lambda: self._pages(port), within=60)
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=60)
        self.numbers = itertools.count(1)
        self.console = []
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.resize(width, height)

    @staticmethod
    def _pages(port):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=60) as response:
            return [target for target in json.load(response) if target["type"] == "page"]

    def _port(self):
        assert self.process.poll() is None, "the browser ended"
        try:
            with open(os.path.join(self.profile, "DevToolsActivePort"), encoding="ascii") as file:
                return int(file.readline())
        except (OSError, ValueError):
            return None

    def call(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def _note(self, message):
        if message.get("method") == "Runtime.exceptionThrown":
            self.console.append(message["params"]["exceptionDetails"].get("text", "exception"))
        if message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
            self.console.append(message["params"]["entry"]["text"])

    def resize(self, width, height=900):
        self.width = width
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def _loaded(self):
        return self.evaluate("document.readyState === 'complete' && location.href !== 'about:blank'")

    def open(self, address):
        # A mark on the old document: when it is gone, the new one is there.
        self.evaluate("window.leaving = true")
        self.call("Page.navigate", url=address)
        self._wait_for_new_document()

    def submit(self, fields):
        """Types into the page's form that has these fields and sends it."""
        self.evaluate("window.leaving = true")
        self.evaluate(
            "(fields => {"
            " const form = [...document.forms].find(f => Object.keys(fields).every(n => f.elements[n]));"
            " if (!form) throw new Error('no form with ' + Object.keys(fields) + ' in ' + document.body.innerHTML);"
            " for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;"
            " form.requestSubmit();"
            f"}})({json.dumps(fields)})"
        )
        self._wait_for_new_document()

    def _wait_for_new_document(self):
        def arrived():
            try:
                return self.evaluate("!window.leaving && document.readyState === 'complete'")
            except AssertionError:  # between two documents there is no place to evaluate in
                return False

        wait_until("the page is loaded", arrived, within=30)
        time.sleep(0.05)

    @property
    def address(self):
        return self.evaluate("location.href")

    @property
    def html(self):
        return self.evaluate("document.documentElement.outerHTML")

    @property
    def text(self):
        return self.evaluate("document.body.innerText")

    @property
    def links(self):
        """The addresses the page links to, on the same server, without fragments."""
        return self.evaluate(
            "[...new Set([...document.querySelectorAll('a[href]')].map(a => new URL(a.href))"
            ".filter(u => u.origin === location.origin).map(u => u.origin + u.pathname + u.search))]"
        )

    @property
    def overflow(self):
        """By how many pixels the page is wider than the screen; innerWidth would not do, since a phone zooms out to fit."""
        return self.evaluate("document.scrollingElement.scrollWidth") - self.width

    def screenshot(self):
        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=False)["data"])

    def pdf(self):
        """The page as it would be printed, at the paper size that its own style names."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def close(self):
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)
