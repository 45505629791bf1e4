"""The word that was probably meant, against a definition that is slow and plain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from cli_kit import call, organisation
from hypothesis import given
from hypothesis import strategies as st

from coordlint.nearest import nearest

WORDS = st.text("abcd-", max_size=9)


def slips(one: str, other: str) -> int:
    """Optimal string alignment distance by its recursion."""

    @cache
    def of(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        best = min(of(i - 1, j) + 1, of(i, j - 1) + 1, of(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            best = min(best, of(i - 2, j - 2) + 1)
        return best

    return of(len(one), len(other))


@given(WORDS, st.lists(WORDS, max_size=8))
def test_it_is_the_first_of_those_with_fewest_slips(word: str, among: list[str]) -> None:
    most = min(2, (len(word) - 1) // 2)
    near = sorted((slips(word, known), known) for known in among if known != word)
    expected = near[0][1] if near and near[0][0] <= most else ""
    assert nearest(word, among) == expected


def test_a_swap_is_one_slip_and_capitals_do_not_count() -> None:
    assert nearest("eng-laed", ["eng-lead", "sales-lead"]) == "eng-lead"
    assert nearest("Europe/berlin", ["Europe/Berlin", "Europe/Dublin"]) == "Europe/Berlin"
    assert nearest("hr", ["pr", "it"]) == "", "half of a word is no slip"


def test_no_message_ends_a_question_twice() -> None:
    sources = Path(__file__).parent.parent / "coordlint"
    assert [path for path in sources.rglob("*.py") if "?;" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "--select", "meting"), "is called `meting`; did you mean `meeting`? `coordlint rules` lists them"),
        (("check", "--select", "nothing-near"), "is called `nothing-near`; `coordlint rules` lists them"),
        (("check", "--select", "acme/x"), "; rules of a plugin are known only with `--plugins`; `coordlint rules`"),
    ],
)
def test_what_was_meant_is_one_question(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in call(*words, cwd=organisation(tmp_path)).err
