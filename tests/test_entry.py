"""What somebody says has happened, as an entry of the log: names are found, days exist, and what is wrong is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of

from coordlint.document import Document, read
from coordlint.entry import Home, doubts, entry, fields_of, home, sorts, told_already
from coordlint.finding import UsageError
from coordlint.importers.writing import write
from coordlint.testing import DAY

DECLARED = """
people:
  kim: {}
roles:
  cfo: {held_by: kim}
  cpo: {}
  "7": {}
forums:
  launch-council: {charter: Keeps launches together., decider: cpo}
  pricing: {charter: Keeps one price list., decider: cfo}
meetings:
  launch-weekly: {forum: launch-council, cadence: as needed, was: go-to-market}
  deal-desk: {cadence: as needed}
  pricing: {cadence: as needed}
decision_rights:
  discount:
    question: May we give this discount?
    inputs:
      percent: {number: 0 to 60, unit: "%"}
      seats: {integer: any}
      region: {one_of: [emea, amer, "2"]}
      uncapped: yes_no
    cases:
      - {when: {percent: up to 10}, decider: cpo}
      - {when: {percent: over 10}, decider: cfo}
  hire: {question: Do we hire?, decider: cpo}
handoffs:
  launch-kit: {from: cpo, to: cfo, delivers: Kit of the launch}
escalations:
  stuck: {for: discount, steps: [{to: cfo}]}
initiatives:
  fleet-3: {accountable: cpo}
records:
  launch-plan: {keeps: What we launch.}
