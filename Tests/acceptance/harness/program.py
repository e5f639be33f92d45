"""A program under test as a child process whose output is kept."""

import os
import random
import signal
import socket
import subprocess
import threading

from .waiting import wait_until


def free_ports(count=1):
    """The first of `count` consecutive TCP ports of 127.0.0.1 that are free now."""
    for _ in range(200):
        # Below the ports that the system gives to connections by itself, or a busy machine leaves no gap.
        first = random.randrange(10_000, 32_000 - count)
        held = []
        try:
            for port in range(first, first + count):
                held.append(socket.socket())
                # What a connection of an earlier test has left behind there does no harm.
                held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                held[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for other in held:
                other.close()
    raise AssertionError(f"no {count} consecutive free ports")


class Program:
    """One run of an executable; its standard output and error are collected line by line."""

    def __init__(self, executable, *arguments, environment=None):
        self.lines = []
        self.process = subprocess.Popen(
            [str(executable), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
        )
        self._reader = threading.Thread(target=self._collect, daemon=True)
        self._reader.start()

    def _collect(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def output(self):
        return "\n".join(self.lines)

    def processor_seconds(self):
        """How long it has kept processors busy."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            # Behind the name, in which anything may be.
            user, system = file.read().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    @property
    def running(self):
        return self.process.poll() is None

    def wait_for_line(self, text, count=1, within=15):
        def seen():
            found = [line for line in list(self.lines) if text in line]
            if len(found) >= count:
                return found
            assert self.running, f"the program ended with {self.process.returncode}:\n{self.output}"
            return None

        return wait_until(f"a line with {text!r} ({self.output[-400:]!r})", seen, within)

    def stop(self, within=15):
        """Ends the program politely and says with which status it ended."""
        if self.running:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"the program ignored SIGTERM for {within} s:\n{self.output}") from None
        self._reader.join(5)
        return self.process.returncode

    def kill(self):
        """Ends the program as a power cut would."""
        if self.running:
            self.process.kill()
        self.process.wait(15)
        self._reader.join(5)
