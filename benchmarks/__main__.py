"""`python -m benchmarks`: print how long coordlint takes, each figure beside what it is compared to.

Whole processes, one after the other and in turns, so that a machine that slows down slows both. The ratio is the median
of the pairs; the spread is their lowest and highest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.corpus import write, write_lived_in

PYTHON = sys.executable
LOAD = """\
import sys, pathlib, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""
REPOSITORY = Path(__file__).parent.parent
# An installed package has its bytecode, so the run before the measured ones may write that of a checkout.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Pair(NamedTuple):
    """What is measured, what it is measured against, and the most that the ratio may be."""

    name: str
    command: Sequence[str]
    against_name: str
    against: Sequence[str]
    bar: float
    runs: int


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=2000, help="files of the corpus, ten declarations each")
    arguments.add_argument("--runs", type=int, default=5, help="runs of each long command")
    arguments.add_argument("--tenfold", action="store_true", help="also check ten times as much, which takes a minute")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        declarations = write(corpus, given.files)
        print(f"Python {sys.version.split()[0]}, {given.files:,} files, {declarations:,} declarations\n")
        print("| what | median | against | median | ratio (spread) | bar |")
        print("|---|---|---|---|---|---|")
        for pair in [*_pairs(corpus, given.runs), _lived_in(Path(folder), given.files, given.runs)]:
            print(_row(pair), flush=True)
        if given.tenfold:
            large = Path(folder) / "large"
            write(large, 10 * given.files)
            check = [PYTHON, "-m", "coordlint", "check"]
            print(
                _row(Pair("check of ten times as much", [*check, str(large)], "check", [*check, str(corpus)], 11.0, 2))
            )


def _pairs(corpus: Path, runs: int) -> list[Pair]:
    coordlint = [PYTHON, "-m", "coordlint"]
    bare = [PYTHON, "-c", "pass"]
    small = str(REPOSITORY / "coordlint" / "cli" / "start" / "organisation")
    read = [*coordlint, "check", "--select", "yaml", "--select", "shape", str(corpus)]
    load = [PYTHON, "-c", LOAD, str(corpus)]
    return [
        Pair("check, cold", [*coordlint, "check", str(corpus)], "yaml.load (C)", load, 1.0, runs),
        Pair("check, all rules", [*coordlint, "check", str(corpus)], "check --select yaml,shape", read, 1.4, runs),
        Pair("--version", [*coordlint, "--version"], "python -c pass", bare, 2.0, 20),
        Pair("check of a small organisation", [*coordlint, "check", small], "python -c pass", bare, 9.0, 20),
    ]


def _lived_in(folder: Path, files: int, runs: int) -> Pair:
    """What exceptions and evidence cost: the same findings, each accepted, beside a log of 20,000 lines."""
    count = write_lived_in(folder / "bare", files, accepted=False)
    write_lived_in(folder / "lived-in", files, accepted=True)
    check = [PYTHON, "-m", "coordlint", "check", "--as-of", "2026-11-23"]
    waived, bare = [*check, str(folder / "lived-in")], [*check, str(folder / "bare")]
    return Pair(f"check, {count:,} waived, with a log", waived, f"check, {count:,} findings", bare, 1.2, runs)


def _row(pair: Pair) -> str:
    _seconds(pair.command)
    _seconds(pair.against)
    turns = [(_seconds(pair.command), _seconds(pair.against)) for _ in range(pair.runs)]
    ratios = sorted(one / other for one, other in turns)
    one, other = (median(times) for times in zip(*turns, strict=True))
    ratio = median(ratios)
    held = "" if ratio <= pair.bar else " **over**"
    return (
        f"| {pair.name} | {_shown(one)} | {pair.against_name} | {_shown(other)} "
        f"| {ratio:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) | {pair.bar}{held} |"
    )


def _seconds(command: Sequence[str]) -> float:
    started = time.perf_counter()
    ended = subprocess.run(command, cwd=REPOSITORY, env=ENVIRONMENT, capture_output=True, text=True)
    took = time.perf_counter() - started
    if ended.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}\nended with {ended.returncode}:\n{ended.stderr}")
    return took


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


if __name__ == "__main__":
    main()
