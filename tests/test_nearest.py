"""The word that was probably meant, against a definition that is slow and plain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from cli_kit import call, organisation
from hypothesis import given
from hypothesis import strategies as st

from coordlint.nearest import is_slip, nearest

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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("head-of-slaes", "head-of-sales"), ("cffo", "cfo"), ("comittee", "committee"), ("launch-leda", "launch-lead"),
        ("engineering-changes", "engineering-change"), ("forcast", "forecast"), ("launch-coundil", "launch-council"),
    ],
)  # fmt: skip
def test_a_slip_of_the_keyboard(written: str, meant: str) -> None:
    assert is_slip(written, meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("plan-2027", "plan-2026"), ("q3-lead", "q2-lead"), ("plan-206", "plan-2026"), ("plan-2062", "plan-2026"),
        ("sales-lead-west", "sales-lead-east"), ("li-wen", "li-wei"), ("cto", "cfo"), ("us-sales", "usa-sales"),
        ("arketing", "marketing"), ("larketing", "marketing"), ("launch-counsel", "launch-council"), ("hr", "hrs"),
        ("team-b", "team-a"), ("dealdesk", "deal-desk"), ("deal-desk", "deal-desk"), ("finance-apac", "finance-emea"),
    ],
)  # fmt: skip
def test_what_may_be_another_name_is_no_slip(written: str, meant: str) -> None:
    assert not is_slip(written, meant)


def test_of_people_only_what_cannot_be_another_name_is_a_slip() -> None:
    assert is_slip("dilna-kaya", "dilan-kaya", strictly=True)
    assert is_slip("annna-kaya", "anna-kaya", strictly=True)
    assert is_slip("jimena-kaya", "jimmena-kaya", strictly=True)
    for other in ("dylan-kaya", "dilans-kaya", "dilan-kay"):
        assert not is_slip(other, "dilan-kaya", strictly=True)


@given(WORDS, WORDS)
def test_a_slip_is_one_slip(written: str, meant: str) -> None:
    assert not is_slip(written, meant) or slips(written, meant) == 1
