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


# --- names, texts and links ---

NO_NAME = "a name is an id, kind/id, or ext/NAME for a party outside"
NOT_A_NAME = [
    ("held_by: Yusuf Aydin", "Yusuf Aydin", "write `yusuf-aydin` if that is its id, or `ext/Yusuf Aydin`"),
    ("held_by: [kim, Ralf Noack]", "Ralf Noack", "write `ralf-noack` if that is its id, or `ext/Ralf Noack`"),
    ("held_by: yusuf_aydin", "yusuf_aydin", "write `yusuf-aydin` if that is its id, or `ext/yusuf_aydin`"),
    ("held_by: José", "José", NO_NAME),
    ("held_by: Folk/jose", "Folk/jose", NO_NAME),
    ("held_by: 'ext/Marta,'", "ext/Marta,", "write `ext/Marta`"),
    ("held_by: ['ext/Marta;']", "ext/Marta;", "write `ext/Marta`"),
    ("held_by: ext/a/b", "ext/a/b", "behind `ext/` stands a name without a slash"),
    ("held_by: a-lead, b-lead", "a-lead, b-lead", "write `[a-lead, b-lead]`"),
    ("held_by: a-lead; person/kim", "a-lead; person/kim", "write `[a-lead, person/kim]`"),
    ("held_by: kim, ext/Jo Li", "kim, ext/Jo Li", "write `[kim, ext/Jo Li]`"),
    ("held_by: a-lead b-lead", "a-lead b-lead", "write `[a-lead, b-lead]`, or `a-lead-b-lead` if it is one name"),
    ("held_by: [a b]", "a b", "write `a, b`, or `a-b` if it is one name"),
    ("held_by: a-lead]", "a-lead]", "a `[` is missing: write `[a-lead]`"),
    ("held_by: a-lead, b-lead]", "a-lead, b-lead]", "a `[` is missing: write `[a-lead, b-lead]`"),
    ("deputy: a lead", "a lead", "write `a-lead` if that is its id, or `ext/a lead`"),
]


@pytest.mark.parametrize(("field", "text", "tip"), NOT_A_NAME)
def test_a_text_where_a_name_is_wanted(field: str, text: str, tip: str) -> None:
    said = one(f"roles:\n  cfo:\n    {field}\n")
    assert (said.rule, said.message, said.tip) == ("shape/bad-value", f"`{text}` is no name", tip)


@pytest.mark.parametrize(
    "text",
    ["roles: {cfo: {deputy: 'a-lead, b-lead'}}", "decision_rights: {price: {question: How much?, decider: 'a, b'}}"],
)
def test_several_names_in_a_text_where_one_is_meant(text: str) -> None:
    said = one(text)
    assert said.message.endswith("names one, and several stand here")
    assert said.tip == "name one; two who share a task are one role with two holders"


TEXT_OR_NAME = "a text has a space or a capital letter"


@pytest.mark.parametrize(
    ("field", "text", "tip"),
    [
        ("outputs: [deal_log]", "deal_log", f"a name has hyphens: `deal-log`; {TEXT_OR_NAME}"),
        ("outputs: deal_log", "deal_log", f"a name has hyphens: `deal-log`; {TEXT_OR_NAME}"),
        ("inputs: plans/sales", "plans/sales", f"{NO_NAME}; {TEXT_OR_NAME}"),
        ("inputs: ../plan.md", "../plan.md", "a path begins with `./` and leads from the folder of coordlint.yaml"),
    ],
)
def test_what_is_neither_a_name_nor_a_text(field: str, text: str, tip: str) -> None:
    said = one(f"meetings:\n  weekly:\n    cadence: as needed\n    {field}\n")
    assert (said.message, said.tip) == (f"`{text}` is neither a name nor a text", tip)


@pytest.mark.parametrize(
    "text", ["deal-log", "record/deal-log", "ext/kim", "./a/b.md", "https://a.b/c", "A log", "größe"]
)
def test_names_and_texts_where_either_may_stand(text: str) -> None:
    assert heard(f"meetings:\n  weekly: {{cadence: as needed, outputs: ['{text}'], inputs: '{text}'}}\n") == []


@pytest.mark.parametrize(
    ("written", "tip"),
    [
        ("context, risks", "write `[context, risks]`"),
        ("context risks", "write `[context, risks]`"),
        ("risks]", "a `[` is missing: write `[risks]`"),
        ("news", "it is one of status, context, decisions, risks"),
    ],
)
def test_words_of_a_list_without_brackets(written: str, tip: str) -> None:
    said = one(f"context_lines:\n  up:\n    from: a\n    to: b\n    carries: {written}\n")
    assert said.message.startswith(f"`carries` cannot be `{written}`")
    assert said.tip == tip


@pytest.mark.parametrize("links", ["www.example.org", "[docs/plan.md]"])
def test_a_link_without_its_scheme(links: str) -> None:
    said = one(f"roles: {{cfo: {{links: {links}}}}}")
    assert said.message == f"`{links.strip('[]')}` is neither a link nor a path"
    assert said.tip == "begin a link with `https://`, a path with `./`"
