"""The log among everything else: in what order it stands makes no difference, and rules over it cost little."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coordlint.config import Asked
from coordlint.lint import Run
from coordlint.rules import all_rules
from coordlint.testing import HOUSE, InMemory, check, in_case, parse

CASES = Path(__file__).parent / "cases"
DAY = date(2026, 11, 23)
LOG_RULES = (
    "decision/decided-twice",
    "decision/decided-elsewhere",
    "handoff/same-rework-again",
    "escalation/never-used",
    "initiative/slipped-in-silence",
    "record/overdue",
    "lifecycle/no-decision-lately",
    "lifecycle/thin-attendance",
)
LEGACY = Path(__file__).parent.parent / "examples" / "legacy"
TEXTS = {path.relative_to(LEGACY).as_posix(): path.read_text(encoding="utf-8") for path in LEGACY.rglob("*.yaml")}
ENTRIES = yaml.safe_load(TEXTS["log.yaml"].replace("date: ", "date: !!str "))["log"]
_WORKSPACE = InMemory({})


def run(texts: dict[str, str], as_of: date = DAY) -> Run:
    _WORKSPACE.overlay = {path: text.encode() for path, text in texts.items()}
    return _WORKSPACE.run(Asked(preset="strict"), as_of)


def told(found: Run) -> Counter[tuple[str, str, str, str, tuple[str, ...]]]:
    """What is found but for where it stands, which moves with the lines."""
    return Counter(
        (each.rule, each.id, each.message, each.fingerprint, tuple(words for _, words in each.related))
        for each in found.findings
    )


def lines(entry: dict[str, object], keys: list[str]) -> str:
    written = yaml.safe_dump([{key: entry[key] for key in keys}], sort_keys=False, allow_unicode=True)
    return "".join(f"  {line}\n" for line in written.replace("'", "").splitlines())


@settings(max_examples=15)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_neither_files_nor_entries_nor_keys_have_an_order(chance: random.Random, files: int) -> None:
    parts = [""] * files
    for entry in chance.sample(ENTRIES, len(ENTRIES)):
        keys = chance.sample(list(entry), len(entry))
        parts[chance.randrange(files)] += lines(entry, keys)
    texts = {path: text for path, text in TEXTS.items() if path != "log.yaml"}
    texts |= {f"{chance.choice('az')}{number}.yaml": f"log:\n{part}" for number, part in enumerate(parts) if part}
    assert told(run(texts)) == told(run(TEXTS))


def test_nothing_is_said_of_days_before_the_log() -> None:
    """On the day on which the log begins, and before, it tells nothing."""
    without = {path: text for path, text in TEXTS.items() if path != "log.yaml"}
    for day in (date(2026, 1, 1), date(2026, 3, 4)):
        assert told(run(TEXTS, day)) == told(run(without, day))


def test_what_cannot_be_read_holds_back_what_it_might_deny() -> None:
    texts = {**TEXTS, "more.yaml": "log:\n  - {updated: pipeline}\n"}
    found = {each.rule for each in run(texts).findings} & {*LOG_RULES}
    assert found == {"decision/decided-twice", "handoff/same-rework-again", "initiative/slipped-in-silence"}


def with_a_log() -> list[Path]:
    """The cases with a log in which each entry stands on a line, in one file."""
    found = []
    for path in sorted(CASES.glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        log = text.partition("\nlog:\n")[2].splitlines()
        indented = [line for line in log if line.startswith("  ")]
        if len(indented) > 1 and "# file:" not in text and all(line[2] in "-#" for line in indented):
            found.append(path)
    return found


@pytest.mark.parametrize("path", with_a_log(), ids=lambda path: path.stem)
def test_cases_are_told_alike_when_the_log_is_turned_around(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before, _, log = text.partition("\nlog:\n")
    entries = [line for line in log.splitlines() if line.startswith("  - ")]
    after = [line for line in log.splitlines() if not line.startswith("  ")]
    turned = parse("\n".join((before, "log:", *reversed(entries), *after, "")))
    one, other = (in_case(check(case, path.parent.name)) for case in (parse(text), turned))
    said = [sorted((each.rule, each.id, each.message) for each in found) for found in (one, other)]
    assert said[0] == said[1]


# --- what it costs ---


def long_log(count: int) -> str:
    chance = random.Random(7)
    said = []
    for number in range(count):
        day = date(2026, 6, 15) - timedelta(days=chance.randrange(700))
        said.append(
            (
                f"held: round-{number % 50}, date: {day}, attended: {number % 7}, decisions: {number % 3}",
                f"decided: call-{number % 40}, date: {day}, what: Lot {number} for House {number % 900}, by: lead",
                f"returned: pass-{number % 30}, date: {day}, reason: Paper {number} was not there",
                f"updated: book-{number % 20}, date: {day}",
                f"escalated: up-{number % 10}, opened: {day}T10:00, reached: 1",
            )[number % 5]
        )
    return "log:\n" + "".join(f"  - {{{each}}}\n" for each in said)


def concerned() -> str:
    def every(count: int, text: str) -> str:
        return "".join(f"  {text.format(number)}\n" for number in range(count))

    return (
        "roles: {lead: {}, other: {}}\n"
        f"meetings:\n{every(50, 'round-{}: {{cadence: as needed, attendees: [lead, other]}}')}"
        f"decision_rights:\n{every(40, 'call-{}: {{question: Which?, decider: lead}}')}"
        f"handoffs:\n{every(30, 'pass-{}: {{from: ext/a, to: ext/b, delivers: It}}')}"
        f"records:\n{every(20, 'book-{}: {{keeps: All., updated_every: year}}')}"
        f"escalations:\n{every(10, 'up-{}: {{steps: [{{to: lead}}]}}')}"
    )


@pytest.mark.slow
def test_twenty_thousand_entries_cost_less_to_judge_than_to_read() -> None:
    texts = {"coordlint.yaml": HOUSE, "case.yaml": concerned()}
    texts |= {f"log-{part}.yaml": long_log(4000) for part in range(5)}
    assert sum(text.count("\n") for text in texts.values()) > 20_000
    ratios = []
    for _ in range(3):
        begun = time.process_time()
        InMemory(texts).run(Asked(select=("coordlint/rule-crashed",)))
        read = time.process_time()
        found = InMemory(texts).run(Asked(select=LOG_RULES))
        ratios.append((time.process_time() - read) / (read - begun))
        assert not found.failed
    # Both read the whole log, so that 2 would be as much for the rules as for reading.
    assert min(ratios) < 1.8


# --- options ---

GUILD = """
# file: coordlint.yaml
organisation: Guild
edition: "2026"
rules: {%s: {%s}}
# file: case.yaml
roles: {lead: {held_by: ext/a}}
meetings: {round: {purpose: Decide it., type: decision, cadence: as needed, attendees: [ext/a, ext/b, ext/c, ext/d]}}
decision_rights: {call: {question: Which?, decider: lead}}
handoffs: {pass: {from: ext/a, to: ext/b, delivers: It}}
escalations: {up: {steps: [{to: lead}]}, down: {steps: [{to: lead}]}}
initiatives: {move: {accountable: lead}}
records: {book: {keeps: All., updated_every: month}}
log:
  - {held: round, date: 2026-01-05, attended: 2, decisions: 0}
  - {held: round, date: 2026-02-02, attended: 1, decisions: 0}
  - {held: round, date: 2026-03-02, attended: 1, decisions: 0}
  - {decided: call, date: 2026-03-03, given: {lot: 1}}
  - {decided: call, date: 2026-05-03, given: {lot: 1}}
  - {returned: pass, date: 2026-02-03, reason: torn}
  - {returned: pass, date: 2026-05-03, reason: torn}
  - {escalated: up, opened: 2026-01-01}
  - {escalated: up, opened: 2026-03-31}
  - {slipped: move, date: 2026-05-01, from: 2026-09-01, known_since: 2026-04-01}
  - {updated: book, date: 2026-04-01}
