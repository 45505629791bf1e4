"""Editions, previews and names that rules had before: what a later version brings, and that old words still work.

No rule is a preview today and none was renamed, so the tests put some in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_kit import DAY, HOUSE, Ended, call, organisation

from coordlint import config
from coordlint.cli import learn
from coordlint.config import Asked, settings
from coordlint.finding import Problem, UsageError
from coordlint.lint import lint
from coordlint.model.kinds import Meeting
from coordlint.model.org import Org
from coordlint.rule import CORRECTNESS, ERROR, INFO, STRICT, WARNING, Rule, rule
from coordlint.rules import EDITIONS, NEXT, all_rules, is_in, renamed
from coordlint.testing import DAY as TODAY
from coordlint.testing import InMemory

RULES = {each.name: each for each in all_rules()}
EDITION = {"edition": "2026"}
MEETINGS = """\
meetings:
  weekly: {purpose: Say what blocks us, chair: ext/a, cadence: as needed}
  daily: {purpose: Say what is next, chair: ext/a, cadence: as needed}
"""


def no_snacks(org: Org, meeting: Meeting) -> Iterator[Problem]:  # noqa: ARG001
    """Every meeting has snacks.

    Nobody thinks well on an empty stomach.
    """
    yield Problem(meeting.at(on_key=True), f"`{meeting.id}` has no snacks")


def no_drinks(org: Org, meeting: Meeting) -> Iterator[Problem]:  # noqa: ARG001
    """Every day has drinks."""
    if meeting.id == "daily":
        yield Problem(meeting.at(on_key=True), f"`{meeting.id}` has no drinks")


def no_end(org: Org, meeting: Meeting) -> Iterator[Problem]:  # noqa: ARG001
    """Every meeting comes to an end."""
    return iter(())


def made(check: Any, name: str, **said: Any) -> Rule:
    """A rule of a test, under the name that it would have in the package."""
    return rule(said.pop("severity", WARNING), **said)(check)._replace(name=name)


PREVIEW = made(no_snacks, "meeting/no-snacks", since=NEXT, preset=CORRECTNESS)
RENAMED = made(no_snacks, "meeting/no-snacks", preset=CORRECTNESS, was=("meeting/no-food", "meeting/hungry"))
DRINKS = made(no_drinks, "meeting/no-drinks", severity=INFO, preset=CORRECTNESS)


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put rules beside those that there are."""

    def put(*more: Rule) -> None:
        every = (*all_rules(), *more)
        for module in (config, learn):
            monkeypatch.setattr(module, "all_rules", lambda: every)

    return put


def names(configured: dict[str, Any] | None = None, **asked: Any) -> set[str]:
    return {each.rule.name for each in settings(EDITION | (configured or {}), Asked(**asked)).chosen}


def check(folder: Path, *words: str, house: str = HOUSE) -> Ended:
    organisation(folder, {"meetings.yaml": MEETINGS}, house)
    return call("check", "--format", "concise", *words, *DAY, cwd=folder)


# Editions.


def test_every_rule_is_since_an_edition_that_there_is():
    assert {each.since for each in RULES.values()} <= {*EDITIONS, NEXT}
    assert all(is_in(each, NEXT) for each in RULES.values()), "the next edition takes in those before it"


def test_a_preview_runs_only_for_who_asks(add: Any):
    add(PREVIEW)
    assert PREVIEW.name not in names()
    assert PREVIEW.name not in names({"preset": "strict"})
    assert PREVIEW.name not in names(select=("meeting",)), "a family is that of the edition"
    assert PREVIEW.name in names(edition=NEXT)
    assert PREVIEW.name in names(edition=NEXT, select=("meeting",))
    assert PREVIEW.name in names({"rules": {PREVIEW.name: "warning"}})
    assert PREVIEW.name in names(select=(PREVIEW.name,))
    assert PREVIEW.name not in names(edition=NEXT, ignore=(PREVIEW.name,))


def test_a_preview_keeps_to_its_preset(add: Any):
    add(PREVIEW._replace(preset=STRICT))
    assert PREVIEW.name not in names(edition=NEXT)
    assert PREVIEW.name in names({"preset": "strict"}, edition=NEXT)


def test_an_edition_is_asked_for_one_check(add: Any, tmp_path: Path):
    add(PREVIEW)
    assert "no-snacks" not in check(tmp_path).out
    ahead = check(tmp_path, "--edition", "next")
    assert ahead.out.count("meeting/no-snacks") == 2
    assert "no-snacks" not in check(tmp_path, "--edition", "2026").out
    assert "no-snacks" not in check(tmp_path).out, "nothing is remembered"


def test_an_edition_that_there_is_not(tmp_path: Path):
    ended = check(tmp_path, "--edition", "2031")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "coordlint: --edition: no edition is called `2031`; there are `2026` or `next`\n"


def test_no_organisation_lives_in_the_next_edition():
    with pytest.raises(UsageError, match="`coordlint check --edition next --statistics`"):
        settings({"edition": NEXT})


def test_a_preview_is_called_one(add: Any, tmp_path: Path):
    add(PREVIEW)
    ended = call("explain", PREVIEW.name, cwd=tmp_path)
    assert "since edition next" in ended.out
    assert "A preview: it runs with `coordlint check --edition next`" in ended.out
    assert call("rules", cwd=tmp_path).out.splitlines()[-1].endswith(" (preview) Every meeting has snacks")
    call("rules", "--into", "pages", cwd=tmp_path)
    assert "| correctness | (preview) Every meeting has snacks |" in (tmp_path / "pages" / "README.md").read_text()


# What a move brings.


