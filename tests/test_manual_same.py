"""The same declarations give the same bytes, whatever the machine's hash seed, zone, locale and order of files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from manual_kit import DAY, EXAMPLE, REPOSITORY, example, run_of

from coordlint.manual import render

SCRIPT = """
import hashlib, sys
from datetime import date
from coordlint.manual import render
from coordlint.workspace import Workspace
workspace = Workspace(sys.argv[1])
files = render(workspace.run(as_of=date.fromisoformat(sys.argv[2])), locate=workspace.locate)
whole = hashlib.sha256()
for path in sorted(files):
    whole.update(path.encode() + b"\\0" + files[path] + b"\\0")
print(whole.hexdigest())
"""


def whole(files: dict[str, bytes]) -> str:
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.encode() + b"\0" + files[path] + b"\0")
    return found.hexdigest()


@pytest.mark.parametrize(
    "machine",
    [
        {"PYTHONHASHSEED": "0", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LANG": "de_DE.UTF-8"},
    ],
    ids=["0", "1", "4242"],
)
def test_every_machine_writes_the_same_bytes(machine: dict[str, str], tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **machine}
    command = [sys.executable, "-c", SCRIPT, str(EXAMPLE), DAY.isoformat()]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=True)
    assert ended.stdout.strip() == whole(example())


def test_twice_is_the_same() -> None:
    declared = {"roles": {"a": {"held_by": "x"}}, "people": {"x": {}}}
    assert render(run_of(declared)) == render(run_of(declared))


def test_the_day_alone_makes_another_manual() -> None:
    run = run_of({"meetings": {"weekly": {"cadence": "as needed", "review_by": "2026-10-20"}}})
    assert b"in 8 days" in render(run)["meeting/weekly.html"]
