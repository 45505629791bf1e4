"""The six signs: which rules tell of which, and what is said where nothing does."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from drawn_orgs import HOUSE as DRAWN_HOUSE
from drawn_orgs import draw, in_many_files, in_one_file
from hypothesis import given, settings
from hypothesis import strategies as st

from coordlint.answers.sign_table import SIGNS, Sign, rules_of
from coordlint.answers.signs import Answer, State, asked, signs
from coordlint.config import Asked
from coordlint.model.kinds import KINDS
from coordlint.report import Look, signs_json, signs_markdown, signs_text
from coordlint.rule import CORRECTNESS, STRICT, WARNING, Preset, rule
from coordlint.rules import all_rules
from coordlint.testing import DAY, InMemory

PAGE = (Path(__file__).parent.parent / "docs" / "signs.md").read_text(encoding="utf-8")
RULES = {each.name: each for each in all_rules()}
HOUSE = 'organisation: Test\nlayer_owner: ext/owner\nedition: "2026"\n'

TWO_DECIDERS = """\
decision_rights:
  price:
    question: What does it cost?
    decider: [ext/cpo, ext/cfo]
    asynchronous: true
    record: ext/log
"""


def answers(text: str = "", house: str = HOUSE, preset: str = "", as_of: date = DAY, **files: str) -> dict[str, Answer]:
    """The answers of a small organisation, by the ids of the signs."""
    named = {f"{name}.yaml": content for name, content in files.items()}
    workspace = InMemory({"coordlint.yaml": house, "case.yaml": text, **named})
    return {each.sign.id: each for each in signs(workspace.run(asked(preset), as_of))}


def told(answer: Answer) -> list[tuple[str, list[str]]]:
    return [(each.label, [one.rule for one in each.told]) for each in answer.declarations]


# --- the table ---


def test_every_rule_exists_and_is_in_one_sign_at_most() -> None:
    counted = Counter(rules_of())
    assert [name for name in counted if name not in RULES] == []
    assert [name for name, number in counted.items() if number > 1] == []


def test_rules_of_signs_are_called_by_their_names_of_today() -> None:
    assert [old for each in RULES.values() for old in each.was if old in rules_of()] == []


def test_there_are_six_and_each_is_asked_in_a_sentence() -> None:
    assert len({sign.id for sign in SIGNS}) == 6
    for sign in SIGNS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", sign.id)
        assert re.fullmatch(r"[A-Z][^?]*\?", sign.question)
        assert len(sign.question) <= 78
        assert sign.missing.startswith("no ")


def test_kinds_that_a_rule_is_narrowed_to_exist() -> None:
    assert {kind for sign in SIGNS for kinds in sign.rules.values() for kind in kinds} <= KINDS.keys()


def test_few_strict_rules_bring_evidence() -> None:
    strict = {name for name in rules_of() if RULES[name].preset is STRICT}
    assert strict == {
        *("escalation/never-used", "escalation/too-long", "meeting/overlaps-another", "record/nobody-reads")
    }


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.id)
def test_the_guide_says_what_the_table_says(sign: Sign) -> None:
    section = re.search(rf"^### {re.escape(sign.name)}\n\n(.*?)(?=^##)", PAGE, re.M | re.S)
    assert section is not None
    assert section[1].startswith(sign.question)
    named = re.findall(r"\[([a-z]+/[a-z-]+)\]\(rules/\1\.md\)( \(of [^)]*\))?", section[1])
    assert [name for name, _ in named] == list(sign.rules)
    narrowed = {name: tuple(re.findall(r"[a-z]+(?=s\b)", words)) for name, words in named if words}
    assert narrowed == {name: kinds for name, kinds in sign.rules.items() if kinds}


# --- what is asked ---


def test_strict_rules_are_asked_whatever_the_preset_of_the_organisation_is() -> None:
    for preset in Preset:
        found = answers(TWO_DECIDERS, f"{HOUSE}preset: {preset.word}\n")
        assert {each.off for each in found.values()} == {()}


def test_a_preset_that_is_named_is_asked_alone() -> None:
    found = answers(TWO_DECIDERS, preset="correctness")
    off = {name for each in found.values() for name in each.off}
    assert off == {name for name in rules_of() if RULES[name].preset is not CORRECTNESS}


def test_what_the_organisation_turns_off_stays_off() -> None:
    found = answers(TWO_DECIDERS, f"{HOUSE}rules: {{decision/two-deciders: off, meeting/overlaps-another: off}}\n")
    assert found["decisions-twice"].off == ("decision/two-deciders", "meeting/overlaps-another")
    assert found["decisions-twice"].state is State.NONE


def test_where_every_rule_is_off_nothing_is_judged() -> None:
    sign = SIGNS[0]
    off = "".join(f"  {name}: off\n" for name in sign.rules)
    found = answers(TWO_DECIDERS, f"{HOUSE}rules:\n{off}")[sign.id]
    assert (found.state, found.because) == (State.NOT_JUDGED, "all of its rules are off")


def test_a_preview_is_not_asked_before_its_edition() -> None:
    @rule(WARNING, since="next", preset=STRICT)
    def preview(_org: object) -> None:
        """Nothing."""

    every = (*all_rules(), preview)
    workspace = InMemory({"coordlint.yaml": HOUSE, "case.yaml": TWO_DECIDERS})
    with mock.patch("coordlint.config.all_rules", return_value=every):
        chosen = {each.rule.name for each in workspace.settings(Asked(besides=(preview.name,))).chosen}
    assert preview.name not in chosen


# --- what is found ---


def test_findings_count_and_stand_below_their_declaration() -> None:
    found = answers(
        "handoffs:\n"
        "  one: {from: ext/a, to: ext/b, delivers: A thing, accepts_when: It is whole,\n"
        "    steps: [{do: Sign it}, {do: Stamp it}]}\n"
        "  two: {from: ext/a, to: ext/b, delivers: A thing, accepts_when: It is whole, steps: [{do: Sign it}]}\n"
    )["same-rework"]
    assert told(found) == [
        ("handoff `one`", ["handoff/step-without-reason"] * 2),
        ("handoff `two`", ["handoff/step-without-reason"]),
    ]
    assert (found.state, found.total, found.total_waived) == (State.FOUND, 3, 0)


def test_the_worst_stands_first() -> None:
    found = answers(
        "meetings:\n"
        "  a-sync: {purpose: Sync, chair: ext/a, cadence: as needed, outputs: A list, attendees: [ext/a, ext/b]}\n"
        "  b-talk: {chair: ext/a, cadence: as needed, outputs: A list, attendees: [ext/a, ext/b]}\n"
    )["charter-nobody-states"]
    assert told(found) == [
        ("meeting `b-talk`", ["meeting/no-purpose"]),
        ("meeting `a-sync`", ["meeting/purpose-says-nothing"]),
    ]


def test_what_a_whole_kind_lacks_stands_once_for_the_kind() -> None:
    lines = [f"  m{number}: {{chair: ext/a, cadence: as needed, outputs: A list}}\n" for number in range(5)]
    found = answers("meetings:\n" + "".join(lines))["charter-nobody-states"]
    assert told(found) == [("meetings", ["meeting/no-purpose"])]


GONE = """\
people:
  ada: {name: Ada, left: 2026-01-31}
