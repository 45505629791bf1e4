"""House rules: what an organisation asks of its own declarations, without code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_kit import DAY, HOUSE, call, organisation, report
from hypothesis import given
from hypothesis import strategies as st
from schema_kit import core, schemas

from coordlint.config import Asked
from coordlint.finding import Severity, UsageError
from coordlint.house import _TELLING, MOST
from coordlint.lint import Run
from coordlint.rules import all_rules
from coordlint.testing import DAY as ON
from coordlint.testing import InMemory

NOTES = "{for: meetings, where: {tags: external}, require: [agenda, record], message: outsiders get notes}"


def run(rule: str, text: str, others: str = "", **asked: object) -> Run:
    """What one house rule, and others, find in a file."""
    house = f"{HOUSE}house_rules:\n  own: {rule}\n{others}"
    wanted = Asked(**({"select": ("house",)} | asked))  # type: ignore[arg-type]
    return InMemory({"coordlint.yaml": house, "case.yaml": text}).run(wanted, ON)


def told(rule: str, text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of each finding of a house rule whose message is x."""
    return [
        (each.span.line, each.span.column, each.message.removeprefix("x: "))
        for each in run(rule, text).findings
        if each.rule == "house/own"
    ]


def meeting(*fields: str) -> str:
    lines = ("cadence: as needed", *fields)
    return "meetings:\n  weekly:\n" + "".join(f"    {line}\n" for line in lines)


# --- what is asked ---


def test_what_is_missing_is_told_once_at_the_declaration():
    text = meeting("tags: [sales, external]", "record: notes") + "records: {notes: {keeps: Notes}}\n"
    assert told(NOTES, text) == [(2, 3, "outsiders get notes: `agenda` is missing")]
    assert told(NOTES, meeting("tags: external")) == [(2, 3, "outsiders get notes: `agenda` and `record` are missing")]
    (found,) = run(NOTES, meeting("tags: external")).findings
    assert (found.severity, found.kind, found.id) == (Severity.WARNING, "meeting", "weekly")
    assert found.tip == "add `agenda` and `record`"


@pytest.mark.parametrize("tags", ["tags: internal", "tags: [sales, marketing]", "purpose: Talk", "tags: external-ish"])
def test_what_is_not_meant_is_not_looked_at(tags: str):
    assert told(NOTES, meeting(tags)) == []


@pytest.mark.parametrize("off", ["status: paused", "until: 2026-06-14", "since: 2026-06-16", "status: ended"])
def test_what_is_not_in_force_is_not_looked_at(off: str):
    assert told(NOTES, meeting("tags: external", off)) == []


def test_a_value_is_told_where_it_stands():
    rule = "{for: meetings, allow: {type: [decision, review]}, message: x}"
    assert told(rule, meeting("type: status")) == [(4, 11, "`type` is `status`")]
    assert told(rule, meeting("type: review")) == []
    assert told(rule, meeting()) == [], "what is not said is no value"
    (found,) = run(rule, meeting("type: status")).findings
    assert found.tip == "write `decision` or `review`"


def test_an_item_is_told_where_it_stands():
    rule = "{for: meetings, allow: {tags: [sales, external]}, message: x}"
    text = meeting("tags:", "  - sales", "  - secret", "  - odd")
    assert told(rule, text) == [(6, 9, "`tags` names `secret`"), (7, 9, "`tags` names `odd`")]
    assert told(rule, meeting("tags: secret")) == [(4, 11, "`tags` is `secret`")]


def test_counts_are_told_at_the_list():
    rule = "{for: meetings, at_least: {tags: 2}, at_most: {attendees: 1}, message: x}"
    text = meeting("tags: [one]", "attendees: [ext/a, ext/b]")
    assert told(rule, text) == [
        (4, 5, "`tags` holds 1, and 2 are the least"),
        (5, 5, "`attendees` holds 2, and 1 is the most"),
    ]
    assert told(rule, meeting("tags: [one, two]", "attendees: ext/a")) == []
    assert told(rule, meeting("tags: one")) == [(4, 11, "`tags` holds 1, and 2 are the least")]
    assert told(rule, meeting()) == [(2, 3, "`tags` is missing")]
    assert told(rule, meeting("tags: []")) == [(4, 5, "`tags` holds 0, and 2 are the least")]


