"""A private PostgreSQL cluster, shared by all runs of one user and stopped by the last of them.

It listens on a Unix socket inside its own data folder only, which nobody else can open: so it
needs no port and no password, and the system's own cluster is not involved.
"""

import contextlib
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import locks, paths, system
from .shell import SetupError, clean_environment, run, say

SUPERUSER = "postgres"
ROLE = "cartera"  # Odoo refuses to work as "postgres"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    # Everything here can be built again: no time is spent on surviving a power cut. A killed
    # process does no harm, and a killed machine is noticed by its boot id.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Compiling a query costs more than running it at the sizes of tests and demo.
    "jit": "off",
    "timezone": "UTC",
}
SOCKET_LIMIT = 107  # bytes that the kernel allows for a socket's path
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running cluster: how to reach it, and where what belongs to it is kept."""

    host: Path
    programs: Path
    folder: Path

    @property
    def files(self) -> Path:
        """Odoo's data folder; it lives and dies with the databases."""
        return self.folder / "odoo"

    def sql(self, statement: str, database: str = "postgres", user: str = ROLE) -> list[str]:
        """Run a statement and return the lines of its result, columns separated by ``|``."""
        command = [self.programs / "psql", "-h", self.host, "-U", user, "-d", database]
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement]
        return run([*command, *options], env=clean_environment()).splitlines()


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Use the cluster: start it if nobody did, stop it if nobody else uses it."""
    programs = system.postgres_programs()
    if programs is None:
        raise SetupError("PostgreSQL's server programs were not found")
    cluster = _Cluster(programs)
    with locks.exclusive("postgres-gate"):
        server = cluster.start()
        usage = locks.Usage("postgres-users")
    try:
        yield server
    finally:
        with locks.exclusive("postgres-gate"):
            if usage.leave():
                cluster.stop()


class _Cluster:
    """The cluster of one PostgreSQL major version; used under the gate lock only."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        major = run([programs / "postgres", "--version"]).split()[2].split(".")[0]
        self.folder = paths.cache() / f"postgresql-{major}"
        self.data = self.folder / "data"
        self.boot = self.folder / "boot_id"
        self.owner = _owner()
        self.process: subprocess.Popen | None = None

    def start(self) -> Server:
        """Bring the cluster up, whatever state the last run left it in."""
        self._forget_after_reboot()
        if not self.data.exists():
            self._create()
        server = Server(_short(self.data), self.programs, self.folder)
        if not self._answers(server) and not self._recovers(server):
            self._clear_remains()
            self._launch(server)
        server.files.mkdir(exist_ok=True)
        return server

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        pid = self._pid()
        for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
            if pid is None or not _is_ours(pid, self.data):
                return
            os.kill(pid, number)
            _wait(lambda: not _is_ours(pid, self.data), seconds)
            if self.process:
                self.process.poll()  # leaves no zombie where process 1 collects none

    def _create(self) -> None:
        """Initialise in a temporary folder; the rename is what makes it exist."""
        say("creating a private PostgreSQL cluster")
        paths.sweep(self.folder.parent, ".new-postgresql-")
        new = Path(tempfile.mkdtemp(prefix=".new-postgresql-", dir=self.folder.parent))
        data = new / "data"
        data.mkdir(mode=0o700)
        if self.owner:
            os.chown(data, self.owner.pw_uid, self.owner.pw_gid)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        with self._as_owner(data) as (path, rights):
            run([self.programs / "initdb", "-D", path, "-U", SUPERUSER, *options], **rights)
        new.chmod(0o755)
        paths.remove(self.folder)
        new.rename(self.folder)

    @contextlib.contextmanager
    def _as_owner(self, data: Path) -> Iterator[tuple[str, dict]]:
        """Yield a path to the folder and options for subprocess, to work there unprivileged.

        PostgreSQL refuses to run as root, and ``postgres`` may not even enter root's home: an
        open folder handed down to it needs no permission on the folders above.
        """
        env = {**clean_environment(), "LC_ALL": "C.UTF-8"}
        if self.owner is None:
            yield str(data), {"env": env, "cwd": "/"}
            return
        handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        identity = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        try:
            path = f"/proc/self/fd/{handle}"
            yield path, {"env": env, "cwd": "/", "pass_fds": (handle,), **identity}
        finally:
            os.close(handle)

    def _launch(self, server: Server) -> None:
        self.boot.write_text(_boot_id())
        log = self.folder / "postgresql.log"
        settings = [word for item in SETTINGS.items() for word in ("-c", "=".join(item))]
        with self._as_owner(self.data) as (path, rights), log.open("wb") as output:
            self.process = process = subprocess.Popen(
                [self.programs / "postgres", "-D", path, *settings],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for Odoo, not for the shared server
                **rights,
            )
        up = _wait(lambda: self._answers(server) or process.poll() is not None, START_SECONDS)
        if not up or process.poll() is not None:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
            raise SetupError(f"PostgreSQL did not start; its log, {log}, ends with\n{tail}")
        self._create_role(server)

    def _create_role(self, server: Server) -> None:
        if not server.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'", user=SUPERUSER):
            server.sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB", user=SUPERUSER)
            server.sql(f"GRANT pg_signal_backend TO {ROLE}", user=SUPERUSER)

    def _answers(self, server: Server) -> bool:
        ready: Sequence[object] = [self.programs / "pg_isready", "-q", "-h", server.host]
        return subprocess.run(ready, env=clean_environment(), check=False).returncode == 0

    def _pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _recovers(self, server: Server) -> bool:
        """Wait for a server that is on its way up or down; true if it came up."""
        pid = self._pid()
        if pid is None or not _is_ours(pid, self.data):
            return False
        _wait(lambda: self._answers(server) or not _is_ours(pid, self.data), START_SECONDS)
        if _is_ours(pid, self.data) and not self._answers(server):
            raise SetupError(f"PostgreSQL (process {pid}) runs in {self.data} but does not answer")
        return _is_ours(pid, self.data)

    def _clear_remains(self) -> None:
        """Remove what a killed server left; PostgreSQL itself is easily misled.

        The process number in its lock files may belong to another program by now, or to a dead
        process that nobody has collected.
        """
        for folder in Path("/proc").glob("[0-9]*"):
            if _is_ours(int(folder.name), self.data):
                os.kill(int(folder.name), signal.SIGKILL)
        for name in ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.data / name).unlink(missing_ok=True)

    def _forget_after_reboot(self) -> None:
        """Throw the cluster away if the machine went down while it was running."""
        unclean = (self.data / "postmaster.pid").exists()
        if unclean and self.boot.exists() and self.boot.read_text() != _boot_id():
            say("the machine stopped while PostgreSQL was running: starting over")
            paths.remove(self.folder)


def _owner() -> pwd.struct_passwd | None:
    """Return the account to run PostgreSQL as, or None to run it as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _is_ours(pid: int, data: Path) -> bool:
    """Tell whether a process is a PostgreSQL server at work in our data folder."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
        folder = os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return False
    return ") Z " not in status and folder == str(data.resolve())


def _boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _wait(condition, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _short(data: Path) -> Path:
    """Return a path to the folder that leaves room for the socket's name."""
    if len(str(data)) + len("/.s.PGSQL.5432") <= SOCKET_LIMIT:
        return data
    home = Path(tempfile.gettempdir()) / f"crm_cartera-{os.geteuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.stat().st_uid != os.geteuid() or home.is_symlink():
        raise SetupError(f"{home} belongs to somebody else")
    link = home / paths.digest(data)
    if not link.is_symlink():
        link.symlink_to(data)
    return link
