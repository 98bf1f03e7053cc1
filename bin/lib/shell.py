"""Run other programs, talk to the user, and end cleanly."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class SetupError(Exception):
    """Something the user has to know about; shown without a traceback."""


def say(text: str) -> None:
    """Tell the user what is going on, on stderr: stdout belongs to the command itself."""
    print(f"[cartera] {text}", file=sys.stderr, flush=True)


def run(command: Sequence[object], **options) -> str:
    """Run a program quietly and return its output; its own words are the error message."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            # If we are killed, it must not go on writing to what the next run builds again.
            ["setpriv", "--pdeathsig=KILL", *words],
            check=True,
            text=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,  # Ctrl-C is for us: it ends the program as well
            **options,
        )
    except subprocess.CalledProcessError as error:
        tail = "\n".join((error.stderr or error.stdout or "").strip().splitlines()[-15:])
        raise SetupError(f"{_title(words)} failed ({error.returncode}):\n{tail}") from error
    return done.stdout


def _title(words: list[str]) -> str:
    """Return a program's name and its first argument that is not an option."""
    task = next((word for word in words[1:] if not word.startswith("-")), "")
    return f"{Path(words[0]).name} {task}".strip()


def run_logged(command: Sequence[object], log: Path, **options) -> int:
    """Run a long program with all its output in a file, and return its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return run_child(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )


def run_child(command: Sequence[object], env: Mapping[str, str] | None = None, **options) -> int:
    """Run a program in the foreground until it ends; it never outlives this process."""
    process = start(command, env=env, **options)
    try:
        return _wait_through_interrupts(process)
    finally:
        stop(process)


def start(command: Sequence[object], **options) -> subprocess.Popen:
    """Start a program that ends when we do, even if we are killed."""
    # A killed bin/test would otherwise leave Odoo running on a database that nobody owns.
    words = ["setpriv", "--pdeathsig=TERM", *map(str, command)]
    return subprocess.Popen(words, **options)


def _wait_through_interrupts(process: subprocess.Popen) -> int:
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            # The terminal sent Ctrl-C to the program too; its own ending is the one to wait for.
            continue
        return code if code >= 0 else 128 - code


def stop(process: subprocess.Popen, patience: float = 20) -> None:
    """End a program of ours, politely first."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_on_signals() -> None:
    """Turn the signals that end a process into SystemExit, so that ``finally`` blocks run."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def clean_environment() -> dict[str, str]:
    """Return the environment without what would bend our Python or PostgreSQL programs."""
    dropped = ("PYTHON", "PG", "ODOO_", "VIRTUAL_ENV", "COVERAGE_")
    kept = ("ODOO_TEST_FAILURE_RETRIES", "ODOO_TOUR_DELAY", "ODOO_BROWSER_", "ODOO_HOME")
    return {
        name: value
        for name, value in os.environ.items()
        if name.startswith(kept) or not name.startswith(dropped)
    }


def main(function) -> None:
    """Run a command's function and turn our own errors into one readable line."""
    end_on_signals()
    try:
        code = function(sys.argv[1:])
    except SetupError as error:
        say(f"error: {error}")
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
