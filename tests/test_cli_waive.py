"""`coordlint waive`: one entry is written, it accepts what was meant, and all else is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_kit import DAY, call, organisation

ORG = """\
roles:
  lead: {purpose: Keeps what is written here true., held_by: ext/somebody, reports_to: nobody-there}   # for now

  deputy:
    # Reports to somebody new.
    held_by: ext/else
    reports_to: also-nobody
"""
REASON = ("--reason", "the role comes in May: see there", *DAY)


def org(folder: Path) -> Path:
    return organisation(folder, {"roles.yaml": ORG})


def test_an_entry_is_written_into_the_declaration(tmp_path: Path) -> None:
    folder = org(tmp_path)
    ended = call("waive", "reference/unresolved", "deputy", *REASON, "--until", "2026-12-31", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    entry = '      - {rule: reference/unresolved, reason: "the role comes in May: see there", until: 2026-12-31}\n'
    assert (folder / "roles.yaml").read_text() == f"{ORG}    waive:\n{entry}"
    assert ended.out == f"roles.yaml:8\n    waive:\n{entry}accepts 1 finding until 2026-12-31\n"
    check = call("check", *DAY, cwd=folder)
    assert "1 finding: 1 error" in check.out
    assert "1 waived" in check.out


def test_in_brackets_too_and_what_stands_beside_it_stays(tmp_path: Path) -> None:
    folder = org(tmp_path)
    assert call("waive", "reference/unresolved", "role/lead", *REASON, cwd=folder).code == 0
    text = (folder / "roles.yaml").read_text()
    assert "reports_to: nobody-there, waive: [{rule: reference/unresolved" in text
    assert text.count("# for now") == text.count("# Reports to somebody new.") == 1


def test_what_another_preset_shows_can_be_accepted_with_it(tmp_path: Path) -> None:
    sync = "  sync:\n    purpose: Say what is new.\n    chair: ext/lead\n    cadence: {every: week, lasts: 30m}\n"
    folder = organisation(tmp_path, {"m.yaml": f"meetings:\n{sync}"})
    words = ("waive", "meeting/no-agenda", "sync", *REASON)
    assert "give the same" in call(*words, cwd=folder).err
    assert "no edition is called `2020`" in call(*words, "--edition", "2020", cwd=folder).err
    ended = call(*words, "--preset", "strict", "--edition", "2026", cwd=folder)
    assert (ended.code, ended.out.count("accepts 1 finding")) == (0, 1)
    assert "meeting/no-agenda" not in call("check", "--preset", "strict", *DAY, cwd=folder).out


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = org(tmp_path)
    ended = call("waive", "reference/unresolved", "deputy", *REASON, "--dry-run", cwd=folder)
    assert ended.out.startswith("would stand at roles.yaml:8\n")
    assert (folder / "roles.yaml").read_text() == ORG


def test_what_is_no_declaration_is_waived_in_the_config(tmp_path: Path) -> None:
    house = 'organisation: Test\nedition: "2026"\npreset: recommended\n'
    folder = organisation(
        tmp_path, {"roles.yaml": "roles:\n  lead: {held_by: ext/x, purpose: Keeps it true.}\n"}, house
    )
    found = call("check", "--format", "jsonl", *DAY, cwd=folder).out
    assert "ownership/layer-unowned" in found
    ended = call("waive", "ownership/layer-unowned", *REASON, cwd=folder)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("coordlint.yaml:")
    assert "ownership/layer-unowned" not in call("check", "--format", "jsonl", *DAY, cwd=folder).out


REFUSED = {
    "no rule": (["reference/unresolvd", "deputy"], "did you mean `reference/unresolved`?"),
    "a family": (["reference", "deputy"], "is a family"),
    "what cannot be waived": (["waiver/unused", "deputy"], "cannot be waived"),
    "no such name": (["reference/unresolved", "depty"], "did you mean `deputy`?"),
    "of another kind": (["reference/unresolved", "team/deputy"], "nothing is called `team/deputy`"),
    "a rule that says nothing there": (["reference/cycle", "deputy"], "says nothing of role `deputy`"),
    "a rule that is not in force": (["reference/orphan", "deputy"], "is not in force here"),
    "no name, though it speaks of some": (
        ["reference/unresolved"],
        "speaks of `role/lead`, `role/deputy`; name what is meant",
    ),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_makes_no_sense_is_one_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    folder = org(tmp_path)
    ended = call("waive", *words, *REASON, cwd=folder)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert (folder / "roles.yaml").read_text() == ORG


def test_what_speaks_in_place_of_a_rule_is_told(tmp_path: Path) -> None:
    """In the organisation of `init`, a meeting of which nothing comes and nothing is known holds nothing."""
    assert call("init", cwd=tmp_path).code == 0
    (tmp_path / "m.yaml").write_text(
        "meetings:\n  sync: {purpose: Talk of what is new., chair: ext/x, cadence: {every: week, lasts: 30m}}\n"
    )
    ended = call("waive", "meeting/no-output", "sync", *REASON, cwd=tmp_path)
    assert ended.code == 2
    assert "for `meeting/holds-nothing` speaks in its place, at m.yaml:2; name that rule to accept it" in ended.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--reason"),
        (["--reason", " – "], "--reason"),
        (["--reason", "x", "--until", "2026-01-01"], "is past"),
        (["--reason", "x", "--until", "soon"], "--until"),
    ],
)
def test_a_reason_is_needed_and_a_day_that_comes(tmp_path: Path, options: list[str], said: str) -> None:
    ended = call("waive", "reference/unresolved", "deputy", *options, *DAY, cwd=org(tmp_path))
    assert ended.code == 2
    assert said in ended.err


def test_what_is_waived_already_is_told_with_its_place(tmp_path: Path) -> None:
    folder = org(tmp_path)
    words = ("waive", "reference/unresolved", "deputy", *REASON)
    assert call(*words, cwd=folder).code == 0
    ended = call(*words, cwd=folder)
    assert ended.code == 2
    assert "is accepted already, at roles.yaml:9" in ended.err