roles:
  clerk: {held_by: ada}
  head: {held_by: ext/Ben}
decision_rights:
  price: {question: What does it cost?, decider: head, asynchronous: true, record: ext/log, escalation: stuck}
escalations:
  stuck:
    for: price
    steps: [{to: clerk, within: 1d}, {to: head}]
"""


def test_what_a_finding_explains_is_told_where_it_is_felt() -> None:
    found = answers(GONE)["slow-escalations"]
    assert told(found) == [("escalation `stuck`", ["escalation/target-vacant"])]
    [one] = found.declarations[0].told
    assert one.caused
    assert (one.finding.rule, one.finding.id) == ("ownership/owner-left", "clerk")


def test_what_is_said_of_a_declaration_is_not_told_as_its_own_effect() -> None:
    """That `stuck` ends at nobody who decides explains that its last step adds nothing: both are of this sign."""
    found = answers(GONE.replace("{to: head}]", "{to: ext/top}]").replace("left: 2026-01-31", "left: 2027-01-31"))
    for each in found["slow-escalations"].declarations:
        assert [one.rule for one in each.told if one.caused] == []


def test_what_outlived_its_reason_is_a_sign_at_meetings_and_forums_alone() -> None:
    text = (
        "initiatives:\n  launch: {status: ended, until: 2025-01-31, accountable: ext/a}\n"
        "meetings:\n  call: {purpose: Choose who gets one today, chair: ext/a, cadence: as needed, outputs: A list,"
        " only_while: launch}\n"
        "records:\n  list: {keeps: Who got one, owner: ext/a, only_while: launch}\n"
    )
    found = answers(text)
    assert told(found["charter-nobody-states"]) == [("meeting `call`", ["lifecycle/outlived-its-reason"])]
    assert "record `list`" not in [label for each in found.values() for label, _ in told(each)]


# --- what is accepted ---

WAIVED = TWO_DECIDERS.replace(
    "    asynchronous", "    waive: {rule: decision/two-deciders, reason: Until the merger}\n    asynchronous"
)


def test_what_is_waived_counts_apart() -> None:
    found = answers(WAIVED)["decisions-twice"]
    assert (found.state, found.total, found.total_waived) == (State.NONE, 0, 1)
    assert [each.label for each in found.waived] == ["decision right `price`"]


def test_what_a_waived_finding_explains_is_waived_too() -> None:
    text = GONE.replace("{held_by: ada}", "{held_by: ada, waive: {rule: ownership/owner-left, reason: We search}}")
    found = answers(text)["slow-escalations"]
    assert (found.state, found.total, found.total_waived) == (State.NONE, 0, 1)


def test_who_accepts_an_effect_accepts_it_where_it_is_felt() -> None:
    """The cause goes on to count, and tells of no other declaration."""
    text = GONE.replace(
        "    for: price\n", "    for: price\n    waive: {rule: escalation/target-vacant, reason: Ben is near}\n"
    )
    assert text != GONE
    workspace = InMemory({"coordlint.yaml": HOUSE, "case.yaml": text})
    run = workspace.run(asked(), DAY)
    assert "ownership/owner-left" in [each.rule for each in run.findings]
    assert "waiver/unused" not in [each.rule for each in run.findings]
    found = {each.sign.id: each for each in signs(run)}["slow-escalations"]
    assert (found.state, found.total, found.total_waived) == (State.NONE, 0, 1)


# --- where nothing is found ---


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.id)
def test_where_nothing_is_declared_it_says_what_would_be_evidence(sign: Sign) -> None:
    found = answers("roles:\n  lead: {held_by: ext/somebody}\n")[sign.id]
    assert (found.state, found.because, found.total) == (State.NO_EVIDENCE, sign.missing, 0)
    assert [number for _, number in found.looked_at] == [0] * len(sign.evidence)


ENOUGH = {
    "decisions-twice": (
        "decision_rights:\n  p: {question: What does it cost?, decider: ext/a, asynchronous: true, record: ext/log}\n"
    ),
    "late-surprise": "initiatives:\n  i: {accountable: ext/a, milestones: [{name: half, due: 2027-01-29}]}\n",
    "charter-nobody-states": (
        "meetings:\n  m: {purpose: Choose what is built next week, chair: ext/a, cadence: as needed, outputs: A list}\n"
    ),
    "same-rework": (
        "handoffs:\n  h: {from: ext/a, to: ext/b, delivers: A thing, accepts_when: It is whole, if_refused: ext/a}\n"
    ),
    "slow-escalations": "escalations:\n  e: {for: anything, steps: [{to: ext/a, within: 1d}, {to: ext/b}]}\n",
    "work-that-does-not-compound": (
        "handoffs:\n  h: {from: ext/a, to: ext/b, delivers: A thing, accepted_by: ext/b, accept_within: 1d}\n"
    ),
}


@pytest.mark.parametrize("name", ENOUGH)
def test_a_little_evidence_is_enough_to_say_that_nothing_was_found(name: str) -> None:
    found = answers(ENOUGH[name])[name]
    assert (found.state, found.because) == (State.NONE, "")
    assert sum(number for _, number in found.looked_at) == 1


@pytest.mark.parametrize(
    ("name", "field"),
    [("late-surprise", "milestones"), ("same-rework", "accepts_when")],
)
def test_without_the_field_that_it_is_told_from_there_is_no_evidence(name: str, field: str) -> None:
    text = re.sub(rf", {field}: (\[.*?\]|[^,}}]*)", "", ENOUGH[name])
    assert text != ENOUGH[name]
    assert answers(text)[name].state in (State.NO_EVIDENCE, State.FOUND)
    assert [number for _, number in answers(text)[name].looked_at] == [0, 0]


LOGGED = {
    "decisions-twice": "{decided: p, date: 2026-06-15, what: Ten}",
    "late-surprise": "{slipped: i, date: 2026-06-15, from: 2026-06-01, to: 2026-07-01, known_since: 2026-06-14}",
    "same-rework": "{returned: h, date: 2026-06-15, reason: It was not whole}",
}
# Entries that no rule of the sign looks at: too old, or saying too little.
NOT_LOOKED_AT = {
    "decisions-twice": "{decided: p, date: 2024-06-15, what: Ten}",
    "late-surprise": "{slipped: i, date: 2026-06-15, cause: Rain}",
    "same-rework": "{returned: h, date: 2026-06-15}",
}


@pytest.mark.parametrize("name", NOT_LOOKED_AT)
def test_what_no_rule_looks_at_is_not_said_to_be_looked_at(name: str) -> None:
    found = answers(f"{ENOUGH[name]}log:\n  - {NOT_LOOKED_AT[name]}\n", as_of=date(2026, 6, 15))[name]
    assert [number for _, number in found.looked_at] == [1, 0]


def test_how_long_a_case_took_is_not_said_to_be_looked_at() -> None:
    text = f"{ENOUGH['slow-escalations']}log:\n  - {{escalated: e, opened: 2026-03-01, closed: 2026-05-20}}\n"
    found = answers(text, as_of=date(2026, 6, 15))["slow-escalations"]
    assert signs_text.result(found) == "none found in 1 escalation"


@pytest.mark.parametrize("name", LOGGED)
def test_the_log_is_evidence_from_its_day_on(name: str) -> None:
    text = f"{ENOUGH[name]}log:\n  - {LOGGED[name]}\n"
    on_the_day = answers(text, as_of=date(2026, 6, 15))[name]
    before = answers(text, as_of=date(2026, 6, 14))[name]
    assert [number for _, number in on_the_day.looked_at] == [1, 1]
    assert [number for _, number in before.looked_at] == [1, 0]


def test_an_entry_that_names_nothing_is_no_evidence() -> None:
    found = answers("log:\n  - {returned: nothing-there, date: 2026-06-15, reason: It was not whole}\n")
    assert [number for _, number in found["same-rework"].looked_at] == [0, 0]


def test_what_is_not_in_force_is_no_evidence() -> None:
    text = ENOUGH["decisions-twice"].replace("decider: ext/a", "decider: ext/a, status: proposed")
    assert answers(text)["decisions-twice"].state is State.NO_EVIDENCE


# --- what could not be judged ---


def test_while_a_file_cannot_be_read_no_absence_is_concluded() -> None:
    for sign in SIGNS:
        found = answers("roles: {}\n", broken="meetings: [\n")[sign.id]
        assert found.state is State.NOT_JUDGED
        assert "`broken.yaml` could not be read" in found.because


def test_a_sign_whose_rules_claim_no_absence_waits_for_the_file_too() -> None:
    """What would be told of what nobody could read is not known, whichever rule would tell it."""
    sign = SIGNS[0]._replace(rules={"decision/two-deciders": ()})
    for text, state in (
        ("roles: {}\n", State.NOT_JUDGED),
        (ENOUGH[sign.id], State.NOT_JUDGED),
        (TWO_DECIDERS, State.FOUND),
    ):
        workspace = InMemory({"coordlint.yaml": HOUSE, "case.yaml": text, "broken.yaml": "meetings: [\n"})
        with mock.patch("coordlint.answers.signs.SIGNS", (sign,)):
            [found] = signs(workspace.run(asked(), DAY))
        assert (found.unread, found.state) == ((), state)
        assert found.because == "`broken.yaml` could not be read"


def test_what_is_found_while_a_file_cannot_be_read_may_not_be_all() -> None:
    found = answers(TWO_DECIDERS, broken="meetings: [\n")["decisions-twice"]
    assert (found.state, found.total) == (State.FOUND, 1)
    assert re.fullmatch(r"only \d of its \d+ rules ran to the end, for `broken.yaml` could not be read", found.because)


def test_a_refused_declaration_is_named() -> None:
    found = answers("roles:\n  lead: {heldby: ext/somebody}\n")["same-rework"]
    assert found.state is State.NOT_JUDGED
    assert "role `lead` in `case.yaml` could not be read" in found.because


def test_an_entry_that_is_refused_is_named_by_its_file() -> None:
    found = answers("log:\n  - {returned: h, dat: 2026-06-01}\n")["same-rework"]
    assert found.state is State.NOT_JUDGED
    assert "an entry in `case.yaml` could not be read" in found.because


def test_a_rule_that_crashes_is_named() -> None:
    def crash(*_: object) -> None:
        raise ValueError("on purpose")

    broken = RULES["decision/two-deciders"]._replace(check=crash)
    every = tuple(broken if each.name == broken.name else each for each in all_rules())
    with mock.patch("coordlint.config.all_rules", return_value=every):
        found = answers(ENOUGH["decisions-twice"])["decisions-twice"]
    assert found.crashed == ("decision/two-deciders",)
    assert found.state is State.NOT_JUDGED
    assert found.because.endswith("rules ran to the end, for `decision/two-deciders` crashed")


# --- whatever is written down ---


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_every_finding_of_a_sign_is_told_once_and_none_besides(seed: int) -> None:
    workspace = InMemory({"coordlint.yaml": DRAWN_HOUSE, **in_one_file(draw(seed))})
    run = workspace.run(asked(), DAY)
    found = signs(run)
    for answer in found:
        said = [each for named in answer.declarations for each in named.told]
        own = [each.finding.fingerprint for each in said if not each.caused]
        tells = [each.fingerprint for each in run.findings if answer.sign.tells(each.rule, each.kind)]
        assert sorted(own) == sorted(tells)
        assert len({(named.kind, named.id) for named in answer.declarations}) == len(answer.declarations)
        effects = Counter((each.rule, each.span, each.message) for each in said if each.caused)
        assert (
            effects - Counter((each.rule, each.span, each.message) for one in run.findings for each in one.explains)
            == Counter()
        )
        assert (answer.state is State.FOUND) == bool(said)
        if answer.state is State.NONE:
            assert not run.org.incomplete
            assert any(number for _, number in answer.looked_at)
    assert signs_json.render(run, found).isascii()
    assert signs_text.render(run, found, Look(max_findings=0)).endswith("\n")
    assert signs_markdown.render(run, found, "", 0).endswith("\n")


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_how_files_are_cut_changes_no_answer(seed: int) -> None:
    def told_by(files: dict[str, str]) -> list[object]:
        run = InMemory({"coordlint.yaml": DRAWN_HOUSE, **files}).run(asked(), DAY)
        return [
            (
                each.sign.id,
                each.state,
                each.total,
                sorted((named.label, sorted(one.message for one in named.told)) for named in each.declarations),
            )
            for each in signs(run)
        ]

    drawn = draw(seed)
    assert told_by(in_one_file(drawn)) == told_by(in_many_files(drawn, seed))
