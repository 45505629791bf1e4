"""One defect, one finding: which rule speaks where several could, how loud, and what is said once."""

from __future__ import annotations

import pytest

from coordlint.finding import Finding
from coordlint.testing import check, in_case, parse


def found(text: str, *rules: str) -> list[Finding]:
    return list(in_case(check(parse(text), *rules)))


def told(text: str, *rules: str) -> list[tuple[str, str]]:
    return [(each.rule, each.severity.word) for each in found(text, *rules)]


LEFT = "people: {old: {left: 2020-01-01}, new: {}}\n"


@pytest.mark.parametrize(
    ("roles", "severity"),
    [
        ("cfo: {held_by: [old]}", "error"),
        ("cfo: {held_by: [old, new], held_as: jointly}", "warning"),
        ("cfo: {held_by: [old], deputy: new}", "warning"),
        ("cfo: {held_by: []}", "error"),
        ("cfo: {held_by: [], deputy: vice}", "warning"),
        ("cfo: {held_by: [], deputy: vice}\n  vice: {held_by: [old]}", "error"),
    ],
)
def test_who_left_weighs_less_while_somebody_acts(roles: str, severity: str) -> None:
    text = f"{LEFT}roles:\n  {roles}\ndecision_rights: {{pay: {{question: Do we pay?, decider: cfo}}}}"
    assert [each[1] for each in told(text, "ownership/owner-left")][:1] == [severity]


def test_a_forums_deputy_acts_for_a_chair_who_left() -> None:
    forum = "forums: {board: {charter: Settles it., chair: old%s}}"
    assert told(LEFT + forum % "", "ownership/owner-left") == [("ownership/owner-left", "error")]
    assert told(LEFT + forum % ", deputy: new", "ownership/owner-left") == [("ownership/owner-left", "warning")]


@pytest.mark.parametrize(("reversible", "severity"), [("", "warning"), ("reversible: true, ", "info")])
def test_what_can_be_taken_back_is_a_remark(reversible: str, severity: str) -> None:
    text = f"""
forums: {{board: {{charter: Settles it.}}}}
decision_rights: {{seat: {{question: Who sits where?, {reversible}decider: clerk}}}}
"""
    assert told(text, "decision/no-venue") == [("decision/no-venue", severity)]
    assert told(text, "decision/no-record") == [("decision/no-record", severity)]


def test_a_forum_without_a_charter_explains_its_meetings() -> None:
    """The forum is told, as loud as its meetings would have been."""
    text = """
forums: {board: {chair: clerk}}
meetings: {weekly: {forum: board, outputs: A list, cadence: as needed}}
"""
    assert told(text, "forum/no-charter", "meeting/no-purpose") == [("forum/no-charter", "error")]
    assert told(text, "meeting/no-purpose") == [("meeting/no-purpose", "error")]


def test_a_meeting_that_holds_nothing_puts_out_nothing() -> None:
    text = """
meetings:
  idle: {purpose: Look at the yard., chair: clerk, cadence: as needed}
  other: {purpose: Choose the stone., chair: clerk, outputs: A stone, cadence: as needed}
"""
    assert told(text, "meeting") == [("meeting/holds-nothing", "warning")]
    assert told(text, "meeting/no-output") == [("meeting/no-output", "warning")]


def test_what_a_meeting_does_not_keep_is_not_said_again_at_the_right() -> None:
    text = """
meetings: {weekly: {purpose: Grant the loans., chair: clerk, decides: loan, cadence: as needed}}
decision_rights: {loan: {question: Do we lend?, decider: clerk}}
"""
    assert told(text, "meeting", "decision") == [("meeting/no-memory", "error")]


def test_a_right_without_a_decider_explains_what_waits_for_it() -> None:
    text = """
decision_rights:
  loan: {question: Do we lend?, performs: teller, asynchronous: true, record: log}   # expect: decision/no-decider
initiatives:
  bank: {accountable: clerk, done_when: It is open., due: 2027-01-01, needs: {decision: loan}}
"""
    assert told(text, "decision", "initiative") == [("decision/no-decider", "error")]


def test_a_team_without_a_lead_is_told_at_the_meeting_that_nobody_answers_for() -> None:
    text = """
teams: {yard: {}}
meetings: {weekly: {purpose: Choose the stone., team: yard, outputs: A stone, cadence: as needed}}
"""
    assert told(text, "meeting", "ownership") == [("meeting/no-owner", "error")]


