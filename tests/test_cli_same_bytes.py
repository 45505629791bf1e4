"""Same files, same day: same bytes out, whatever order they were made in and however the machine is set."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from cli_kit import DAY, HOUSE, call, coordlint, write

EXAMPLE = Path(__file__).parent.parent / "examples" / "org"
FORMS = ("text", "json")


def faulty_files() -> dict[str, bytes]:
    """The example organisation with a fault in many places, and a file that cannot be read at all."""
    files = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in EXAMPLE.rglob("*") if path.is_file()}
    for name, content in files.items():
        if name.endswith(".yaml") and name != "coordlint.yaml":
            files[name] = content.replace(b"chief-of-staff", b"chief-of-stuff").replace(b"purpose:", b"purpos:", 3)
    return {**files, "zz/broken.yaml": b"roles: [\n", "zz/twice.yaml": b"roles:\n  ceo: {}\nteams:\n  ceo: {}\n"}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faulty")
    write(folder, dict(faulty_files()))
    return folder


@pytest.fixture(scope="module")
def expected(faulty: Path) -> dict[str, str]:
    return {form: call("check", "--format", form, "--max-findings", "0", *DAY, cwd=faulty).out for form in FORMS}


def test_there_is_something_to_compare(expected: dict[str, str]):
    assert expected["text"].count(" error ") > 20
    assert '"related": [{' in expected["json"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "changes",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "3", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANGUAGE": "de"},
        {"PYTHONHASHSEED": "4", "TZ": "no/Such", "LC_ALL": "tr_TR.UTF-8"},
    ],
    ids=lambda changes: " ".join(changes.values()),
)
def test_seeds_zones_and_locales(faulty: Path, expected: dict[str, str], form: str, changes: dict[str, str]):
    ended = coordlint("check", "--format", form, "--max-findings", "0", *DAY, cwd=faulty, **changes)
    assert (ended.code, ended.out) == (1, expected[form])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_in_which_files_were_made(tmp_path: Path, expected: dict[str, str], seed: int):
    files = list(faulty_files().items())
    random.Random(seed).shuffle(files)
    for name, content in files:
        write(tmp_path, {name: content})
        os.utime(tmp_path / name, (seed, seed))
    for form in FORMS:
        assert call("check", "--format", form, "--max-findings", "0", *DAY, cwd=tmp_path).out == expected[form]


def test_the_place_of_the_folder(faulty: Path, expected: dict[str, str], tmp_path: Path):
    """Fingerprints too: another clone of a repository knows the same findings."""
    elsewhere = tmp_path / "another" / "place"
    shutil.copytree(faulty, elsewhere)
    assert call("check", "--format", "json", *DAY, cwd=elsewhere).out == expected["json"]


def test_the_order_in_which_folders_are_named(tmp_path: Path):
    for name in ("a", "b"):
        write(tmp_path / name, {"coordlint.yaml": HOUSE, "roles.yaml": "roles: {c: {held_by: 3}}\n"})
    first = call("check", "a", "b", "--format", "jsonl", *DAY, cwd=tmp_path).out.splitlines()
    second = call("check", "b", "a", "--format", "jsonl", *DAY, cwd=tmp_path).out.splitlines()
    assert sorted(first) == sorted(second)
    assert first == call("check", "--format", "jsonl", *DAY, cwd=tmp_path).out.splitlines()


@pytest.mark.parametrize("words", [("rules",), ("schema",), ("schema", "coordlint"), ("explain", "meeting/no-purpose")])
def test_what_there_is_to_know(tmp_path: Path, words: tuple[str, ...]):
    texts = {coordlint(*words, cwd=tmp_path, PYTHONHASHSEED=seed).out for seed in ("0", "1")}
    assert texts == {call(*words, cwd=tmp_path).out}


def test_a_manual(faulty: Path, tmp_path: Path):
    written: list[dict[str, bytes]] = []
    for seed, zone in (("0", "Pacific/Kiritimati"), ("1", "America/Los_Angeles")):
        into = tmp_path / seed
        ended = coordlint("render", "--into", str(into), *DAY, cwd=faulty, PYTHONHASHSEED=seed, TZ=zone)
        assert ended.code == 0, ended.err
        written.append(
            {path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()}
        )
    assert written[0] == written[1]