"""


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("decision/decided-twice", "days: 61", 1),
        ("decision/decided-twice", "days: 60", 0),
        ("decision/decided-twice", "often: 2", 1),
        ("decision/decided-twice", "often: 1", 0),
        ("handoff/same-rework-again", "quarters: 2", 1),
        ("handoff/same-rework-again", "quarters: 3", 0),
        ("escalation/never-used", "days: 89", 1),
        ("escalation/never-used", "days: 90", 0),
        ("initiative/slipped-in-silence", "days: 29", 1),
        ("initiative/slipped-in-silence", "days: 30", 0),
        ("record/overdue", "grace: 1", 1),
        ("record/overdue", "grace: 2", 0),
        ("lifecycle/no-decision-lately", "sessions: 3, days: 56", 1),
        ("lifecycle/no-decision-lately", "sessions: 3, days: 57", 0),
        ("lifecycle/no-decision-lately", "sessions: 4, days: 56", 0),
        ("lifecycle/thin-attendance", "sessions: 3, share: 0.5", 1),
        ("lifecycle/thin-attendance", "sessions: 3, share: 0.25", 0),
        ("lifecycle/thin-attendance", "sessions: 3, share: 0", 0),
        ("lifecycle/thin-attendance", "sessions: 4, share: 0.5", 0),
    ],
)
def test_limits_are_options(rule: str, options: str, count: int) -> None:
    found = in_case(check(parse(GUILD.lstrip() % (rule, options)), rule))
    assert [each.rule for each in found] == [rule] * count


@pytest.mark.parametrize("number", ["0", "36500"])
def test_no_limit_is_too_small_or_too_large(number: str) -> None:
    names = ("days", "often", "quarters", "grace", "sessions")
    for rule in LOG_RULES:
        chosen = next(each for each in all_rules() if each.name == rule)
        options = ", ".join(f"{name}: {number}" for name in chosen.options if name in names)
        for log in (GUILD, GUILD.replace(", attended: 2", "").replace(", attended: 1", "")) if options else ():
            assert not check(parse(log.lstrip() % (rule, options)), rule).failed
    assert not check(parse(GUILD.lstrip() % ("lifecycle/thin-attendance", "share: 1.0e-320, sessions: 1"))).failed


# --- who yields ---


def names(text: str, *rules: str) -> list[str]:
    return [each.rule for each in in_case(check(parse(text), *rules))]


def test_a_forum_that_decides_nothing_by_its_words_and_in_fact_is_told_once() -> None:
    text = """
