"""What people wrote for people: where it stands, which words it marks, and which phrases stand in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of
from pace import clock

from coordlint.facts.prose import words_in
from coordlint.facts.texts import beginnings, find, marked, phrases, prose, stem

TEXT = """
people: {hull: {name: Ada Hull, description: Paints.}}
teams:
  yard: {name: The yard, purpose: Builds hulls., tags: [steel], works_with: {team: dock, because: It floats.}}
  dock: {lead: ext/a, owns: [Two cranes], was: old-dock, produces: [hull-list, A hull], status: trial}
  gone: {purpose: Was closed., status: ended}
records:
  hull-list: {keeps: [not a text]}
forums:
  board: {charter: ./charters/board.md}
roles:
  foreman: {purpose: Watches over the yard.}
  night-foreman: {like: foreman}
handoffs:
  hull-to-dock:
    delivers: [hull-list, A hull that floats]
    from: yard
    steps: [{do: Paint it}, {do: Name it, because: A hull needs a name.}]
meetings:
  morning: {agenda: "https://example.org/agenda", cadence: as needed, outputs: A list}
log:
  - {cancelled: morning, date: 2026-05-05, because: It rained.}
"""


def test_every_text_of_what_is_in_force_is_found_once_with_its_place() -> None:
    found = [(each.speaker.id, each.way, each.text) for each in prose(org_of(TEXT))]
    assert [each for each in found if each[0]] == [
        ("hull", ("description",), "Paints."),
        ("foreman", ("purpose",), "Watches over the yard."),
        ("dock", ("owns", 0), "Two cranes"),
        ("dock", ("produces", 1), "A hull"),
        ("yard", ("name",), "The yard"),
        ("yard", ("purpose",), "Builds hulls."),
        ("yard", ("works_with", "because"), "It floats."),
        ("board", ("charter",), "./charters/board.md"),
        ("morning", ("outputs",), "A list"),
        ("hull-to-dock", ("delivers", 1), "A hull that floats"),
        ("hull-to-dock", ("steps", 0, "do"), "Paint it"),
        ("hull-to-dock", ("steps", 1, "do"), "Name it"),
        ("hull-to-dock", ("steps", 1, "because"), "A hull needs a name."),
    ]


def test_only_texts_that_hold_something_are_asked_for() -> None:
    assert [each.text for each in prose(org_of(TEXT), "hull")] == [
        *("A hull", "Builds hulls.", "A hull that floats", "A hull needs a name.")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A {{frozen build}} and {{ batch }}", ["frozen build", "batch"]),
        ("{{}} {{ }} {one} {{two", []),
        ("`{{code}}` ``{{ ` }}`` {{word}}", ["word"]),
        ("```\n{{code}}\n``` {{word}} ```\n{{open", ["word"]),
        ("` {{word}}", ["word"]),
        ("{{a{{word}}}}", ["word"]),
    ],
)
def test_marked_words(text: str, words: list[str]) -> None:
    assert list(marked(text)) == words


PHRASES = phrases([("launch day", 1), ("launch day parade", 2), ("pilot", 3), ("pilots", 4), ("", 5)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The launch day is near", [("launch day", 1)]),
        ("Launch  Days, PILOT", [("Launch Days", 1), ("PILOT", 3)]),
        ("The launch-day parade", [("launch-day parade", 2)]),
        ("launch\nday launch day", [("launch day", 1), ("launch day", 1)]),
        ("launch of the day, prelaunch day, autopilot", []),
        ('They say "launch day", or “pilot”, or «pilot».', []),
        ("`pilot` ./pilot/a https://example.org/pilot [pilot](./pilot) (pilot)", [("pilot", 3), ("pilot", 3)]),
        ("{{pilot}}", [("pilot", 3)]),
    ],
)
def test_phrases_in_a_text(text: str, found: list[tuple[str, int]]) -> None:
    assert list(find(text, PHRASES)) == found


WORDS = st.lists(st.sampled_from(["a", "b", "cs", "c", "D"]), max_size=8).map(" ".join)


@given(WORDS, st.lists(WORDS, max_size=5))
def test_a_phrase_is_found_where_its_words_stand_in_a_row(text: str, sought: list[str]) -> None:
    """By hand: at each word the longest phrase that begins there, and on after it."""
    said = stem(text).split()
    known = [stem(each).split() for each in sought if each]
    by_hand, index = [], 0
    while index < len(said):
        here = [each for each in known if said[index : index + len(each)] == each]
        longest = max(map(len, here), default=0)
        by_hand += [" ".join(text.split()[index : index + longest])] if longest else []
        index += longest or 1
    assert [word for word, _ in find(text, phrases((each, True) for each in sought))] == by_hand
    if by_hand:
        assert not beginnings(map(" ".join, known)).isdisjoint(words_in(text))


@pytest.mark.parametrize("piece", ["{{ ", "`", "``` ", "](", "a:/", "`a``b", '"'])
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    with clock() as spent:
        assert list(marked(text)) == []
        assert list(find(text, PHRASES)) == []
    assert spent.seconds < 2
