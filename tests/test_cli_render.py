"""`coordlint render` as people call it: what it says, and when it is current."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_kit import CLEAN, HOUSE, call, organisation

from coordlint.config import MANIFEST


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    organisation(tmp_path, {"roles.yaml": CLEAN + "    review_by: 2026-12-01\n"})
    assert call("render", "--into", "out", "--as-of", "2026-11-20", cwd=tmp_path).code == 0
    return tmp_path


def test_a_manual_stays_current_while_only_time_passes(rendered: Path) -> None:
    ended = call("render", "--into", "out", "--check", cwd=rendered, SOURCE_DATE_EPOCH="1800000000")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    asked = call("render", "--into", "out", "--check", "--as-of", "2026-11-21", cwd=rendered)
    assert asked.code == 1, "unless another day is asked for"


def test_a_manual_is_not_current_after_a_change(rendered: Path) -> None:
    (rendered / "roles.yaml").write_text(CLEAN + "    purpose: Looks after it.\n")
    ended = call("render", "--into", "out", "--check", cwd=rendered)
    assert ended.code == 1
    assert "out is not current" in ended.err


@pytest.mark.parametrize("day", [None, 3, "", "soon", "2026-02-31"])
def test_a_day_that_a_manifest_does_not_say_is_today(rendered: Path, day: object) -> None:
    manifest = rendered / "out" / MANIFEST
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(said | {"as_of": day}))
    ended = call("render", "--into", "out", "--check", cwd=rendered, SOURCE_DATE_EPOCH="1800000000")
    assert (ended.code, ended.err.count("not current")) == (1, 1)


def test_a_folder_that_was_never_written_is_not_current(tmp_path: Path) -> None:
    ended = call("render", "--into", "out", "--check", cwd=organisation(tmp_path))
    assert ended.code == 1
    assert "missing" in ended.out
    assert not (tmp_path / "out").exists()


def test_a_name_from_a_file_steers_no_terminal(tmp_path: Path) -> None:
    organisation(tmp_path, house=HOUSE + 'manual: {output: "out\\e[31m"}\n')
    for words in (["render"], ["render", "--check"]):
        ended = call(*words, cwd=tmp_path)
        assert "\x1b" not in ended.out + ended.err
