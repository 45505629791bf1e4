"""What is mended: its finding is gone, nothing else is touched, and a second time changes nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from difflib import ndiff

import pytest
from example_kit import DAY, DECLARING, TEXTS, Slip, slips
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml_kit import mutated, realistic

from coordlint.config import Asked
from coordlint.finding import Finding
from coordlint.fixing import Fixed, fix
from coordlint.testing import InMemory

FIXABLE = {
    "reference/unresolved", "reference/one-sided", "shape/unknown-key", "shape/bad-value", "waiver/unused",
    "yaml/text-eaten",
}  # fmt: skip


def fixed(texts: Mapping[str, str | bytes], asked: Asked = Asked()) -> tuple[Fixed, dict[str, bytes], list[Finding]]:  # noqa: B008
    """What mends these texts, the texts afterwards, and what is found in them then."""
    workspace = InMemory(texts)
    found = fix(workspace, asked, DAY)
    after = dict(workspace.overlay)
    return found, after, list(InMemory(after).run(asked, DAY).findings)


def lines_changed(old: str, new: str) -> list[str]:
    return [line for line in ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


WRITTEN = realistic()
SLIPS = [slip for slip in slips() if slip.rule in FIXABLE]


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.what for slip in SLIPS])
def test_a_slip_is_mended_or_left_alone(slip: Slip) -> None:
    texts = slip.texts()
    found, after, left = fixed(texts, Asked(preset=slip.preset))
    if not found.changes:
        assert after == {path: text.encode() for path, text in texts.items()}
        return
    assert [each.rule for each in found.mended] == [slip.rule]
    assert slip.rule not in [each.rule for each in left]
    again, same, _ = fixed(after, Asked(preset=slip.preset))
    assert not again.changes
    assert same == after


def test_what_is_misspelt_is_written_as_it_was() -> None:
    mended = 0
    for slip in SLIPS:
        found, after, _ = fixed(slip.texts(), Asked(preset=slip.preset))
        if found.changes and slip.rule in ("reference/unresolved", "shape/unknown-key"):
            mended += 1
            assert after == {path: text.encode() for path, text in TEXTS.items()}, slip.what
    assert mended >= 8


def org(**more: str) -> dict[str, str]:
    """A small organisation; `more` are texts of files."""
    base = """\
roles:
  cfo: {held_by: ext/kim}
  head-of-sales: {held_by: ext/sam}
forums:
  deal-desk:
    charter: Decides every deal that needs an exception from the price list.
    chair: head-of-sales
    deputy: cfo
    decides: payment-terms   # and no more
decision_rights:
  payment-terms: {question: May this customer pay later?, decider: head-of-sales, decided_in: deal-desk}
