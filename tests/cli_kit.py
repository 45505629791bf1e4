"""The command line as tests call it: in a process of its own where that is the point, else in this one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from coordlint.cli import run

REPOSITORY = Path(__file__).parent.parent
DAY = ("--as-of", "2026-06-15")

HOUSE = 'organisation: Test\nlayer_owner: ext/owner\nedition: "2026"\npreset: correctness\n'
CLEAN = "roles:\n  lead:\n    purpose: Keeps what is written here true.\n    held_by: ext/somebody\n"
# One error: `reference/unresolved` on line 4.
BROKEN = "roles:\n  deputy:\n    held_by: ext/somebody\n    reports_to: nobody-there\n"

# What a shell of somebody else may have set.
_NOT_OURS = (
    "SOURCE_DATE_EPOCH",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "PYTHONWARNINGS",
    "PYTHONHASHSEED",
    "PYTHONUTF8",
)
# Peak memory as the system counts it for the program alone, and not for the process that started it.
_MEASURED = """
import atexit, runpy, sys
def tell(path=sys.argv.pop(1)):
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    open(path, "w").write(peak.split()[1])
atexit.register(tell)
runpy.run_module("coordlint", run_name="__main__", alter_sys=True)
"""


class Ended(NamedTuple):
    """How a command ended: its exit code, what it wrote, and for a process the seconds of the processor that it took.

    `megabytes` is the most memory that it had, where that was asked for.
    """

    code: int
    out: str
    err: str
    seconds: float = 0.0
    megabytes: float = 0.0


def organisation(folder: Path, files: Mapping[str, str | bytes] | None = None, house: str = HOUSE) -> Path:
    """Make an organisation of these files, by default one that is clean."""
    write(folder, {"coordlint.yaml": house, **({"roles.yaml": CLEAN} if files is None else files)})
    return folder


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder, byte for byte."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def call(*words: str, cwd: Path, **environment: str) -> Ended:
    """Run a command line in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(stream, encoding="ascii", write_through=True) for stream in (out, err)]
    with (
        mock.patch.dict(os.environ, environment),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
    ):
        for name in _NOT_OURS:
            if name not in environment:
                os.environ.pop(name, None)
        code = run(words)
    return Ended(code, out.getvalue().decode(), err.getvalue().decode())


def report(*words: str, cwd: Path) -> dict[str, Any]:
    """The JSON report of a check in this process, which must be able to do its work."""
    ended = call("check", *words, "--format", "json", *DAY, cwd=cwd)
    assert ended.code in (0, 1), ended.err
    read: dict[str, Any] = json.loads(ended.out)
    return read


def rules_at(reported: Mapping[str, Any]) -> list[tuple[str, int | None, str]]:
    """Path, line and rule of each finding of a JSON report."""
    return [(each["path"], each["line"], each["rule"]) for each in reported["findings"]]


def environment(**changes: str | None) -> dict[str, str]:
    """The environment of a process: this one's without what a shell may have set, changed; None takes a name away."""
    found = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    found["PYTHONPATH"] = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    for name, value in changes.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def coordlint(
    *words: str,
    cwd: Path,
    flags: tuple[str, ...] = (),
    measure: bool = False,
    timeout: float = 60,
    **changes: str | None,
) -> Ended:
    """Run `python -m coordlint` in a process of its own; one that hangs is killed, and has a negative exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        peak = Path(scratch) / "peak"
        program = ("-c", _MEASURED, str(peak)) if measure else ("-m", "coordlint")
        with (Path(scratch) / "out").open("w+b") as out, (Path(scratch) / "err").open("w+b") as err:
            process = subprocess.Popen(
                [sys.executable, *flags, *program, *words],
                cwd=cwd,
                env=environment(**changes),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
            seconds = _wait(process, timeout)
            texts = [(stream.seek(0), stream.read().decode())[1] for stream in (out, err)]
        megabytes = int(peak.read_text()) / 1024 if peak.exists() else 0.0
    return Ended(process.returncode, *texts, seconds, megabytes)


def _wait(process: subprocess.Popen[bytes], timeout: float) -> float:
    """Wait for the end of a process, and give the time that the processor had for it."""
    watch = threading.Timer(timeout, process.kill)
    watch.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    finally:
        watch.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def running(script: str, *words: str, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program that says `ready` on stdout and goes on until it is told to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n", process.communicate()[1].decode()
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
