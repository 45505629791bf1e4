"""Names that may be taken for each other, and those that nobody mixes up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from org_kit import org_of
from pace import clock

from coordlint.facts.alike import look_alike
from coordlint.model.kinds import Team
from coordlint.model.org import Org

# Every two of these are one name with a slip in it; none begins with the slip.
LONG = "abcdefgh"


def teams(*names: str) -> Org:
    declared = "".join(f'  t{number}: {{name: "{name}"}}\n' for number, name in enumerate(names))
    return org_of(f"teams:\n{declared}")


def alike(*names: str, shortest: int = 8, most: int = 2) -> list[tuple[str, str]]:
    found = look_alike(teams(*names).active(Team), shortest, most)
    return [(one.title, other.title) for one, other in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contacts board", "Contracts board"),
        ("Change list", "Charge list"),
        ("Platform", "Platfrom"),
        ("Consolidation", "Konsolidation"),
        ("Hand book", "Handbook"),
        ("Launch plan", "Launch plans"),
        ("Deal-desk B", "deal desk b"),
        ("Documentation", "Documentation"),
        ("Analysis of orders", "Analyses of orders"),
    ],
)
def test_what_is_mixed_up(one: str, other: str) -> None:
    same_beginning = one[:3].casefold() == other[:3].casefold()
    assert alike(one, other) == ([(one, other)] if same_beginning else [])
    assert alike(one, other, shortest=100) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Import desk", "Export desk"),
        ("Onboarding", "Offboarding"),
        ("Internal news", "External news"),
        ("Plant north", "Plant south"),
        ("Operations EU", "Operations US"),
        ("Planning 2025", "Planning 2026"),
        ("Region Bern", "Region Berg"),
        ("Team", "Teams"),
        ("Operations I", "Operations II"),
        ("Sorting lane", "Sorting line"),
        ("Abcde fghij", "Abcdx fghix"),
    ],
)
def test_what_is_told_apart(one: str, other: str) -> None:
    assert alike(one, other) == []


def test_a_label_and_a_scheme_are_no_names() -> None:
    assert alike("Documentation", "Documentation", "Documentation") == []
    assert alike(*(f"Store stra{letter}e" for letter in "abcdefghijklmnopqrstu")) == []
    assert len(alike(*(f"Store stra{letter}e" for letter in "abc"))) == 2


@given(st.lists(st.integers(3, 7), min_size=1, max_size=2), st.sampled_from("xyz"))
def test_so_many_slips_as_are_allowed(places: list[int], letter: str) -> None:
    other = "".join(letter if place in places else each for place, each in enumerate(LONG))
    slips = len(set(places))
    assert bool(alike(LONG, other)) == (slips <= 2)
    assert bool(alike(LONG, other, most=1)) == (slips <= 1)
    assert alike(LONG, other, most=0) == []


def test_many_names_take_little_time() -> None:
    """A line of names that differ in one word, in groups of all sizes, is not compared with itself."""
    names = [
        f"Part {number % 97} of assembly {chr(97 + number % 26)}{chr(97 + number // 26 % 26)}"
        for number in range(3_000)
    ]
    org = teams(*names)
    with clock() as spent:
        list(look_alike(org.active(Team), 8, 2))
    assert spent.seconds < 1
