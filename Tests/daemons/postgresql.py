"""A PostgreSQL server of this run alone, in a temporary folder, reached by a socket in it."""

import glob
import os
import shutil
import subprocess
import tempfile
import time


class PostgreSQL:
    """No port, no password for those on this machine; gone with `stop`."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
        if not found:
            raise SystemExit("no PostgreSQL under /usr/lib/postgresql: install the package postgresql")
        self.binaries = os.path.dirname(found[-1])
        # Short: the name of a socket has 107 characters.
        self.folder = tempfile.mkdtemp(prefix="routeros-pg-", dir="/tmp")
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._server("initdb -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions")
        with open(f"{self.folder}/data/postgresql.conf", "a") as settings:
            # Losing power is not tested; losing the server is, and needs no sync.
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nfsync = off\n"
                "max_connections = 200\nlc_messages = 'C'\n"
            )
        self._server("pg_ctl start -w -D data -l log")
        self.sql("CREATE ROLE billing LOGIN NOSUPERUSER NOBYPASSRLS")
        self.sql("CREATE DATABASE billing OWNER billing")

    @property
    def url(self):
        return f"postgresql://billing@{self.folder.replace('/', '%2F')}/billing"

    def psql(self):
        """The command that reaches the database as its superuser, who sees all tenants."""
        return [f"{self.binaries}/psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", self.folder]

    def sql(self, text, database="postgres"):
        """Runs statements; their rows as lists of words."""
        done = subprocess.run(
            [*self.psql(), "-U", "postgres", "-d", database], input=text, capture_output=True, text=True, timeout=120
        )
        if done.returncode != 0:
            raise OSError(done.stderr.strip())
        return [line.split("\t") for line in done.stdout.splitlines()]

    def billing(self, text):
        """As `sql`, of the records; tried again while the server restarts."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return self.sql(text, "billing")
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def restart(self, crash):
        """In good order, or as if every process of it had died."""
        self._server(f"pg_ctl restart -w -m {'immediate' if crash else 'fast'} -D data -l log")

    def stop(self):
        try:
            self._server("pg_ctl stop -m immediate -D data")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _server(self, line):
        words = [f"{self.binaries}/{line.split()[0]}", *line.split()[1:]]
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]
        with open("/dev/null", "r+") as nothing:
            # It would keep a pipe open.
            done = subprocess.run(words, cwd=self.folder, stdin=nothing, stdout=nothing, stderr=nothing, timeout=120)
        if done.returncode != 0:
            raise OSError(f"{line} ended with {done.returncode}")