def test_what_is_required_and_counted_is_missing_once():
    rule = "{for: meetings, require: tags, at_least: {tags: 2}, message: x}"
    assert told(rule, meeting()) == [(2, 3, "`tags` is missing")]


def test_parts_are_counted():
    rule = "{for: handoffs, at_most: {steps: 1}, message: x}"
    text = "handoffs:\n  a: {from: ext/a, to: ext/b, delivers: It, steps: [{do: one}, {do: two}]}\n"
    assert [message for *_, message in told(rule, text)] == ["`steps` holds 2, and 1 is the most"]


def test_conditions_hold_together_and_values_of_one_apart():
    rule = "{for: meetings, where: {tags: [external, board], type: decision}, require: record, message: x}"
    assert told(rule, meeting("tags: board", "type: decision")) == [(2, 3, "`record` is missing")]
    assert told(rule, meeting("tags: board")) == []
    assert told(rule, meeting("tags: board", "type: review")) == []


def test_true_and_false_are_values():
    rule = "{for: decision_rights, where: {reversible: false}, require: record, message: x}"
    right = "decision_rights:\n  go: {question: Go?, decider: ext/a, %s}\n"
    assert told(rule, right % "reversible: false") == [(2, 3, "`record` is missing")]
    assert told(rule, right % "reversible: true") == []
    assert told(rule, right % "tags: x") == [], "what is not said is neither"


def test_a_word_that_its_kind_assumes_counts_as_said():
    rule = "{for: roles, where: {held_as: one}, require: deputy, message: x}"
    assert told(rule, "roles: {lead: {}}\n") == [(1, 9, "`deputy` is missing")]
    assert told(rule, "roles: {lead: {held_as: each}}\n") == []


def test_texts_of_small_languages_are_compared_by_what_they_mean():
    rule = "{for: records, allow: {updated_every: [month, 2 weeks]}, message: x}"
    record = "records:\n  log: {keeps: It, updated_every: %s}\n"
    assert told(rule, record % "month") == []
    assert told(rule, record % "1 month") == []
    assert [message for *_, message in told(rule, record % "year")] == ["`updated_every` is `year`"]


# --- what is written elsewhere, or cannot be known ---

FORUM = "forums: {council: {charter: Decides, chair: ext/a, record: notes, members: [ext/a]}}\n"


@pytest.mark.parametrize("field", ["record", "chair", "attendees", "owner"])
def test_what_a_forum_lends_is_not_missing(field: str):
    rule = f"{{for: meetings, require: {field}, message: x}}"
    records = "records: {notes: {keeps: Notes}}\n"
    assert told(rule, meeting("forum: council") + FORUM + records) == []
    assert told(rule, meeting() + FORUM + records) == [(2, 3, f"`{field}` is missing")]
    assert told(rule, meeting("forum: cuoncil") + FORUM + records) == [], "a name that leads nowhere may lend it"


def test_what_every_case_says_is_not_missing():
    rule = "{for: decision_rights, require: time_limit, message: x}"
    right = "decision_rights:\n  go:\n    question: Go?\n    inputs: {size: {number: 0 to 9}}\n    cases:\n"
    case = "      - {when: {size: %s}, decider: ext/a%s}\n"
    whole = right + case % ("up to 3", ", time_limit: 1d") + case % ("over 3", ", time_limit: 2d")
    assert told(rule, whole) == []
    assert told(rule, whole.replace(", time_limit: 2d", "")) == [(2, 3, "`time_limit` is missing")]