"""
    house = "organisation: Acme\nedition: '2026'\npreset: correctness\n"
    return {"coordlint.yaml": house, "a.yaml": base} | {f"{name}.yaml": text for name, text in more.items()}


def mended(text: str, **options: str) -> str:
    found, after, _ = fixed(org(b=text), Asked(preset=options.get("preset", "")))
    assert all(path in ("a.yaml", "b.yaml") for path in found.changes)
    return after["b.yaml"].decode()


MENDED = {
    "a key": ("meetings:\n  m: {purpose: x y, chiar: cfo, cadence: as needed}\n", "chiar", "chair"),
    "a key in quotes": ("meetings:\n  m:\n    'chiar': cfo\n    cadence: as needed\n", "chiar", "chair"),
    "a collection": ("meeting:\n  m: {chair: cfo, cadence: as needed}\n", "meeting:", "meetings:"),
    "a word of a list": ("meetings:\n  m: {chair: cfo, cadence: as needed, type: decison}\n", "decison", "decision"),
    "a word in capitals": (
        "meetings:\n  m: {chair: cfo, cadence: as needed, type: Decision}\n",
        "Decision",
        "decision",
    ),
    "yes for true": (
        "decision_rights:\n  d: {question: May we?, decider: cfo, asynchronous: yes}\n",
        "asynchronous: yes",
        "asynchronous: true",
    ),
    "a name": ("meetings:\n  m: {chair: cffo, cadence: as needed}  # by hand\n", "cffo", "cfo"),
    "a name with its kind": ("meetings:\n  m: {chair: role/cffo, cadence: as needed}\n", "role/cffo", "role/cfo"),
    "a name in a list": (
        "meetings:\n  m:\n    attendees: [head-of-slaes, cfo]\n    cadence: as needed\n",
        "slaes",
        "sales",
    ),
    "a weekday": ("meetings:\n  m: {chair: cfo, cadence: {every: week, day: teu}}\n", "teu", "tue"),
    "a weekday in a list": ("meetings:\n  m: {chair: cfo, cadence: {every: week, day: [mon, Wedn]}}\n", "Wedn", "wed"),
    "a rhythm": ("meetings:\n  m: {chair: cfo, cadence: {every: wek, day: tue}}\n", "wek", "week"),
    "a rhythm in capitals": ("meetings:\n  m: {chair: cfo, cadence: {every: Week, day: tue}}\n", "Week", "week"),
    "a key of a cadence": ("meetings:\n  m: {chair: cfo, cadence: {evry: week}}\n", "evry", "every"),
    "a number where a text stands": ("teams:\n  t: {name: 007, purpose: x y, lead: cfo}\n", "007", '"007"'),
}


@pytest.mark.parametrize(("text", "wrong", "right"), MENDED.values(), ids=MENDED)
def test_it_is_mended_where_it_stands(text: str, wrong: str, right: str) -> None:
    assert mended(text) == text.replace(wrong, right)


LEFT = {
    "a name that may be one of two": (
        "roles:\n  cto: {held_by: ext/lee}\nmeetings:\n  m: {chair: cxo, cadence: as needed}\n"
    ),
    "a key whose right name stands beside it": "meetings:\n  m: {chair: cfo, chiar: cfo, cadence: as needed}\n",
    "a key that makes another mistake visible": "meetings:\n  m: {chiar: nobody-at-all, cadence: as needed}\n",
    "a name that stands twice, whose declaration is misspelt": (
        "records:\n  company-deciisons: {keeps: x y, owner: cfo}\n"
        "meetings:\n  m: {chair: cfo, cadence: as needed, record: company-decisions}\n"
        "  n: {chair: cfo, cadence: as needed, record: company-decisions}\n"
    ),
    "a name whose declaration is misspelt, so that nobody names it": (
        "records:\n  company-deciisons: {keeps: x y, owner: cfo}\n"
        "meetings:\n  m: {chair: cfo, cadence: as needed, record: company-decisions}\n"
    ),
    "a name of another year": (
        "records:\n  plan-2026: {keeps: x y, owner: cfo}\n"
        "meetings:\n  m: {chair: cfo, cadence: as needed, record: plan-2026}\n"
        "  n: {chair: cfo, cadence: as needed, record: plan-2027}\n"
    ),
    "a name of somebody else": (
        "people:\n  li-wei: {name: Li Wei}\nroles:\n  ceo: {held_by: li-wei}\n  cio: {held_by: li-wen}\n"
    ),
    "a name that the list holds already": (
        "meetings:\n  m: {chair: cfo, cadence: as needed, attendees: [cfo, cffo]}\n"
    ),
    "a name that the list holds already, with its kind": (
        "meetings:\n  m: {chair: cfo, cadence: as needed, attendees: [role/cfo, cffo]}\n"
    ),
    "a key with a tag": "terms:\n  t: {!!str menas: a b}\n",
    "a key with an anchor": "terms:\n  t: {&x menas: a b}\n",
    "a name with a tag": "meetings:\n  m: {chair: !!str cffo, cadence: as needed}\n",
    "a word of a list with a tag": "meetings:\n  m: {chair: cfo, cadence: as needed, type: !!str decison}\n",
    "a weekday that may be one of two": "meetings:\n  m: {chair: cfo, cadence: {every: week, day: tuu}}\n",
    "a weekday that the list holds": "meetings:\n  m: {chair: cfo, cadence: {every: week, day: [tue, teu]}}\n",
    "a word of a cadence with another meaning": "meetings:\n  m: {chair: cfo, cadence: {every: fortnight}}\n",
    "a name of something else": "meetings:\n  m: {chair: somebody-else, cadence: as needed}\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_certain_is_left(text: str) -> None:
    assert mended(text) == text


def test_the_other_half_of_a_pair_is_added() -> None:
    rights = "decision_rights:\n  discount: {question: May we?, decider: cfo, decided_in: deal-desk}\n"
    found, after, left = fixed(org(b=rights), Asked(preset="recommended"))
    assert [each.rule for each in found.mended] == ["reference/one-sided"]
    assert after["a.yaml"].decode() == org()["a.yaml"].replace(
        "decides: payment-terms   #", "decides: [payment-terms, discount]   #"
    )
    assert "reference/one-sided" not in [each.rule for each in left]


TWO_FORUMS = """\
decision_rights:
  d: {{question: May we?, decider: cfo, decided_in: fa}}
  x: {{question: Do we?, decider: cfo}}
