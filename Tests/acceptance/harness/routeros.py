"""`routeros` as a process: what it prints, and how it ends."""

import json
import os
import signal
import subprocess
import threading

from .waiting import wait_until


class Routeros:
    """Runs the program against one router, with the password in the environment unless told otherwise."""

    def __init__(self, binaries, host, user, password):
        self.executable = binaries / "routeros"
        self.options = ["--host", host, "--user", user]
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("ROUTEROS_")
        } | {"LC_ALL": "C.UTF-8"}
        if password is not None:
            self.environment["ROUTEROS_PASSWORD"] = password

    def __call__(self, *arguments, stdin=b""):
        """The ended process; standard output and error are bytes."""
        return subprocess.run(
            [self.executable, *self.options, *arguments],
            input=stdin,
            capture_output=True,
            env=self.environment,
            timeout=60,
            # No terminal to ask for a password.
            start_new_session=True,
        )

    def rows(self, *arguments):
        ended = self(*arguments)
        assert ended.returncode == 0 and not ended.stderr, ended
        return [json.loads(line) for line in ended.stdout.decode().splitlines()]

    def fails(self, status, *arguments, **options):
        """The one line on standard error with which the program ends."""
        ended = self(*arguments, **options)
        assert ended.returncode == status, ended
        line = ended.stderr.decode()
        assert line.startswith("routeros: ") and line.count("\n") == 1 and line.endswith("\n"), ended
        return line

    def start(self, *arguments):
        return Running([self.executable, *self.options, *arguments], self.environment)


class Running:
    """A run that goes on until it is told to stop."""

    def __init__(self, arguments, environment):
        self.rows = []
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.rows.append(json.loads(line))

    def wait_for(self, what, condition):
        wait_until(f"{what} in {self.rows}", lambda: any(condition(row) for row in list(self.rows)), within=10)

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        status = self.process.wait(10)
        self._reader.join(5)
        return status, self.process.stderr.read().decode()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