forums: {board: {charter: Settles it., chair: ext/a, decider: ext/a, teams: [a, b]}}
meetings:
  weekly: {forum: board, type: decision, outputs: It, cadence: as needed}
  other: {chair: ext/a, decides: call, record: log, cadence: as needed}
decision_rights: {call: {question: Which?, decider: ext/a}}
log:
  - {held: weekly, date: 2026-01-05, decisions: 0}
  - {held: weekly, date: 2026-02-02, decisions: 0}
  - {held: weekly, date: 2026-03-02, decisions: 0}
  - {held: weekly, date: 2026-05-04, decisions: 0}
"""
    assert names(text, "forum/decides-nothing", "lifecycle/no-decision-lately") == ["forum/decides-nothing"]
    assert names(text, "lifecycle/no-decision-lately") == ["lifecycle/no-decision-lately"]


def test_of_a_meeting_that_outlived_its_reason_it_does_not_matter_how_many_come() -> None:
    text = """
initiatives: {move: {accountable: ext/a, status: ended, until: 2026-01-31}}
meetings:
  call:
    purpose: Sort out the move.
    chair: ext/a
    attendees: [ext/b, ext/c, ext/d]
    only_while: move
    cadence: as needed
log:
  - {held: call, date: 2026-05-04, attended: 1}
  - {held: call, date: 2026-05-11, attended: 1}
  - {held: call, date: 2026-05-18, attended: 1}
  - {held: call, date: 2026-05-25, attended: 1}
"""
    assert names(text, "lifecycle/thin-attendance") == ["lifecycle/thin-attendance"]
    assert names(text, "lifecycle") == ["lifecycle/outlived-its-reason"]