def test_an_empty_chair_is_not_also_told_to_name_a_deputy() -> None:
    text = f"{LEFT}roles: {{chair: {{held_by: [old]}}}}\nforums: {{board: {{charter: Settles it., chair: chair}}}}"
    assert told(text, "forum", "ownership") == [("ownership/owner-left", "error")]


def test_two_deciders_explain_that_one_is_not_invited() -> None:
    text = """
meetings: {weekly: {purpose: Grant loans., chair: a, attendees: a, decides: loan, record: log, cadence: as needed}}
decision_rights: {loan: {question: Do we lend?, decider: [a, b]}}
"""
    assert told(text, "decision", "meeting") == [("decision/two-deciders", "error")]


def test_a_handoff_to_nobody_is_told_nothing_else() -> None:
    assert told("handoffs: {bread: {from: bakery, delivers: Bread}}", "handoff") == [("handoff/no-receiver", "error")]


def test_what_all_lack_names_the_count_and_the_first_places() -> None:
    meetings = "".join(f"  m{number}: {{chair: a, outputs: A list, cadence: as needed}}\n" for number in range(7))
    (finding,) = found(f"meetings:\n{meetings}", "meeting/no-purpose")
    assert finding.message == "7 meetings have neither a purpose nor a forum with a charter"
    assert [span.line for span, _ in finding.related] == [3, 4, 5]


def test_what_cannot_be_read_is_not_missing() -> None:
    """A declaration that was refused is not judged, and nothing is concluded from what it may say."""
    text = """
forums:
  board: {charter: [a list is no text], chair: 3}
  shop: {charter: Settles what is sold., chair: clerk, deputy: teller, decider: clerk}
meetings:
  weekly: {forum: board, outputs: A list, cadence: as needed}
"""
    assert {rule for rule, _ in told(text, "meeting", "forum")} == {"shape/bad-value"}


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("meeting/too-many-people", "max: 2", 0),
        ("meeting/too-many-people", "max: 1", 1),
        ("decision/too-many-vetoes", "max: 0", 1),
        ("decision/too-many-vetoes", "max: 1", 0),
        ("meeting/purpose-says-nothing", "max_words: 2", 1),
        ("meeting/purpose-says-nothing", "words: [wir, reden, über, alles]", 1),
        ("meeting/purpose-says-nothing", "words: [wir]", 0),
    ],
)
def test_limits_are_options(rule: str, options: str, count: int) -> None:
    text = f"""
# file: coordlint.yaml
organisation: Werft
edition: "2026"
rules: {{{rule}: {{{options}}}}}
# file: case.yaml
meetings:
  treffen: {{purpose: Wir reden über alles., type: decision, attendees: [ext/a, ext/b], cadence: as needed}}
decision_rights:
  dock: {{question: Wer bekommt das Dock?, decider: ext/a, agrees: ext/b}}
"""
    assert len(told(text, rule)) == count


def test_what_is_no_id_is_not_a_second_declaration_too() -> None:
    assert told("roles:\n  cfo: {held_by: ext/a}\n  CFO: {held_by: ext/b}\n") == [("shape/bad-value", "error")]


def test_a_line_of_handoffs_that_runs_in_a_circle_is_not_also_to_and_fro() -> None:
    """Nor does it start elsewhere than it ends."""
    text = """
teams: {a: {lead: ext/a}, b: {lead: ext/b}}
handoffs:
  first: {from: a, to: b, delivers: A part, then: one}
  one: {from: b, to: a, delivers: A part, then: two}
  two: {from: a, to: b, delivers: A part, then: [one, three]}
  three: {from: a, to: b, delivers: A part}
"""
    rules = ("reference/cycle", "handoff/ping-pong", "handoff/chain-broken")
    assert told(text, *rules) == [("reference/cycle", "error")]
    assert told(text, *rules[1:]) == [("handoff/ping-pong", "warning"), ("handoff/chain-broken", "warning")]


def test_what_nobody_takes_is_told_where_it_is_made() -> None:
    text = """
teams: {laboratory: {lead: ext/a, produces: report}}
records:
  report: {keeps: What was found., owner: ext/a}
  diary: {keeps: What was done., owner: ext/a, read_by: ext/b}
"""
    assert told(text, "handoff", "record/nobody-reads") == [("handoff/output-nobody-takes", "warning")]