def test_what_is_taken_over_by_like_counts():
    model = "  weekly: {cadence: as needed, tags: external, agenda: ./a.md, record: notes}\n  like-it: {like: weekly}\n"
    records = "records: {notes: {keeps: Notes}}\n"
    assert told(NOTES, f"meetings:\n{model}{records}") == []
    lacking = model.replace(", record: notes", "")
    assert told(NOTES, f"meetings:\n{lacking}{records}") == [(2, 3, "outsiders get notes: `record` is missing")]
    assert told(NOTES, "meetings:\n  one: {like: nobody, tags: external}\n") == [], "which may lend everything"


def test_what_could_not_be_read_is_not_missing():
    text = meeting("tags: external", "agenda: nowhere", "record: Not An Id!")
    assert told(NOTES, text) == []
    assert told("{for: meetings, where: {type: review}, require: record, message: x}", meeting("type: reviw")) == []


def test_a_name_is_compared_by_what_bears_it():
    rule = "{for: meetings, where: {forum: council}, require: agenda, message: x}"
    for name in ("council", "forum/council", "old-council"):
        forum = "forums: {council: {charter: Decides, was: old-council}}\n"
        assert told(rule, meeting(f"forum: {name}") + forum) == [(2, 3, "`agenda` is missing")], name
    allow = "{for: meetings, allow: {chair: [lead]}, message: x}"
    roles = "roles: {lead: {was: head}, other: {}}\n"
    assert told(allow, meeting("chair: head") + roles) == []
    assert told(allow, meeting("chair: nobody") + roles) == [], "nobody knows who that is"
    assert told(allow, meeting("chair: other") + roles) == [(4, 12, "`chair` is `other`")]
    assert told(allow, meeting("chair: ext/other") + roles) == [(4, 12, "`chair` is `ext/other`")]


def test_a_name_that_nothing_bears_is_told_in_the_house_rule():
    rule = "{for: meetings, where: {forum: [counsil]}, require: agenda, message: x}"
    found = run(rule, meeting("forum: council") + FORUM, select=("reference",)).findings
    told = [(each.span.path, each.span.line, each.rule, each.message) for each in found]
    assert (
        "coordlint.yaml",
        6,
        "reference/unresolved",
        "no forum is called `counsil`; did you mean `council`?",
    ) in told
    broken = InMemory({"coordlint.yaml": f"{HOUSE}house_rules: {{own: {rule}}}", "a.yaml": "a: ["})
    assert "coordlint.yaml" not in {each.span.path for each in broken.run(as_of=ON).findings}


def test_a_name_with_a_slip_is_mended_in_place(tmp_path: Path):
    rule = "{for: meetings, where: {forum: %s}, require: agenda, message: x}  # since May"
    house = f"{HOUSE}house_rules:\n  own: {rule}\n"
    organisation(tmp_path, {"a.yaml": meeting("agenda: ./a.md", "forum: council") + FORUM}, house % "counsil")
    call("check", "--fix", "--select", "reference/unresolved", *DAY, cwd=tmp_path)
    assert (tmp_path / "coordlint.yaml").read_text() == house % "council"


# --- one among the rules ---


def test_what_a_rule_would_say_too_is_said_once_in_the_words_of_the_house():
    rule = "{for: meetings, require: [purpose, agenda], message: every meeting says what for, severity: info}"
    found = run(rule, meeting(), select=("house", "meeting/no-purpose", "meeting/no-agenda")).findings
    message = "every meeting says what for: `purpose` and `agenda` are missing"
    assert [(each.rule, each.message, each.severity) for each in found] == [("house/own", message, Severity.ERROR)]


def test_every_rule_that_yields_to_a_house_exists():
    names = {rule.name for rule in all_rules()}
    assert {name for every in _TELLING.values() for name in every} <= names
    for collection, field in _TELLING:
        assert field in schemas()[collection or "people"]["properties"], (collection, field)


def test_a_house_rule_runs_whatever_the_preset():
    for preset in ("correctness", "recommended", "strict"):
        found = run(NOTES, meeting("tags: external"), select=(), preset=preset).findings
        assert "house/own" in {each.rule for each in found}


