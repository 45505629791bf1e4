"""What a declaration's shape is told about: every message with its place and its tip, and what others still find."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from coordlint.document import Document, read
from coordlint.shape import Shape, Told, check


class Heard(NamedTuple):
    """A problem of shape as somebody reads it."""

    rule: str
    way: str
    message: str
    tip: str


def document(text: str) -> Document:
    return read("case.yaml", text.encode())


def shape_of(text: str) -> Shape:
    return check(document(text))


def heard(text: str) -> list[Heard]:
    """What is told of a file."""
    return [
        Heard(each.rule, "/".join(str(step) for step in each.way), each.message, each.tip)
        for each in shape_of(text).problems
    ]


def told(text: str) -> Told:
    """The only declaration of a file."""
    [declared] = shape_of(text).told
    return declared


def one(text: str) -> Heard:
    """The only thing that is told of a file."""
    [said] = heard(text)
    return said


# --- one where one is meant ---


@pytest.mark.parametrize("field", ["decider", "chair"])
def test_a_list_where_one_is_meant(field: str) -> None:
    said = one(f"forums: {{council: {{{field}: [cpo, cfo]}}}}")
    assert said == Heard(
        "shape/bad-value",
        f"forums/council/{field}",
        f"`{field}` names one, and several stand here",
        "name one; two who share a task are one role with two holders",
    )


@pytest.mark.parametrize(
    "text",
    [
        "decision_rights: {price: {question: What does it cost?, decider: [cpo, cfo]}}",
        "initiatives: {fleet: {accountable: [cpo, cfo]}}",
    ],
)
def test_two_where_a_rule_says_that_one_is_meant(text: str) -> None:
    assert heard(text) == []