def test_a_handoff_without_its_reason_explains_its_steps() -> None:
    text = """
people: {old: {left: 2020-01-01}}
handoffs:
  box:
    from: role/a
    to: role/b
    delivers: A box
    only_while: person/old
    steps: [{do: Ask twice, because: Old asked for it., only_while: person/old}]
"""
    rules = ("lifecycle/outlived-its-reason", "handoff/step-outlived-its-reason")
    assert told(text, *rules) == [("lifecycle/outlived-its-reason", "warning")]


def test_what_lost_one_reason_is_told_of_each_unless_the_reason_itself_is_past_its_day() -> None:
    text = """
initiatives: {till: {accountable: ext/a, %s}}
meetings: {round: {purpose: Count., chair: ext/a, outputs: A sum, cadence: as needed, only_while: till}}
handoffs:
  box:
    from: role/a
    to: role/b
    delivers: A box
    steps: [{do: Ask twice, because: They asked for it., only_while: till}]
"""
    step, meeting, day = "handoff/step-outlived-its-reason", "lifecycle/outlived-its-reason", "lifecycle/past-until"
    rules = (step, meeting, day)
    assert sorted(told(text % "status: ended", *rules)) == [(step, "warning"), (meeting, "warning")]
    assert told(text % 'until: "2020-01-01"', *rules) == [(day, "warning")]


def test_a_forum_that_outlived_its_initiative_has_nothing_to_settle() -> None:
    text = """
initiatives: {quay: {status: ended, forum: board}}
forums:
  board: {charter: Settles it., chair: clerk, decider: clerk, asynchronous: true}
  desk: {charter: Settles it., chair: clerk, decider: clerk, asynchronous: true}
decision_rights: {berth: {question: Who moors where?, decider: clerk, decided_in: desk}}
"""
    assert told(text, "rigidity", "forum/decides-nothing") == [("rigidity/only-one-use", "warning")]


@pytest.mark.parametrize(
    ("rule", "options", "count"),
    [
        ("handoff/too-many-steps", "max: 1", 0),
        ("handoff/too-many-steps", "max: 1, approvals: 1", 1),
        ("handoff/step-without-reason", "days: 101", 0),
        ("handoff/step-without-reason", "days: 100", 1),
        ("handoff/output-nobody-takes", "days: 30", 1),
        ("handoff/output-nobody-takes", "days: 31", 0),
        ("handoff/ping-pong", "times: 1", 1),
        ("handoff/ping-pong", "times: 2", 0),
        ("rigidity/collaboration-without-end", "months: 13", 1),
        ("rigidity/collaboration-without-end", "months: 14", 0),
        ("rigidity/forum-stack", "forums: 2", 1),
        ("rigidity/forum-stack", "forums: 2, percent: 75", 0),
    ],
)
def test_limits_of_handoffs_and_of_what_is_rigid_are_options(rule: str, options: str, count: int) -> None:
    text = f"""
# file: coordlint.yaml
organisation: Werft
edition: "2026"
rules: {{{rule}: {{{options}}}}}
# file: case.yaml
teams:
  dock: {{produces: A handbook, since: 2026-05-16, works_with: {{team: crane, mode: collaboration, since: 2025-05-15}}}}
  crane: {{}}
records: {{plan: {{keeps: It., read_by: crane}}}}
handoffs:
  hull: {{from: dock, to: crane, delivers: plan, then: ship}}
  ship:
    from: crane
    to: dock
    delivers: plan
    steps: [{{do: Lift it, because: It is low.}}, {{do: Ask, since: 2026-03-07, approval: lift}}]
forums:
  low: {{members: [r1, r2, r3], escalates_to: high}}
  high: {{members: [r1, r2, r3, r4]}}
decision_rights: {{lift: {{question: May we lift it?, decider: ext/a}}}}
"""
    assert len(told(text, rule)) == count


def test_a_list_that_is_kept_twice_explains_that_two_teams_claim_it() -> None:
    text = """
teams:
  shop: {lead: ext/a, owns: Every customer with address}
  office: {lead: ext/b, owns: every customer with address}
records:
  card-file: {keeps: Every customer with address, owner: ext/a}
  ledger: {keeps: every customer with address, owner: ext/b}
"""
    assert told(text, "ownership", "record/two-sources") == [("record/two-sources", "warning")]
    assert told(text, "ownership") == [("ownership/two-owners", "warning")]


def test_a_meeting_that_nobody_answers_for_explains_its_record() -> None:
    text = """
meetings: {weekly: {purpose: Choose the stone., outputs: stones, cadence: as needed}}
records: {stones: {keeps: "Every stone, with its place."}}
"""
    assert told(text, "meeting/no-owner", "record") == [("meeting/no-owner", "error")]