forums:
  fa: {{charter: Decides on a, chair: cfo, deputy: head-of-sales, decides: {}}}
  fb: {{charter: Decides on b, chair: cfo, deputy: head-of-sales, decides: {}}}
"""


@pytest.mark.parametrize(("first", "second"), [("[x]", "[d]"), ("[]", "[x]")])
def test_what_a_third_claims_or_a_list_denies_as_a_whole_is_left(first: str, second: str) -> None:
    text = TWO_FORUMS.format(first, second)
    assert mended(text, preset="recommended") == text


def test_every_rule_judges_what_was_added(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is selected: a list that claims more may bring a finding of any rule."""
    text = TWO_FORUMS.format("[x]", "[d]")
    monkeypatch.setattr("coordlint.facts.sides._listed", lambda _: frozenset())
    for asked in (Asked(preset="recommended"), Asked(preset="recommended", select=("reference/one-sided",))):
        assert not fixed(org(b=text), asked)[0].changes
    assert fixed(org(b=TWO_FORUMS.format("[x]", "[x]")), Asked(select=("reference/one-sided",)))[0].changes


def test_a_waiver_that_accepts_nothing_is_taken_out() -> None:
    text = "meetings:\n  # coordlint: ignore[reference/cycle] for now\n  m:\n    chair: cfo\n    cadence: as needed\n"
    assert mended(text, preset="recommended") == text.replace("  # coordlint: ignore[reference/cycle] for now\n", "")


def test_of_a_waiver_only_the_rule_is_taken_out_that_accepts_nothing() -> None:
    text = (
        "meetings:\n"
        "  m:\n"
        "    # coordlint: ignore[reference/unresolved, reference/cycle] later\n"
        "    chair: nobody\n"
        "    cadence: as needed\n"
    )
    assert mended(text, preset="recommended") == text.replace(", reference/cycle", "")


def test_a_waiver_of_a_declaration_is_taken_out_with_its_list() -> None:
    text = (
        "meetings:\n"
        "  m:\n"
        "    chair: cfo\n"
        "    waive:\n"
        "      - {rule: reference/cycle, reason: later}\n"
        "    cadence: as needed\n"
    )
    assert mended(text, preset="recommended") == "meetings:\n  m:\n    chair: cfo\n    cadence: as needed\n"


def test_a_remark_behind_a_waiver_stays() -> None:
    text = (
        "meetings:\n"
        "  m:\n"
        "    chair: cfo  # coordlint: ignore[reference/cycle] later  # our only one\n"
        "    cadence: as needed\n"
    )
    assert mended(text, preset="recommended") == text.replace("# coordlint: ignore[reference/cycle] later  ", "")


def test_what_is_waived_is_not_mended() -> None:
    text = (
        "meetings:\n"
        "  m:\n"
        "    chair: cffo  # coordlint: ignore[reference/unresolved] the name changes in May\n"
        "    cadence: as needed\n"
    )
    assert mended(text, preset="recommended") == text


def test_select_and_ignore_hold() -> None:
    text = "meetings:\n  m: {chair: cffo, cadence: as needed, typ: decision}\n"
    shape, _, _ = fixed(org(b=text), Asked(select=("shape/unknown-key",)))
    assert [each.rule for each in shape.mended] == ["shape/unknown-key"]
    none, _, _ = fixed(org(b=text), Asked(ignore=("shape", "reference")))
    assert not none.changes


def test_a_config_that_is_mended_stays_one() -> None:
    texts = org()
    texts["coordlint.yaml"] += "waive:\n  - {rule: reference/cycle, for: cfo, reason: later}\n"
    _, after, left = fixed(texts, Asked(preset="recommended"))
    assert after["coordlint.yaml"].decode() == org()["coordlint.yaml"]
    assert "waiver/unused" not in [each.rule for each in left]


