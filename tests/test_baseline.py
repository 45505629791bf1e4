"""What was found before counts for nothing: the text of a baseline, what it accepts, and when it is stale."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

import pytest
from drawn_orgs import HOUSE as DRAWN
from drawn_orgs import draw, in_many_files, in_one_file
from hypothesis import given, settings
from hypothesis import strategies as st

from coordlint.baseline import Entry, read, write
from coordlint.config import BASELINE_FILE, Asked
from coordlint.document import read as document
from coordlint.finding import UsageError
from coordlint.lint import Run
from coordlint.readers import fast
from coordlint.testing import DAY, InMemory

HOUSE = 'organisation: Test\nlayer_owner: ext/owner\nedition: "2026"\n'
NAMES = ("spring", "summer", "autumn", "winter", "rain", "snow")
STALE = "waiver/stale-baseline"
# What is said of waivers is told whatever a baseline accepts.
NEVER = ("waiver", "coordlint")

Texts = Mapping[str, str]


def run(texts: Texts, *select: str, **asked: str) -> Run:
    return InMemory(texts).run(Asked(select=select, **asked), DAY, compare=True)


def taken(texts: Texts, *select: str, **asked: str) -> str:
    """The text of the baseline of today."""
    compared = run(texts, *select, **asked).compared
    assert compared is not None
    return write(compared.today)


def pruned(texts: Texts, *select: str) -> str:
    compared = run(texts, *select).compared
    assert compared is not None
    return write(compared.pruned)


def with_baseline(texts: Texts, text: str = "") -> dict[str, str]:
    return {**texts, BASELINE_FILE: text or taken(texts)}


def told(found: Run) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in found.findings]


def entries(text: str) -> tuple[Entry, ...]:
    return read(document(BASELINE_FILE, text.encode()), BASELINE_FILE)


def meetings(*names: str, more: str = "") -> dict[str, str]:
    """Meetings that say neither what they are for, nor who runs them, nor more than that."""
    return {
        "coordlint.yaml": HOUSE,
        "m.yaml": "meetings:\n" + "".join(f"  {n}: {{cadence: as needed}}\n" for n in names) + more,
    }


# --- the text ---

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
ID = st.sampled_from(["a", "b-2", "no", "007", "1e5", "y", "0x1f"])


@given(
    st.lists(
        st.builds(
            Entry,
            rule=st.sampled_from(["meeting/no-purpose", "yaml/syntax", "house/notes"]),
            where=TEXT,
            says=TEXT,
            fingerprint=st.text("0123456789abcdef", min_size=32, max_size=32),
            reason=TEXT,
            alike=st.integers(1, 10**6),
            of=st.just(()),
        )
        | st.builds(
            Entry,
            rule=st.just("meeting/no-agenda"),
            where=st.just("meetings"),
            says=TEXT,
            fingerprint=st.text("0123456789abcdef", min_size=32, max_size=32),
            alike=st.just(1),
            of=st.lists(ID, min_size=1, max_size=40).map(tuple),
        ),
        max_size=4,
        unique_by=lambda entry: entry.fingerprint,
    )
)
@settings(deadline=None)
def test_what_is_written_is_read_back(listed: list[Entry]) -> None:
    text = write(listed)
    assert sorted(entries(text)) == sorted(listed)
    assert write(entries(text)) == text


@pytest.mark.parametrize("fingerprint", ["1" * 32, "12e" + "4" * 29, "0" * 31 + "e"])
def test_a_fingerprint_that_looks_like_a_number(fingerprint: str) -> None:
    entry = Entry("meeting/no-purpose", "meeting/a", "says", fingerprint)
    assert entries(write([entry])) == (entry,)


def test_an_ordinary_baseline_is_read_fast() -> None:
    assert fast.read(taken(meetings(*NAMES))) is not None


def test_entries_stand_by_what_they_are_about() -> None:
    text = taken(meetings("b", "a"))
    assert [entry.where for entry in entries(text)] == sorted(entry.where for entry in entries(text))
    cut = {"coordlint.yaml": HOUSE, "z.yaml": meetings("a")["m.yaml"], "y.yaml": meetings("b")["m.yaml"]}
    assert taken(cut) == text, "how files are cut makes no difference"


# --- a baseline, then a check ---


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_after_a_baseline_a_check_is_clean(seed: int) -> None:
    is_clean_after(seed)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_after_a_baseline_a_check_is_clean_deep(seed: int) -> None:
    is_clean_after(seed)


def is_clean_after(seed: int) -> None:
    texts = in_one_file(draw(seed))
    before = run(texts)
    text = taken(texts)
    after = run(with_baseline(texts, text))
    assert [each for each in after.findings if each.rule.partition("/")[0] not in NEVER] == []
    assert {each.fingerprint for each in before.findings} - {each.fingerprint for each in after.waived} <= {
        each.fingerprint for each in before.findings if each.rule.partition("/")[0] in NEVER
    }
    assert STALE not in {each.rule for each in after.findings}
    compared = after.compared
    assert compared is not None
    assert write(compared.today) == write(compared.pruned) == text, "and writing it again changes nothing"
    cut = run(with_baseline(in_many_files(draw(seed), seed), text))
    assert {each.rule for each in cut.findings} <= {each.rule for each in after.findings}, "however files are cut"


def test_a_file_that_cannot_be_read_can_be_accepted() -> None:
    texts = {"coordlint.yaml": HOUSE, "broken.yaml": "roles:\n  a: [\n", "shape.yaml": "roles: {b: {held_bi: c}}\n"}
    assert {rule for rule, _ in told(run(texts))} >= {"yaml/syntax", "shape/unknown-key"}
    assert told(run(with_baseline(texts))) == []


def test_accepted_findings_stand_among_the_waived() -> None:
    texts = with_baseline(meetings("spring"))
    waived = run(texts).waived
    assert {each.rule for each in waived} >= {"meeting/no-purpose", "meeting/no-owner"}
    for each in waived:
        assert each.accepted is not None
        assert (each.accepted.by, each.accepted.until, each.accepted.where.path) == ("baseline", None, BASELINE_FILE)
        line = texts[BASELINE_FILE].splitlines()[each.accepted.where.line - 1]
        assert line == f"  - rule: {each.rule}"


def test_a_new_finding_counts() -> None:
    text = taken(meetings("spring"))
    found = run(with_baseline(meetings("spring", "summer"), text), "meeting/no-purpose")
    assert told(found) == [("meeting/no-purpose", "meeting `summer` does not say what it is for")]


def test_what_somebody_else_accepts_is_not_in_it() -> None:
    comment = "  # coordlint: ignore[meeting/no-purpose] it says so at its door\n"
    texts = {"coordlint.yaml": HOUSE, "m.yaml": f"meetings:\n{comment}  spring: {{cadence: as needed}}\n"}
    assert "meeting/no-purpose" not in taken(texts)
    stale = run(with_baseline(texts, taken(meetings("spring"))), "meeting", "waiver")
    assert [rule for rule, _ in told(stale)] == [STALE], "else it would go on when the waiver ends"
    stale = run(with_baseline(texts, taken(meetings("spring"), "meeting/no-purpose")), "meeting/no-purpose", "waiver")
    assert told(stale) == [(STALE, "what is accepted here is accepted by a waiver now")]
    ((waiver, said),) = stale.findings[0].related
    assert (waiver.path, waiver.line, said) == ("m.yaml", 2, "it is accepted here now")


def test_a_waiver_for_one_of_many() -> None:
    text = taken(meetings(*NAMES), "meeting/no-purpose")
    waiver = "waive: [{rule: meeting/no-purpose, for: spring, reason: its name says it}]\n"
    texts = {**meetings(*NAMES), "coordlint.yaml": HOUSE + waiver}
    (stale,) = run(with_baseline(texts, text), "meeting/no-purpose", "waiver").findings
    assert stale.message == "of 6 that are accepted here, 5 still need it: 1 is accepted by a waiver now"
    assert stale.tip == "`coordlint baseline --prune` takes out the one that needs it no longer"


# --- counts ---


def alike(number: int) -> dict[str, str]:
    """So many findings that are alike to the last word: one name that nobody bears, in one list."""
    names = ", ".join(["nobody-there"] * number)
    return {"coordlint.yaml": HOUSE, "m.yaml": f"records:\n  log: {{keeps: What was said, read_by: [{names}]}}\n"}


def test_those_alike_have_one_entry_and_a_count() -> None:
    (entry,) = [each for each in entries(taken(alike(3))) if each.rule == "reference/unresolved"]
    assert entry.alike == 3
    assert "    count: 3\n" in taken(alike(3))
    assert "count:" not in taken(alike(1))
    assert entry.fingerprint in taken(alike(1)), "it is the fingerprint of the first"


@pytest.mark.parametrize(("before", "now", "left"), [(3, 3, []), (1, 3, [2]), (3, 1, ["stale"]), (2, 3, [1])])
def test_what_is_found_more_often_counts_and_what_is_found_less_often_is_stale(
    before: int, now: int, left: list[object]
) -> None:
    found = run(with_baseline(alike(now), taken(alike(before))), "reference/unresolved", "waiver")
    if left == ["stale"]:
        assert told(found) == [(STALE, "of 3 that are accepted here, 1 is still found")]
        assert "count:" not in pruned(with_baseline(alike(now), taken(alike(before))))
    else:
        assert len(found.findings) == sum(number for number in left if isinstance(number, int))
        assert STALE not in dict(told(found))


# --- what is said once for all of a kind ---


def test_what_is_said_once_is_one_entry_that_names_them() -> None:
    (entry,) = [each for each in entries(taken(meetings(*NAMES))) if each.rule == "meeting/no-purpose"]
    assert (entry.where, entry.of) == ("meetings", tuple(sorted(NAMES)))
    assert entry.says == "6 meetings have neither a purpose nor a forum with a charter"


def test_one_more_of_a_kind_is_told_alone() -> None:
    text = taken(meetings(*NAMES))
    found = run(with_baseline(meetings("april", *NAMES), text), "meeting/no-purpose", "waiver")
    assert told(found) == [("meeting/no-purpose", "meeting `april` does not say what it is for")]
    assert [(each.times, each.message) for each in found.waived] == [
        (6, "6 meetings have neither a purpose nor a forum with a charter")
    ]
    again = entries(taken(with_baseline(meetings("april", *NAMES), text)))
    assert [each.of for each in again if each.rule == "meeting/no-purpose"] == [("april", *sorted(NAMES))]


def test_the_first_that_is_mended_makes_no_other_new() -> None:
    text = taken(meetings(*NAMES))
    mended = meetings(*NAMES[1:], more="  spring: {purpose: Say which seeds we sow this year, cadence: as needed}\n")
    found = run(with_baseline(mended, text), "meeting/no-purpose", "waiver")
    assert told(found) == [(STALE, "of 6 that are accepted here, 5 are still found")]
    assert found.findings[0].tip == "`coordlint baseline --prune` takes out the one that is no longer found"
    assert len(found.waived) == 5
    after = with_baseline(mended, pruned(with_baseline(mended, text)))
    (entry,) = [each for each in entries(after[BASELINE_FILE]) if each.rule == "meeting/no-purpose"]
    assert (entry.of, entry.says[:15]) == (tuple(sorted(NAMES[1:])), "5 meetings have")
    assert told(run(after, "meeting/no-purpose", "waiver")) == []


def test_those_told_alone_stay_accepted_when_they_become_so_many_that_it_is_said_once() -> None:
    text = taken(meetings(*NAMES[:4]))
    found = run(with_baseline(meetings(*NAMES[:5]), text), "meeting/no-purpose", "waiver")
    assert told(found) == [("meeting/no-purpose", f"meeting `{NAMES[4]}` does not say what it is for")]


# --- stale ---


def test_what_no_longer_occurs_is_told_once_at_the_first_of_them() -> None:
    text = taken(meetings("autumn", "spring"))
    found = run(with_baseline(meetings("spring"), text))
    (finding,) = found.findings
    gone = [number for number, entry in enumerate(entries(text)) if entry.where == "meeting/autumn"]
    assert (finding.rule, finding.span.path, finding.severity.word) == (STALE, BASELINE_FILE, "error")
    assert finding.message == f"{len(gone)} entries accept what is no longer found; this is the first"
    assert finding.tip == "`coordlint baseline --prune` takes out what need not be there"
    assert len(finding.related) == min(3, len(gone) - 1)
    after = with_baseline(meetings("spring"), pruned(with_baseline(meetings("spring"), text)))
    assert "autumn" not in after[BASELINE_FILE]
    assert told(run(after)) == []


def test_pruning_adds_nothing() -> None:
    text = taken(meetings("spring"))
    texts = with_baseline(meetings("spring", "summer"), text)
    assert pruned(texts) == text


def test_of_a_rule_that_did_not_run_nothing_is_known() -> None:
    text = taken(meetings("autumn", "spring"), preset="strict")
    for select in (("decision",), ("meeting/no-agenda",)):
        found = run(with_baseline(meetings("spring"), text), *select, "waiver")
        assert {entry.rule for entry in entries(pruned(with_baseline(meetings("spring"), text), *select))}
        assert all(each.rule == STALE and select != ("decision",) for each in found.findings)
    off = {**meetings("spring"), "coordlint.yaml": HOUSE + "rules: {meeting/no-purpose: off}\n"}
    assert "meeting/no-purpose" in pruned(with_baseline(off, text))


def test_while_something_new_cannot_be_read_nothing_is_stale() -> None:
    text = taken(meetings("autumn", "spring"))
    for broken in ("roles: [\n", "roles: {a: {held_bi: b}}\n", "meetings:\n  autumn: {cadence: never}\n"):
        texts = with_baseline({**meetings("spring"), "broken.yaml": broken}, text)
        assert STALE not in dict(told(run(texts)))
        assert pruned(texts) == text


def test_what_something_else_explains_today_is_not_stale() -> None:
    """When that is mended, it is found again, and is nothing new."""
    forum = {"f.yaml": "forums:\n  board: {members: [ext/a, ext/b], decider: ext/a}\n"}
    text = taken({**meetings("spring"), **forum})
    led = {**meetings(more="  spring: {cadence: as needed, forum: board}\n"), **forum}
    found = run(with_baseline(led, text), "meeting/no-purpose", "forum/no-charter", "waiver")
    assert "meeting/no-purpose" not in [each.rule for each in (*found.findings, *found.waived)]
    assert STALE not in dict(told(found))
    again = entries(taken(with_baseline(led, text), "meeting/no-purpose", "forum/no-charter"))
    assert "meeting/no-purpose" in {each.rule for each in again}


def test_a_rule_that_is_no_more_finds_nothing_more() -> None:
    entry = Entry("meeting/no-snacks", "meeting/spring", "`spring` has no snacks", "0" * 32)
    plugin = Entry("snacks/none", "meeting/spring", "`spring` has no snacks", "1" * 32)
    text = write([*entries(taken(meetings("spring"))), entry, plugin])
    assert [rule for rule, _ in told(run(with_baseline(meetings("spring"), text)))] == [STALE]
    left = {each.rule for each in entries(pruned(with_baseline(meetings("spring"), text)))}
    assert "meeting/no-snacks" not in left
    assert "snacks/none" in left, "a plugin that is not here today may find it tomorrow"


def test_stale_is_told_as_severe_as_the_house_wants() -> None:
    texts = with_baseline(meetings("spring"), taken(meetings("autumn", "spring")))
    for level, expected in (("off", []), ("info", ["info"])):
        house = f"{HOUSE}rules: {{{STALE}: {level}}}\n"
        assert [each.severity.word for each in run({**texts, "coordlint.yaml": house}).findings] == expected


# --- reasons ---


def with_reason(text: str, rule: str, reason: str) -> str:
    head, found, rest = text.partition(f"  - rule: {rule}\n")
    line, _, rest = rest.partition("    fingerprint")
    return f"{head}{found}{line}    reason: {reason}\n    fingerprint{rest}"


def test_reasons_are_kept_whatever_changes_around_them() -> None:
    text = with_reason(taken(meetings("spring")), "meeting/no-purpose", "the new lead writes it in May")
    found = run(with_baseline(meetings("spring"), text), "meeting/no-purpose")
    assert [each.accepted.reason for each in found.waived if each.accepted] == ["the new lead writes it in May"]
    for texts in (meetings("spring"), meetings("spring", "summer"), meetings("a", "spring", "z")):
        again = entries(taken(with_baseline(texts, text)))
        assert [each.where for each in again if each.reason] == ["meeting/spring"]
        assert "the new lead writes it in May" in pruned(with_baseline(texts, text))


def test_what_is_renamed_keeps_its_entry_and_its_reason() -> None:
    text = with_reason(taken(meetings("spring")), "meeting/no-purpose", "the new lead writes it in May")
    for was in ("[spring]", "[spring, march]"):
        renamed = meetings(more=f"  april: {{was: {was}, cadence: as needed}}\n")
        found = run(with_baseline(renamed, text))
        assert found.findings == ()
        (entry,) = [each for each in entries(taken(with_baseline(renamed, text))) if each.reason]
        assert (entry.rule, entry.where) == ("meeting/no-purpose", "meeting/april")
        assert "the new lead writes it in May" in pruned(with_baseline(renamed, text))
        again = with_baseline(renamed, taken(with_baseline(renamed, text)))
        assert run(again).findings == ()
    # Where another bears the name now, that one is what was accepted.
    both = meetings("spring", more="  april: {was: [spring], cadence: as needed}\n")
    found = run(with_baseline(both, text), "meeting/no-purpose", "waiver")
    assert [each.id for each in found.findings] == ["april"]


def test_one_of_many_is_renamed() -> None:
    text = taken(meetings(*NAMES))
    renamed = meetings(*NAMES[1:], more="  april: {was: spring, cadence: as needed}\n")
    found = run(with_baseline(renamed, text), "meeting/no-purpose", "waiver")
    assert (told(found), found.waived[0].times) == ([], 6)
    again = entries(taken(with_baseline(renamed, text)))
    assert [each.of for each in again if each.rule == "meeting/no-purpose"] == [("april", *sorted(NAMES[1:]))]


def test_reasons_go_along_when_it_is_said_once_and_back() -> None:
    text = with_reason(taken(meetings(*NAMES)), "meeting/no-purpose", "they are seasons")
    mended = meetings(*NAMES[1:], more="  spring: {purpose: Say which seeds we sow this year, cadence: as needed}\n")
    alone = taken(with_baseline(mended, text))
    reasons = [each.reason for each in entries(alone) if each.rule == "meeting/no-purpose"]
    assert reasons == ["they are seasons"] * 5
    together = entries(taken(with_baseline(meetings(*NAMES), alone)))
    assert [each.reason for each in together if each.rule == "meeting/no-purpose"] == ["they are seasons"]


# --- what is no baseline ---

ENTRY = "  - rule: meeting/no-purpose\n    fingerprint: 0123456789abcdef0123456789abcdef\n"
GOOD = f"version: 1\nfindings:\n{ENTRY}"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "this is no baseline"),
        ("- a\n", 1, "this is no baseline"),
        (f"{GOOD}---\n{GOOD}", 1, "this is no baseline"),
        ("findings: []\n", 1, "a baseline says its `version`; write `version: 1`, or delete the file"),
        (
            "version: 2\nfindings: {}\n",
            1,
            "this coordlint reads version 1, and not `2`; use the coordlint that wrote it",
        ),
        ("version: true\nfindings: []\n", 1, "reads version 1"),
        ('version: "1"\nfindings: []\n', 1, "write `version: 1`, without quotes"),
        ("version: 1\n", 1, "`findings` must be a list"),
        ("version: 1\nfindings: {}\n", 2, "`findings` must be a list"),
        ("version: 1\nfindings:\n  - meeting/no-purpose\n", 3, "an entry must say its `rule` and `fingerprint`"),
        (f"{GOOD}    reson: later\n", 5, "`reson` cannot stand in an entry; did you mean `reason`?"),
        (f"{GOOD}    owner: later\n", 5, "`owner` cannot stand in an entry; take the line out"),
        (f"{GOOD}    until: 2026-12-31\n", 5, "take the line out: a last day needs `coordlint waive`"),
        (f"{GOOD}    count: 0\n", 5, "`count` must be a whole number from 1 on, and not `0`"),
        (f"{GOOD}    count: many\n", 5, "`count` must be a whole number"),
        (f"{GOOD}    count: true\n", 5, "`count` must be a whole number"),
        (f"{GOOD}    reason: 3\n", 5, "`reason` must be a text, and not `3`; write it in quotes"),
        (f"{GOOD}    says: [a]\n", 5, "`says` must be a text"),
        (f"{GOOD}    of: a\n", 5, "`of` must be a list of ids"),
        (f"{GOOD}    of: [a]\n    count: 2\n", 6, "an entry with `of` has no `count`"),
        (GOOD.replace("0123456789abcdef0", "xyz"), 4, "is no fingerprint"),
        (GOOD.replace("    fingerprint: 0123456789abcdef0123456789abcdef\n", ""), 3, "this entry has no `fingerprint`"),
        ("version: 1\nfindings:\n  - fingerprint: 0123456789abcdef0123456789abcdef\n", 3, "has no `rule`"),
        (f"{GOOD}{ENTRY}", 5, "this entry stands on line 3 already, with the same fingerprint; keep one"),
        (f"{GOOD}extra: 1\n", 5, "a baseline has no `extra`"),
        (f"{GOOD}<<<<<<< ours\n{ENTRY}=======\n>>>>>>> theirs\n", 5, "take either side whole"),
        ("version: 1\nfindings: [\n", 3, "a value was expected here"),
        ("version: 1\nfindings: &a []\n", 2, "anchor"),
        (f"{GOOD}    reason: see #12, or ask # anna\n", 5, ""),
    ],
)
def test_what_was_not_written_so_is_one_sentence(text: str, line: int, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        run(with_baseline(meetings("spring"), text or "\n"))
    assert str(refused.value).startswith(f"{BASELINE_FILE}:{line}: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "- rule: meeting/no-purpose",
            "- rule: meeting/no-agenda",
            "5: this entry is of the rule `meeting/no-purpose`",
        ),
        ("where: meetings", "where: meeting/snow", "6: this entry is about `meetings`; write that as its `where`"),
        ("    where: meetings\n", "", "5: this entry is about `meetings`"),
        ("    of: [autumn, rain, snow, spring, summer, winter]\n", "", "5: this entry is about all that it is `of`"),
    ],
)
def test_what_says_something_else_than_what_it_accepts_is_one_sentence(old: str, new: str, said: str) -> None:
    text = taken(meetings(*NAMES), "meeting/no-purpose")
    assert old in text
    with pytest.raises(UsageError) as refused:
        run(with_baseline(meetings(*NAMES), text.replace(old, new)))
    assert str(refused.value).startswith(f"{BASELINE_FILE}:{said}")
    assert str(refused.value).endswith("delete the entry and run `coordlint baseline`")


def test_what_moves_and_what_is_said_may_differ() -> None:
    """A message may be worded anew by a later coordlint; where something is declared was never part of it."""
    for texts, moved in (
        (meetings("spring"), "m.yaml"),
        ({"coordlint.yaml": HOUSE, "b.yaml": "roels: {}\n"}, "b.yaml"),
    ):
        text = taken(texts)
        assert "says: " in text
        assert told(run(with_baseline(texts, text.replace("says: ", "says: long ago, ")))) == []
        assert taken(with_baseline(texts, text.replace("says: ", "says: long ago, "))) == text
        elsewhere = {"z.yaml" if path == moved else path: held for path, held in texts.items()}
        assert told(run(with_baseline(elsewhere, text))) == []


def test_every_way_to_write_an_entry_is_read() -> None:
    text = f'findings:\n- {{fingerprint: "{"0123456789abcdef" * 2}", rule: a/b, reason: }}\nversion: 1\n'
    assert entries(text) == (Entry("a/b", "", "", "0123456789abcdef" * 2),)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (GOOD + text).encode("utf-8", "replace")))
def test_any_bytes_are_a_baseline_or_one_sentence(content: bytes) -> None:
    with contextlib.suppress(UsageError):
        read(document(BASELINE_FILE, content), BASELINE_FILE)


def test_drawn_organisations_say_enough() -> None:
    """Else little would be known of what a baseline accepts."""
    assert "preset: strict" in DRAWN
    assert len(entries(taken(in_one_file(draw(0))))) > 20