def test_a_meeting_that_keeps_nothing_explains_the_record_that_nobody_writes() -> None:
    text = """
meetings: {weekly: {purpose: Choose the stone., chair: clerk, decides: stone, cadence: as needed}}
decision_rights: {stone: {question: Which stone?, decider: clerk}}
records: {stones: {keeps: "Every stone, with its place.", read_by: weekly}}
"""
    assert told(text, "meeting/no-memory", "record/no-owner") == [("meeting/no-memory", "error")]
    assert told(text, "record/no-owner") == [("record/no-owner", "warning")]


def test_a_record_that_nothing_names_is_not_also_told_to_have_no_reader_and_no_way_in() -> None:
    text = """
records:
  stones: {keeps: "Every stone, with its place.", owner: ext/a}
  ropes: {keeps: "Every rope, with its age.", updated_every: day, read_by: ext/a}
"""
    told_with_orphan = sorted(rule for rule, _ in told(text, "record", "reference/orphan"))
    assert told_with_orphan == ["record/no-owner", "reference/orphan", "reference/orphan"]
    told_without = sorted(rule for rule, _ in told(text, "record"))
    assert told_without == ["record/no-owner", "record/nobody-reads", "record/nobody-writes"]


def test_what_a_lost_name_may_mean_is_not_missing() -> None:
    text = """
records: {stones: {keeps: "Every stone, with its place."}}
meetings: {weekly: {purpose: Choose the stone., chair: clerk, outputs: record/stone, cadence: as needed}}
roles: {clerk: {held_by: ext/a}}
"""
    assert told(text, "reference/unresolved", "record") == [("reference/unresolved", "error")]


def test_two_meanings_of_a_word_explain_what_follows_from_them() -> None:
    text = """
terms:
  hull: {name: lower hull, means: What floats., not: bottom, owner: ext/a}
  keel: {name: lower hull, means: What steadies., owner: ext/a}
teams: {yard: {lead: ext/a, purpose: Builds every bottom.}}
"""
    assert told(text, "term") == [("term/defined-twice", "error")]
    assert told(text, "term/forbidden-word") == [("term/forbidden-word", "warning")]


def test_a_marked_word_that_is_excluded_is_told_as_that() -> None:
    text = """
terms: {hull: {means: What floats., not: bottom, owner: ext/a}}
teams: {yard: {lead: ext/a, purpose: "Builds every {{bottom}}."}}
"""
    assert told(text, "term") == [("term/forbidden-word", "warning")]
    assert told(text, "term/undefined") == [("term/undefined", "info")]


def test_one_person_under_two_ids_of_which_one_is_declared_twice_is_told_once() -> None:
    text = """
# file: a.yaml
people: {eva-ek: {name: Eva Ek}, e-ek: {name: Eva Ek}}
# file: b.yaml
people: {eva-ek: {name: Eva Ek}}
"""
    assert told(text, "reference/duplicate-id", "ownership") == [("reference/duplicate-id", "error")]
    assert told(text, "ownership") == [("ownership/person-contradicts", "warning")]


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("", ["forum/never-meets"]),
        ("forum: desk, ", ["forum/never-meets", "reference/one-sided"]),
    ],
)
def test_a_forum_whose_meeting_lost_its_name_is_told_that_it_never_meets(meeting: str, expected: list[str]) -> None:
    """What it lists and a meeting decides is no second thing, unless the meeting is another forum's."""
    text = f"""
forums:
  board: {{charter: Settles it., chair: ext/clerk, decides: [loan, rate]}}
  desk: {{charter: Settles more., chair: ext/clerk}}
meetings:
  weekly: {{{meeting}chair: ext/clerk, cadence: as needed}}
  monthly: {{forum: desk, cadence: as needed}}
decision_rights:
  loan: {{question: Do we lend?, decider: ext/clerk, decided_in: weekly}}
  rate: {{question: At what rate?, decider: ext/clerk, decided_in: weekly}}
"""
    assert sorted(rule for rule, _ in told(text, "forum/never-meets", "reference/one-sided")) == expected
    assert told(text, "reference/one-sided") == [("reference/one-sided", "warning")]