@pytest.mark.parametrize("seed", range(4))
def test_many_slips_at_once_are_mended_in_whatever_way_files_are_written(seed: int) -> None:
    """Every comment and every line without a slip stays, and so do line ends and marks."""
    chance = random.Random(seed)
    texts: dict[str, str | bytes] = dict(TEXTS)
    wrong = chance.sample([slip for slip in SLIPS if slip.rule in ("reference/unresolved", "shape/unknown-key")], 6)
    for slip in wrong:
        for path, old, new in slip.edits:
            texts[path] = str(texts[path]).replace(old, new) if old in str(texts[path]) else texts[path]
    ends = chance.choice(["\r\n", "\n"])
    raw = {path: str(text).replace("\n", ends).encode() for path, text in texts.items()}
    raw = {path: b"\xef\xbb\xbf" + text if path.endswith(".yaml") else text for path, text in raw.items()}
    found, after, left = fixed(raw)
    for path, new in after.items():
        old_lines, new_lines = raw[path].split(b"\n"), new.split(b"\n")
        assert len(old_lines) == len(new_lines)
        differing = sum(one != other for one, other in zip(old_lines, new_lines, strict=True))
        assert differing <= sum(each.edits[0].where.path == path for each in found.mended)
    assert not {each.fingerprint for each in found.mended} & {each.fingerprint for each in left}
    again, _, _ = fixed(after)
    assert not again.changes


FORUM = "forums:\n  f:\n    {}\n    chair: cfo\n"
QUOTED = {
    "behind a colon": ("charter: Decides two things: price and terms.", '"Decides two things: price and terms."'),
    "that begins like a mapping": ("charter: {{batch}} leaves the line", '"{{batch}} leaves the line"'),
    "that begins like an alias": ("charter: *All* teams agree: at once", '"*All* teams agree: at once"'),
    "that begins with a sign": ("charter: @all of us", '"@all of us"'),
    "with quotes in it": ('charter: %20 of us say "no"', "'%20 of us say \"no\"'"),
}


@pytest.mark.parametrize(("written", "quoted"), QUOTED.values(), ids=QUOTED)
def test_a_text_is_quoted(written: str, quoted: str) -> None:
    assert mended(FORUM.format(written)) == FORUM.format(f"charter: {quoted}")


def test_a_text_in_brackets_is_quoted_up_to_the_next_key() -> None:
    text = "forums:\n  f: {charter: Cash, forecast and people, chair: cfo}   # c\n"
    assert mended(text) == text.replace("Cash, forecast and people", '"Cash, forecast and people"')


NOT_QUOTED = {
    "that goes on in the next line": "charter: Decides: price\n      and terms.",
    "with what may be a comment": "charter: Slack #deal-desk",
    "where a mapping was meant": "health: state: on track",
    "where names were meant": "members: cfo, ceo: both",
    "in brackets, where names were meant": "votes: {voters: cfo, ceo}",
    "that may be an alias": "charter: *all",
}


@pytest.mark.parametrize("written", NOT_QUOTED.values(), ids=NOT_QUOTED)
def test_a_text_is_left(written: str) -> None:
    assert mended(FORUM.format(written)) == FORUM.format(written)


def test_a_comparison_is_quoted() -> None:
    text = """\
decision_rights:
  d:
    question: May we?
    decider: cfo
    inputs: {percent: {number: 0 to 100}}
    cases:
      - {when: {percent: > 5}, decider: cfo}
"""
    assert mended(text) == text.replace("> 5", '"> 5"')


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_slipped_nothing_else_is_touched(chance: random.Random) -> None:
    """Of files with slips of the keyboard in them: what is mended is gone, and lines and comments are as many."""
    texts = org(b=mutated(chance.choice(WRITTEN), chance))
    found, after, left = fixed(texts)
    for path, new in after.items():
        old = texts[path].encode()
        assert new.count(b"#") == old.count(b"#")
        assert len(new.split(b"\n")) == len(old.split(b"\n"))
    assert not {each.fingerprint for each in found.mended} & {each.fingerprint for each in left}
    assert not fixed(after)[0].changes


def mistyped(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("aeinrst-0123")
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            word[: at + 1] + word[at:],
        ]
    )