"""
ORG = org_of(DECLARED)


def refusal(sort: str, **said: str | list[str]) -> str:
    with pytest.raises(UsageError) as told:
        entry(ORG, sort, {field.rstrip("_"): words for field, words in said.items()})
    message = str(told.value)
    assert "\n" not in message
    assert not message.endswith(".")
    return message


MADE = {
    "the day is today": ("held", {"held": "launch-weekly"}, {"held": "launch-weekly", "date": DAY.isoformat()}),
    "how many": (
        "held",
        {"held": "launch-weekly", "attended": ["7"], "decisions": ["0"], "date": "2026-03-03"},
        {"held": "launch-weekly", "date": "2026-03-03", "attended": 7, "decisions": 0},
    ),
    "who, in one word with commas or in several": (
        "held",
        {"held": "launch-weekly", "attended": ["cfo, cpo", "ext/Sam", "cfo"], "decisions": ["discount"]},
        {
            "held": "launch-weekly",
            "date": DAY.isoformat(),
            "attended": ["cfo", "cpo", "ext/Sam"],
            "decisions": "discount",
        },
    ),
    "a text with a comma is one": (
        "held",
        {"held": "launch-weekly", "decisions": ["We go, and soon", "discount"]},
        {"held": "launch-weekly", "date": DAY.isoformat(), "decisions": ["We go, and soon", "discount"]},
    ),
    "an old name is written as it is called now": (
        "cancelled",
        {"cancelled": "go-to-market", "because": "Fair"},
        {"cancelled": "launch-weekly", "date": DAY.isoformat(), "because": "Fair"},
    ),
    "an old name with its kind too": (
        "reviewed",
        {"reviewed": "meeting/go-to-market", "by": "kim", "outcome": "end"},
        {"reviewed": "meeting/launch-weekly", "date": DAY.isoformat(), "by": "kim", "outcome": "end"},
    ),
    "inputs as they are declared": (
        "decided",
        {
            "decided": "discount",
            "given": ["percent = 12.5 %", "seats=3", "region=2", "uncapped=Yes"],
            "id": "D-1",
            "what": "12 % for A",
            "by": "cfo",
            "in": "meeting/pricing",
            "supersedes": "D-0",
        },
        {
            "decided": "discount",
            "id": "D-1",
            "what": "12 % for A",
            "given": {"percent": 12.5, "seats": 3, "region": "2", "uncapped": True},
            "date": DAY.isoformat(),
            "by": "cfo",
            "in": "meeting/pricing",
            "supersedes": "D-0",
        },
    ),
    "no day is added where there is none": (
        "escalated",
        {"escalated": "stuck", "opened": "2026-03-01T10:00", "closed": "2026-03-01", "reached": "1"},
        {"escalated": "stuck", "opened": "2026-03-01T10:00", "closed": "2026-03-01", "reached": 1},
    ),
    "a day that was promised may lie ahead": (
        "slipped",
        {"slipped": "fleet-3", "from": "2026-12-01", "to": "2027-12-01", "known_since": "2026-01-05", "cause": "Rain"},
        {
            "slipped": "fleet-3",
            "date": DAY.isoformat(),
            "from": "2026-12-01",
            "to": "2027-12-01",
            "known_since": "2026-01-05",
            "cause": "Rain",
        },
    ),
}


@pytest.mark.parametrize(("sort", "said", "made"), MADE.values(), ids=MADE)
def test_an_entry_says_what_was_said(sort: str, said: dict[str, str | list[str]], made: dict[str, object]) -> None:
    told = entry(ORG, sort, said)
    assert told == made
    assert list(told) == [field for field in fields_of(sort) if field in made], "in the order of the format"


REFUSED = [
    ("held", {"held": "launch-wekly"}, "no meeting is called `launch-wekly`; did you mean `launch-weekly`?"),
    ("held", {"held": "the-launch"}, "no meeting is called `the-launch`; did you mean `launch-weekly`?"),
    (
        "held",
        {"held": "board"},
        "no meeting is called `board`; there are `deal-desk`, `go-to-market`, `launch-weekly` and `pricing`",
    ),
    ("held", {"held": "launch-council"}, "`launch-council` is a forum; name a meeting, such as `launch-weekly`"),
    ("held", {"held": "ext/board"}, "`ext/board` is outside, and is not declared; name a meeting of your own"),
    ("reviewed", {"reviewed": "pricing"}, "`pricing` names 2 things; write `forum/pricing` or `meeting/pricing`"),
    ("held", {"held": "pricing", "attended": ["cfo,cpx"]}, "did you mean `cpo`?"),
    ("held", {"held": "pricing", "attended": ["7,cfo"]}, "--attended: a number stands beside others; say how many,"),
    ("held", {"held": "pricing", "attended": ["-1"]}, "--attended: `attended` is `-1`, and must be at least 0"),
    ("held", {"held": "pricing", "date": "2026-02-30"}, "--date: `2026-02-30` is no day: February 2026 has 28 days"),
    ("held", {"held": "pricing", "date": "yesterday"}, "--date: `yesterday` is no day; write year, month and day"),
    ("held", {"held": "pricing", "date": "2026-06-16"}, "--date: 2026-06-16 lies ahead of 2026-06-15; the log keeps"),
    ("held", {"held": "pricing", "decisions": ["discount", "discuont"]}, "did you mean `discount`?"),
    ("escalated", {"escalated": "stuck"}, "--opened is missing: say when it began, such as 2026-03-31T14:05"),
    ("escalated", {"escalated": "stuck", "opened": "2026-06-15T25:00"}, "--opened: `25:00` is no time"),
    ("escalated", {"escalated": "stuck", "opened": "2026-06-16T00:00"}, "--opened: 2026-06-16T00:00 lies ahead"),
    ("escalated", {"escalated": "stuck", "opened": "2026-03-02", "closed": "2026-03-01T09:00"}, "lies before --opened"),
    (
        "escalated",
        {"escalated": "stuck", "opened": "2026-03-02", "reached": "two"},
        "--reached: `reached` must be",
    ),
    ("slipped", {"slipped": "fleet-3", "known_since": "2026-06-20"}, "--known-since: 2026-06-20 lies ahead"),
    ("slipped", {"slipped": "fleet-3", "known_since": "2026-06-10", "date": "2026-06-01"}, "lies before --known-since"),
    ("slipped", {"slipped": "fleet-3", "from": "1 Dec"}, "--from: `1 Dec` is no day"),
    (
        "slipped",
        {"slipped": "fleet-3", "from": "2026-12-01", "to": "2026-12-01"},
        "is the day of --from too",
    ),
    (
        "escalated",
        {"escalated": "stuck", "opened": "2026-03-02", "reached": "2"},
        "--reached: `stuck` has 1 step, and not 2; give the number of the last step",
    ),
    ("held", {"held": "pricing", "attended": ["nine"]}, "is called `nine`; write digits, such as 9, or names"),
    ("held", {"held": "pricing", "attended": ["ada"]}, "write digits, such as 9, or names: declare it first, or write"),
    ("held", {"held": "pricing", "decisions": ["none"]}, "no decision right is called `none`; for none write 0"),
    ("reviewed", {"reviewed": "discount", "outcome": "keeps"}, "--outcome: `outcome` cannot be `keeps`; did you mean"),
    ("reviewed", {"reviewed": "forum/deal-desk"}, "no forum is called `deal-desk`; did you mean `meeting/deal-desk`?"),
    ("held", {"held": ""}, "this says nothing; name a meeting"),
    ("reviewed", {"reviewed": " "}, "this says nothing; name a declaration"),
    ("held", {"held": "pricing", "attended": ["cfo cpo"]}, "write `cfo, cpo`, or `cfo-cpo` if it is one name"),
    ("reviewed", {"reviewed": "nothing"}, "no declaration is called `nothing`; declare it first"),
    ("reviewed", {"reviewed": "Launch Weekly"}, "`Launch Weekly` is no name"),
    ("decided", {"decided": "discount", "what": " "}, "--what: this says nothing; leave it out, or say something"),
    ("decided", {"decided": "discount", "what": "\udcff"}, "--what: this is no text in UTF-8; type it again"),
    ("decided", {"decided": "discount", "id": "x" * 201}, "--id: "),
    ("decided", {"decided": "discount", "by": "nobody"}, "no role, person, team or forum is called `nobody`"),
    ("decided", {"decided": "discount", "in": "launch-plan"}, "`launch-plan` is a record; name a meeting or forum"),
    (
        "decided",
        {"decided": "discount", "given": ["percent"]},
        "`percent` is no input with its value; write them",
    ),
    ("decided", {"decided": "discount", "given": ["percnt=3"]}, "no input is called `percnt`; did you mean `percent`?"),
    ("decided", {"decided": "discount", "given": ["percent=61"]}, "`percent`: `61` lies outside the input's range"),
    ("decided", {"decided": "discount", "given": ["percent=1,5"]}, "`percent`: `1,5` is no number"),
    ("decided", {"decided": "discount", "given": ["seats=1.5"]}, "`seats`: `1.5` is no whole number"),
    ("decided", {"decided": "discount", "given": ["region=mars"]}, "`region`: `mars` is no choice"),
    ("decided", {"decided": "discount", "given": ["uncapped=maybe"]}, "`uncapped`: `maybe` is no choice"),
    ("decided", {"decided": "discount", "given": ["seats=1", "seats=1"]}, "`seats` is given twice; leave one out"),
    ("decided", {"decided": "hire", "given": ["seats=1"]}, "decision right `hire` depends on no inputs; leave it out"),
]


@pytest.mark.parametrize(("sort", "said", "says"), REFUSED, ids=[f"{sort} {said}" for sort, said, _ in REFUSED])
def test_what_is_no_entry_is_told(sort: str, said: dict[str, str | list[str]], says: str) -> None:
    assert says in refusal(sort, **said)


def test_a_name_may_stand_in_what_cannot_be_read() -> None:
    org = org_of("meetings:\n  a: {cadence: as needed}\n  b: [\n")
    with pytest.raises(UsageError, match=r"no meeting is called `board`; it may stand in case\.yaml, which cannot be"):
        entry(org, "held", {"held": "board"})


def test_what_a_right_depends_on_may_be_unreadable() -> None:
    org = org_of("decision_rights:\n  a: {question: Why?, inputs: {x: {nmber: any}, y: yes_no}}\n")
    made = entry(org, "decided", {"decided": "a", "given": ["x=1.50", "y=true", "z=b"]})
    assert made["given"] == {"x": 1.5, "y": True, "z": "b"}


def test_numbers_are_those_that_were_given() -> None:
    org = org_of("decision_rights:\n  a: {question: Why?, inputs: {x: {number: any}}}\n")
    made = entry(org, "decided", {"decided": "a", "given": ["x=123456789012345.123456789"]})
    assert made["given"] == {"x": "123456789012345.123456789"}, "YAML would read it as another number"


def test_who_may_decide_depends_on_all_inputs() -> None:
    told = list(doubts(ORG, entry(ORG, "decided", {"decided": "discount", "given": ["percent=1"]})))
    assert told == ["who may decide depends on `seats`, `region` and `uncapped`; `--given seats=…` says what it was"]
    whole = ["percent=1", "seats=2", "region=emea", "uncapped=no"]
    assert list(doubts(ORG, entry(ORG, "decided", {"decided": "discount", "given": whole}))) == []
    assert list(doubts(ORG, entry(ORG, "decided", {"decided": "hire"}))) == []


def test_a_decision_that_is_replaced_is_looked_for() -> None:
    org = org_of(f"{DECLARED}log:\n  - {{decided: hire, id: DEC-2026-014, date: 2026-03-03}}\n")

    def told(id: str) -> list[str]:
        return list(doubts(org, entry(org, "decided", {"decided": "hire", "supersedes": id})))

    assert told("DEC-2026-014") == []
    assert told("DEC-2026-015") == ["no decision of the log has the id `DEC-2026-015`; did you mean `DEC-2026-014`?"]
    assert told("old") == ["no decision of the log has the id `old`"]


@given(st.sampled_from(sorts()), st.text(max_size=40), st.data())
def test_whatever_is_said_is_an_entry_or_one_sentence(sort: str, words: str, data: st.DataObject) -> None:
    names = {"held": "deal-desk", "cancelled": "deal-desk", "decided": "discount", "returned": "launch-kit"}
    names |= {"escalated": "stuck", "slipped": "fleet-3", "updated": "launch-plan", "reviewed": "fleet-3"}
    field = data.draw(st.sampled_from(fields_of(sort)))
    words = data.draw(st.sampled_from([words, f"percent={words}", f"2026-06-{words}", f"cfo,{words}"]))
    several = field in ("attended", "decisions", "given")
    said = {sort: names[sort], "opened": "2026-06-01", field: [words] if several else words}
    made, told = tried(sort, said)
    assert bool(made) != bool(told)
    assert "\n" not in told
    assert made is None or org_of(DECLARED + write({"log": [made]})).refused == []


def tried(sort: str, said: dict[str, str | list[str]]) -> tuple[dict[str, object] | None, str]:
    """The entry, or why there is none."""
    try:
        return entry(ORG, sort, said), ""
    except UsageError as told:
        return None, str(told)


# --- where it belongs ---


def logs(**texts: str) -> list[Document]:
    return [read(f"{name}.yaml", text.encode()) for name, text in texts.items()]


HELD, LATER = "{held: a, date: 2026-01-05}", "{escalated: a, opened: 2026-02-05T10:00}"
HOMES = {
    "nowhere yet": ({"a": "meetings: {}\n"}, None),
    "the only log": ({"a": "meetings: {}\n", "b": f"log: [{HELD}]\n"}, Home("b.yaml")),
    "an empty one": ({"a": "meetings: {}\n", "b": "log:\n"}, Home("b.yaml")),
    "the one with the newest entry": ({"a": f"log: [{LATER}, {HELD}]\n", "b": f"log: [{HELD}]\n"}, Home("a.yaml")),
    "the first of those alike": ({"a": f"log: [{HELD}]\n", "b": f"log: [{HELD}]\n"}, Home("a.yaml")),
    "not one whose entries lie ahead": (
        {"a": f"log: [{HELD}]\n", "b": "log: [{held: a, date: 2027-01-05}]\n"},
        Home("a.yaml"),
    ),
    "in another document of a file": (
        {"a": f"log: [{HELD}]\n---\nlog: [{LATER}]\n---\nmeetings: {{}}\n"},
        Home("a.yaml", (1, "log")),
    ),
    "not one that nobody can read": ({"a": "log: [\n", "b": "log: [5, {held: a}]\n"}, Home("b.yaml")),
}


@pytest.mark.parametrize(("texts", "where"), HOMES.values(), ids=HOMES)
def test_an_entry_belongs_to_the_newest(texts: dict[str, str], where: Home | None) -> None:
    assert home(logs(**texts), date(2026, 6, 15)) == where


def test_what_was_told_is_found_again() -> None:
    documents = logs(a="log: []\n", b=f"log: [{LATER}, {HELD}]\n")
    assert told_already(documents, {"held": "a", "date": "2026-01-05"}) == Home("b.yaml", ("log", 1))
    assert told_already(documents, {"held": "a", "date": "2026-01-06"}) is None


@pytest.mark.parametrize(
    ("sort", "said", "notes"),
    [
        ("held", {"held": "deal-desk", "date": "2026-03-01", "attended": ["3"]}, ["was held on 2026-03-01, and now"]),
        ("held", {"held": "go-to-market", "date": "2026-03-02"}, ["`launch-weekly` was cancelled on 2026-03-02"]),
        ("cancelled", {"cancelled": "deal-desk", "date": "2026-03-01"}, ["`deal-desk` was held on 2026-03-01"]),
        ("held", {"held": "deal-desk", "date": "2026-03-02"}, []),
        ("slipped", {"slipped": "fleet-3"}, ["nothing can be told from it yet"]),
        ("slipped", {"slipped": "fleet-3", "cause": "Rain"}, []),
        ("reviewed", {"reviewed": "hire", "outcome": "end"}, ["decision right `hire` goes on until it says"]),
        ("reviewed", {"reviewed": "hire", "outcome": "keep"}, []),
        ("reviewed", {"reviewed": "launch-plan", "outcome": "end"}, []),
    ],
)
def test_what_is_odd_is_told_and_written_all_the_same(sort: str, said: dict[str, str], notes: list[str]) -> None:
    log = "log:\n  - {held: deal-desk, date: 2026-03-01}\n  - {cancelled: go-to-market, date: 2026-03-02}\n"
    ended = DECLARED.replace("keeps: What we launch.", "keeps: What we launch., status: ended, until: 2026-01-01")
    org = org_of(ended + log)
    told = list(doubts(org, entry(org, sort, said)))
    assert len(told) == len(notes)
    assert [note for note, part in zip(told, notes, strict=True) if part not in note] == []