def test_who_holds_too_much_alone_is_not_told_of_each_role() -> None:
    text = """
people: {ann: {}, bob: {}}
roles:
  a: {held_by: ann}
  b: {held_by: ann}
  c: {held_by: ann}
  d: {held_by: bob}
  e: {held_by: ext/eve, deputy: a}
decision_rights:
  first: {question: Do we begin?, decider: a}
  second: {question: Do we go on?, decider: b}
  third: {question: Do we stop?, decider: c}
  fourth: {question: Do we turn?, decider: d}
"""
    rules = [rule for rule, _ in told(text, "fragility")]
    assert rules == ["fragility/single-point", "fragility/no-deputy"]
    assert len(told(text, "fragility/no-deputy")) == 4


def test_a_meeting_without_a_memory_explains_all_that_its_forum_decides() -> None:
    text = """
forums: {board: {charter: Settles it., chair: clerk, decider: clerk, decides: [loan, rate, limit]}}
meetings:
  monthly: {forum: board, decides: loan, cadence: as needed}
  weekly: {forum: board, decides: limit, cadence: as needed}
decision_rights:
  loan: {question: Do we lend?, decider: clerk}
  rate: {question: At what rate?, decider: clerk}
  limit: {question: Up to how much?, decider: clerk}
"""
    assert told(text, "meeting/no-memory", "decision/no-record") == [("meeting/no-memory", "error")]
    assert len(told(text, "decision/no-record")) == 3


def test_forums_of_the_same_people_in_an_escalation_are_told_once() -> None:
    text = """
people: {ann: {}, bob: {}, cyd: {}}
forums:
  low: {members: [ann, bob, cyd]}
  middle: {members: [ann, bob, cyd]}
  high: {members: [ann, bob, cyd]}
escalations: {stuck: {for: anything, steps: [{to: low, within: 1d}, {to: middle, within: 1d}, {to: high}]}}
"""
    assert told(text, "escalation/to-self", "rigidity") == [("escalation/to-self", "error")]
    assert told(text, "rigidity") == [("rigidity/forum-stack", "info")]


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        ("[mill, shop]", ["meeting/decider-not-invited"]),
        ("[mill, shop, store]", ["forum/misses-a-team", "meeting/decider-not-invited"]),
    ],
)
def test_a_decider_who_is_not_invited_explains_that_one_team_is_missing(teams: str, expected: list[str]) -> None:
    text = f"""
teams: {{mill: {{lead: miller}}, shop: {{lead: grocer}}, store: {{lead: keeper}}}}
roles: {{miller: {{held_by: ext/a}}, grocer: {{held_by: ext/b}}, keeper: {{held_by: ext/c}}}}
forums: {{board: {{charter: Settles it., chair: grocer, decider: grocer, members: [grocer], teams: {teams}}}}}
meetings: {{weekly: {{forum: board, decides: flour, cadence: as needed}}}}
decision_rights: {{flour: {{question: Which flour?, decider: miller}}}}
"""
    assert sorted(rule for rule, _ in told(text, *expected[-1:], "forum/misses-a-team")) == expected


def test_conditions_without_any_input_are_told_once() -> None:
    text = """
decision_rights:
  loan:
    question: Do we lend?
    cases:
      - {when: {amount: up to 5, region: north}, decider: clerk}
      - {when: {amount: over 5, region: north}, decider: chief}
    also: [{when: {risk: high}, agrees: chief}]
"""
    (finding,) = found(text, "shape")
    assert finding.message == "conditions speak of inputs `amount`, `region` and `risk`, and no `inputs` are declared"


def test_a_call_that_nobody_makes_is_told_at_the_right_and_not_at_its_forum() -> None:
    text = """
forums: {board: {charter: Settles it., chair: clerk, decides: pay, asynchronous: true}}
decision_rights: {pay: {question: What do we pay?}}
"""
    assert told(text, "decision/no-decider", "forum/no-decider") == [("decision/no-decider", "error")]
    assert told(text, "forum/no-decider") == [("forum/no-decider", "error")]


def test_nobody_is_missed_of_a_team_that_could_not_be_read() -> None:
    text = """
roles: {al: {team: b}, mo: {}}
teams:
  a: {purpose: Build: all of it., lead: al}
  b: {purpose: Sell it., lead: mo}
forums: {board: {charter: Settles it., chair: mo, members: [mo], teams: [a, b]}}
"""
    assert ("forum/misses-a-team", "warning") not in told(text, "yaml", "shape", "forum")
    assert ("forum/misses-a-team", "warning") in told(text.replace("Build: all", "Build all"), "forum")