def test_severity_and_off_are_the_houses_to_say():
    off = run(NOTES, meeting("tags: external"), "rules: {house/own: off}\n", select=())
    assert "house/own" not in off.rules
    assert "house/own" not in {each.rule for each in off.findings}
    (found,) = run(NOTES, meeting("tags: external"), "rules: {house/own: error}\n").findings
    assert found.severity is Severity.ERROR
    (found,) = run(NOTES[:-1] + ", severity: info}", meeting("tags: external")).findings
    assert found.severity is Severity.INFO


def test_one_is_selected_and_ignored_like_any_rule(tmp_path: Path):
    house = f"{HOUSE}house_rules:\n  notes: {NOTES}\n  other: {{for: meetings, require: purpose, message: x}}\n"
    organisation(tmp_path, {"m.yaml": meeting("tags: external", "chair: ext/a")}, house)

    def rules(*words: str) -> list[str]:
        return sorted(each["rule"] for each in report(*words, cwd=tmp_path)["findings"])

    assert rules("--select", "house") == ["house/notes", "house/other"]
    assert rules("--select", "house/notes") == ["house/notes"]
    assert rules("--select", "house", "--ignore", "house/notes") == ["house/other"]
    assert rules("--ignore", "house") == []
    wrong = call("check", "--select", "house/note", *DAY, cwd=tmp_path)
    assert wrong.code == 2
    assert "no rule or family is called `house/note`; did you mean `house/notes`?" in wrong.err


def test_one_is_waived_like_any_rule():
    text = meeting("tags: external", "chair: ext/a", "waive: {rule: house/own, reason: they read ours}")
    ran = run(NOTES, text, select=())
    assert [each.rule for each in ran.findings] == []
    assert [each.rule for each in ran.waived] == ["house/own"]
    ran = run(NOTES, meeting("tags: external"), "waive: [{rule: house/owm, reason: they read ours}]\n", select=())
    assert ("waiver/unknown-rule", "no rule is called `house/owm`; did you mean `house/own`?") in {
        (each.rule, each.message) for each in ran.findings
    }


def test_what_a_house_rule_found_is_gone_with_it(tmp_path: Path):
    house = HOUSE.replace("correctness", "recommended")
    text = meeting("tags: external", "chair: ext/a", "outputs: A page of notes", "purpose: We hear what they need.")
    organisation(tmp_path, {"m.yaml": text}, f"{house}house_rules: {{notes: {NOTES}}}\n")
    call("baseline", *DAY, cwd=tmp_path)
    assert "rule: house/notes" in (tmp_path / "coordlint-baseline.yaml").read_text()
    assert report(cwd=tmp_path)["findings"] == []
    (tmp_path / "coordlint.yaml").write_text(house)
    assert [each["rule"] for each in report(cwd=tmp_path)["findings"]] == ["waiver/stale-baseline"]


def test_the_settings_list_it(tmp_path: Path):
    organisation(tmp_path, house=f"{HOUSE}house_rules: {{notes: {NOTES}}}\n")
    lines = call("check", "--show-settings", cwd=tmp_path).out.splitlines()
    assert "  warning  house/notes                          house rule" in lines