def move(folder: Path, *words: str, house: str = HOUSE) -> str:
    organisation(folder, {"meetings.yaml": MEETINGS}, house)
    ended = call("check", "--edition", "next", "--statistics", *words, *DAY, cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def test_today_a_move_brings_nothing(tmp_path: Path):
    assert move(tmp_path) == (
        "edition next brings nothing new here: the rules in force are those of coordlint.yaml's edition\n"
        "no findings in 2 files, 2 declarations\n"
    )


def test_a_move_brings_rules_and_what_they_find(add: Any, tmp_path: Path):
    add(PREVIEW, made(no_end, "meeting/no-end", since=NEXT, preset=CORRECTNESS), DRINKS)
    assert move(tmp_path) == (
        "2  warning  meeting/no-snacks  new\n"
        "1  info     meeting/no-drinks\n"
        "\n"
        "edition next brings `meeting/no-end`: no findings\n"
        "edition next brings `meeting/no-snacks`: 2 findings\n"
        "3 findings: 2 warnings, 1 info, in 1 of 2 files\n"
    )


def test_a_move_may_find_less_of_what_is_found_already(add: Any, tmp_path: Path):
    """What a new rule explains is no longer told by itself."""
    add(PREVIEW, DRINKS._replace(yields_to=(PREVIEW.name,)))
    assert move(tmp_path).startswith("2  warning  meeting/no-snacks  new\n0  info     meeting/no-drinks  1 fewer\n\n")


def test_a_rule_that_was_asked_for_already_is_not_brought(add: Any, tmp_path: Path):
    add(PREVIEW)
    assert "brings nothing new" in move(tmp_path, house=HOUSE + f"rules: {{{PREVIEW.name}: info}}\n")


# Names that rules had.


def test_no_name_of_before_is_a_name_of_today():
    every = [old for each in RULES.values() for old in each.was]
    assert len(every) == len(set(every)) == len(renamed(RULES.values()))
    assert not set(every) & RULES.keys()


@pytest.mark.parametrize("old", RENAMED.was)
def test_an_old_name_works_everywhere_and_says_the_new_one(add: Any, tmp_path: Path, old: str):
    add(RENAMED)
    told = f"rule `{old}` is now called `meeting/no-snacks`"
    own = settings(EDITION | {"rules": {old: "off"}})
    assert RENAMED.name not in {each.rule.name for each in own.chosen}
    assert own.notes == (f"coordlint.yaml: {told}, and both names work; write the new one",)
    assert RENAMED.name in names(select=(old,))
    assert RENAMED.name not in names(ignore=(old,))
    ended = check(tmp_path, "--select", old)
    assert ended.out.count("warning[meeting/no-snacks]") == 2
    assert f"note: --select: {told}" in ended.out


def test_an_old_name_is_explained(add: Any, tmp_path: Path):
    add(RENAMED)
    ended = call("explain", "meeting/hungry", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "note: `meeting/hungry` is now called `meeting/no-snacks`; both names work\n")
    assert ended.out.startswith("# meeting/no-snacks\n")
    assert "called `meeting/no-food` or `meeting/hungry`, which goes on working" in ended.out


def test_old_and_new_name_at_once(add: Any):
    add(RENAMED)
    old, older = RENAMED.was
    for first, second in ((RENAMED.name, old), (old, RENAMED.name), (old, older)):
        with pytest.raises(UsageError, match="names `meeting/no-snacks` twice"):
            settings(EDITION | {"rules": {first: "info", second: "error"}})


def test_a_new_name_changes_no_fingerprint():
    workspace = InMemory({"coordlint.yaml": HOUSE, "a.yaml": MEETINGS})
    org = workspace.run(Asked(select=("yaml",)), TODAY).org

    def marks(by: Rule) -> list[str]:
        findings = lint(org, (), [config.Chosen(by, ERROR)], workspace.locate).findings
        return [each.fingerprint for each in findings]

    before = marks(RENAMED._replace(name="meeting/no-food", was=()))
    assert marks(RENAMED._replace(name="meeting/hungry", was=("meeting/no-food",))) == before
    assert marks(RENAMED) == before
    assert marks(RENAMED._replace(was=())) != before


def test_a_waiver_goes_on_under_an_old_name(add: Any, tmp_path: Path):
    add(RENAMED)
    comment = "  # coordlint: ignore[meeting/no-food] we eat before\n  weekly:"
    organisation(tmp_path, {"meetings.yaml": MEETINGS.replace("  weekly:", comment)}, HOUSE)
    ended = call("check", "--format", "concise", *DAY, cwd=tmp_path)
    assert ended.out.count("meeting/no-snacks]") == 1
    assert "waiver/" not in ended.out
    assert "note: rule `meeting/no-food` is now called `meeting/no-snacks`" in ended.out
    assert ended.out.endswith(", 1 waived\n")


def test_a_baseline_goes_on_under_an_old_name(add: Any, tmp_path: Path):
    older = RENAMED._replace(name="meeting/no-food", was=())
    add(older)
    organisation(tmp_path, {"meetings.yaml": MEETINGS}, HOUSE + "rules: {waiver/stale-baseline: error}\n")
    assert call("baseline", *DAY, cwd=tmp_path).code == 0
    add(RENAMED)
    ended = call("check", "--format", "concise", *DAY, cwd=tmp_path)
    assert ended.out == "no findings in 2 files, 2 declarations, 2 waived\n"
    (tmp_path / "meetings.yaml").write_text(MEETINGS.replace("  daily: ", "  never: "))
    ended = call("check", "--format", "concise", *DAY, cwd=tmp_path)
    assert "waiver/stale-baseline" in ended.out, "its rule is known under the name that it had"
