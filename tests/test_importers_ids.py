"""Ids out of names: in any script, of any length, and each given once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordlint.importers.ids import LONGEST, Ids, slug, slug_or_mark


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Paco Xu 徐俊杰", "paco-xu"),
        ("Verónica López", "veronica-lopez"),
        ("kOps", "kops"),
        ("registry.k8s.io", "registry-k8s-io"),
        ("--", ""),
        ("徐俊杰", ""),
        ("O'Neill", "oneill"),
        ("Ⅻ ﬁne", "xii-fine"),
    ],
)
def test_slug(text: str, made: str):
    assert slug(text) == made


@given(st.lists(st.text(max_size=100), max_size=20))
def test_ids_are_given_once_and_fit(texts: list[str]):
    ids = Ids()
    given_ids = [ids.give(slug_or_mark(text, "person")) for text in texts]
    assert len(set(given_ids)) == len(texts)
    for made in given_ids:
        assert 1 <= len(made) <= LONGEST
        assert slug(made) == made


def test_long_names_that_begin_alike_differ():
    one, other = (slug(f"{'a long name ' * 8}{end}") for end in ("east", "west"))
    assert one != other
    assert len(one) <= LONGEST