WORD = re.compile(r"(?<![\w-])[a-z][a-z0-9_-]{2,}(?![\w-])")


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 100, 25))
def test_what_is_mended_is_as_it_was_and_no_line_that_was_right_changes(start: int) -> None:
    """Copies of the example with one word of it mistyped, be it a name, where it is declared, a key or a value."""
    restored = 0
    for seed in range(start, start + 25):
        chance = random.Random(seed)
        path = chance.choice(DECLARING)
        lines = TEXTS[path].split("\n")
        words = [(row, word) for row, line in enumerate(lines) for word in WORD.finditer(line.partition(" #")[0])]
        row, word = chance.choice(words)
        lines[row] = lines[row][: word.start()] + mistyped(word[0], chance) + lines[row][word.end() :]
        found, after, _ = fixed({**TEXTS, path: "\n".join(lines)})
        restored += bool(found.changes)
        assert not found.changes or after == {name: text.encode() for name, text in TEXTS.items()}, (seed, word[0])
    assert restored > 2


ODD = {
    "several documents": (
        "meetings:\n  a: {cadence: as needed, chair: cfo}\n---\nmeetings:\n  m: {cadence: as needed, chair: cffo}\n"
    ),
    "brackets over several lines": "meetings:\n  m: {\n    cadence: as needed,   # x\n    chair:\n      cffo,\n  }\n",
    "comments between items": (
        "meetings:\n  m:\n    cadence: as needed\n    attendees:\n      # a\n"
        "      - head-of-sales\n      # b\n      - cffo # c\n      # d\n"
    ),
    "a second key of one name": (
        "meetings:\n  m: {cadence: as needed, chair: cffo}\nterms:\n  t: {means: a b, means: c d}\n"
    ),
    "tabs": "meetings:\n  m: {cadence: as needed,\tchair: cffo}\t# x\n",
    "an alias elsewhere": "meetings:\n  m: {cadence: as needed, chair: cffo}\nterms:\n  t: &x {means: a b}\n  u: *x\n",
    "a slip of YAML elsewhere": (
        "meetings:\n  m: {cadence: as needed, chair: cfo, attendes: cfo}\nterms:\n"
        "  t: {means: [a b}\n  u:\n    means: c d\n"
    ),
    "quotes": "meetings:\n  m: {cadence: as needed, 'chair': \"cffo\"}\n",
    "letters of any script": "meetings:\n  m: {name: Größe 会議 😀, cadence: as needed, chair: cffo}   # ünlü\n",
    "no end of the last line": "meetings:\n  m:\n    cadence: as needed\n    chair: cffo",
    "a mark at the start": "\ufeffmeetings:\n  m: {cadence: as needed, chair: cffo}\n",
    "line ends of another system": "meetings:\r\n  m: {cadence: as needed, chair: cffo}   # x\r\n",
    "line ends of an old system": "meetings:\r  m: {cadence: as needed, chair: cffo}\r",
    "line ends of two systems": "meetings:\r\n  m:\n    cadence: as needed\r\n    chair: cffo\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_files_may_be_written_in_any_way(text: str) -> None:
    _, after, _ = fixed(org(b=text))
    assert after["b.yaml"].decode() == text.replace("cffo", "cfo").replace("attendes", "attendees")


def test_two_that_meet_in_one_list_are_mended_one_after_the_other() -> None:
    """One value becomes a list of two, and that a list of three; what is claimed twice is added once."""
    rights = """\
decision_rights:
  discount: {question: May we?, decider: cfo, decided_in: deal-desk}
  refund: {question: Do we pay back?, decider: cfo, decided_in: deal-desk}
"""
    found, after, _ = fixed(org(b=rights), Asked(preset="recommended"))
    assert [each.rule for each in found.mended] == ["reference/one-sided"] * 2
    assert "decides: [payment-terms, discount, refund]   # and no more" in after["a.yaml"].decode()


def test_what_cannot_be_mended_stops_nothing_else() -> None:
    """A name in a text of several lines is refused, and those beside it are mended."""
    text = "meetings:\n  m:\n    cadence: as needed\n    chair: >-\n      cffo\n    attendees: [ccfo, head-of-slaes]\n"
    assert mended(text) == text.replace("[ccfo, head-of-slaes]", "[cfo, head-of-sales]")