# --- what cannot be one ---


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (
            "{for: meetings, require: [agnda], message: x}",
            "6:34: house rule `own`: meetings have no field `agnda`; did you mean `agenda`?",
        ),
        (
            "{for: meetings, require: colour, message: x}",
            "no field `colour`; `coordlint schema meetings` lists the fields",
        ),
        (
            "{for: decision_rights, where: {decidr: a}, require: record, message: x}",
            "decision rights have no field `decidr`; did you",
        ),
        (
            "{for: meetings, allow: {type: decison}, message: x}",
            "6:38: house rule `own`: `type` cannot be `decison`; did you mean",
        ),
        ("{for: meetings, allow: {type: [review, decison]}, message: x}", "6:47: house rule `own`: `type` cannot be"),
        ("{for: people, where: {external: 'yes'}, require: team, message: x}", "`external` must be true or false"),
        ("{for: people, where: {joined: 2026-02-30}, require: team, message: x}", "2026-02-30"),
        ("{for: meetings, where: {forum: Launch Council}, require: agenda, message: x}", "`Launch Council` is no name"),
        ("{for: meetings, where: {pre_read: x}, require: agenda, message: x}", "`pre_read` must be"),
        ("{for: meetings, at_most: {chair: 1}, message: x}", "`chair` holds one thing, and only a list can be counted"),
        ("{for: meetings, at_most: {colour: 1}, message: x}", "meetings have no field `colour`"),
        ("{for: teams, at_least: {tags: 3}, at_most: {tags: 2}, message: x}", "cannot hold at least 3 and at most 2"),
        ("{for: meetings, require: [], message: x}", "this asks for nothing"),
        ("{for: meetings, allow: {type: []}, message: x}", "no value of `type` is allowed"),
        ("{for: meetings, message: x}", "one of `require`, `allow`, `at_least`, `at_most` must"),
        ("{for: meeting, require: agenda, message: x}", "`for` cannot be `meeting`; did you mean `meetings`?"),
        ("{for: meetings, require: agenda}", "`message` is missing"),
        ("{for: meetings, requires: agenda, message: x}", "no field is called `requires` here; did you mean"),
        ("{for: log, require: held, message: x}", "`for` cannot be `log`"),
        ("{for: meetings, at_least: {tags: 0}, message: x}", "must be at least 1"),
        ("{for: meetings, require: agenda, message: x, plugin: evil.py}", "no field is called `plugin` here"),
        ("{for: meetings, where: {status: [proposed]}, require: agenda, message: x}", "and what is `proposed` is not"),
        ("null", "`own`"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_house_rule_is_told_in_one_sentence_with_its_place(tmp_path: Path, rule: str, says: str):
    organisation(tmp_path, house=f"{HOUSE}house_rules:\n  own: {rule}\n")
    ended = call("check", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("coordlint: coordlint.yaml:6:")
    assert says in ended.err


def test_there_are_not_more_than_a_person_can_read():
    rules = "".join(f"  r{number}: {NOTES}\n" for number in range(MOST + 1))
    with pytest.raises(UsageError, match=rf"101 stand here, and {MOST} are the most"):
        InMemory({"coordlint.yaml": f"{HOUSE}house_rules:\n{rules}", "a.yaml": ""}).run(as_of=ON)


# --- against what it means, said in the plainest way ---

TAGS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3)
FIELDS = ("purpose", "agenda", "record", "outputs")
VALUES = {"purpose": "Talk", "agenda": "./a.md", "record": "notes", "outputs": "[notes]"}
SAID = st.fixed_dictionaries({}, optional={"tags": TAGS, **{field: st.just(VALUES[field]) for field in FIELDS}})
SOME = st.lists(st.sampled_from(FIELDS), min_size=1, unique=True)


@given(SAID, st.lists(st.sampled_from(["a", "b"]), min_size=1, unique=True), SOME, st.integers(0, 2))
def test_a_house_rule_finds_what_its_words_say(
    said: Mapping[str, object], wanted: list[str], require: list[str], most: int
):
    fields = [f"{key}: {'[' + ', '.join(value) + ']' if key == 'tags' else value}" for key, value in said.items()]
    rule = (
        f"{{for: meetings, where: {{tags: [{', '.join(wanted)}]}}, require: [{', '.join(require)}], "
        f"at_most: {{tags: {most}}}, message: x}}"
    )
    found = told(rule, meeting(*fields) + "records: {notes: {keeps: Notes}}\n")
    tags = said.get("tags", [])
    assert isinstance(tags, list)
    expected = 0
    if {*wanted} & {*tags}:
        # What a meeting puts out keeps its notes.
        there = {*said, *(["record"] if "outputs" in said else [])}
        expected = bool({*require} - there) + (len(tags) > most)
    assert len(found) == expected


# --- the page of the guide ---

GUIDE = (Path(__file__).parent.parent / "docs" / "house-rules.md").read_text(encoding="utf-8")
FIRST, SECOND = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
FINDING, REFUSAL = re.findall(r"^```text\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


def test_the_guide_shows_what_is_found(tmp_path: Path):
    partner = "meetings:\n  partner-call:\n    cadence: as needed\n    tags: external\n    record: notes\n"
    files = {"partners.yaml": partner, "records.yaml": "records: {notes: {keeps: Notes}}\n"}
    organisation(tmp_path, files, HOUSE + FIRST)
    ended = call("check", "--select", "house", "--format", "concise", *DAY, cwd=tmp_path)
    assert ended.out.splitlines(keepends=True)[0] == FINDING
    wrong = FIRST.replace("[agenda, record]", "agnda").replace("    where: {tags: external}\n", "")
    organisation(tmp_path, files, f'organisation: Test\nedition: "2026"\n{wrong}')
    assert call("check", cwd=tmp_path).err == REFUSAL


def test_the_rules_of_the_guide_are_rules_and_each_finds_something():
    text = meeting("type: status", "attendees: []")
    text = text.replace("status", "decision").replace("[]", f"[{', '.join(f'ext/p{n}' for n in range(9))}]")
    text += "  monday: {cadence: as needed, type: status}\n"
    text += "decision_rights: {go: {question: Go?, decider: ext/a, reversible: false}}\n"
    ran = InMemory({"coordlint.yaml": HOUSE + SECOND, "a.yaml": text}).run(Asked(select=("house",)), ON)
    assert {each.rule for each in ran.findings} == {f"house/{id}" for id in core(SECOND)["house_rules"]}


def test_explaining_and_listing(tmp_path: Path):
    organisation(tmp_path / "org", house=HOUSE + FIRST)
    for where, words in ((tmp_path / "org", ()), (tmp_path, ()), (tmp_path / "..", ("--org", str(tmp_path)))):
        ended = call("explain", "house/outsiders-get-notes", *words, cwd=where)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.startswith(
            "# house/outsiders-get-notes\n\nwarning, a house rule: coordlint.yaml declares it\n"
        )
        assert "- `agenda` and `record` must be there\n" in ended.out
    ended = call("explain", "house/outsiders", cwd=tmp_path)
    assert ended.code == 2
    assert "no rule is called `house/outsiders`" in ended.err
    listed = call("rules", cwd=tmp_path / "org").out.splitlines()[-1]
    words = [
        "house/outsiders-get-notes",
        "warning",
        "house rule",
        "A meeting with outsiders has an agenda and keeps notes",
    ]
    assert re.split(r"  +", listed) == words
    assert "house/" not in call("rules", cwd=tmp_path).out
    assert call("rules", "--org", "org", cwd=tmp_path).out.splitlines()[-1] == listed
    call("rules", "--into", "pages", "--org", "org", cwd=tmp_path)
    assert (tmp_path / "pages" / "house" / "outsiders-get-notes.md").is_file()


def test_where_there_is_no_organisation_nothing_is_explained(tmp_path: Path):
    ended = call("explain", "house/notes", cwd=tmp_path)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "ask inside the organisation, or name it with `--org DIR`" in ended.err
    organisation(tmp_path, house="edition: nonsense\n")
    ended = call("rules", cwd=tmp_path)
    assert ended.code == 0
    assert ended.err.startswith("note: house rules are left out: coordlint.yaml:1:10: ")


@pytest.mark.parametrize("here", ["", "org/"])
def test_a_house_rule_that_is_set_and_not_declared_is_told_where_it_stands(tmp_path: Path, here: str) -> None:
    house = f"{HOUSE}rules: {{house/outsiders: off}}\nhouse_rules:\n  outsiders-get-notes:\n"
    house += "    {for: meetings, require: record, message: Outsiders get notes.}\n"
    organisation(tmp_path / "org", house=house)
    ended = call("check", *DAY, cwd=tmp_path if here else tmp_path / "org")
    line = HOUSE.count("\n") + 1
    assert ended.err == (
        f"coordlint: {here}coordlint.yaml:{line}:9: `rules` names `house/outsiders`, which is no rule; "
        "did you mean `house/outsiders-get-notes`?\n"
    )
