"""The reports of signs: a page for a terminal, Markdown that shows nothing but text, and JSON by its schema."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import ERROR, WARNING, at

from coordlint.answers.sign_table import SIGNS
from coordlint.answers.signs import Answer, Named, State, Told, signs
from coordlint.cli.learn import bundled
from coordlint.finding import Finding, Span
from coordlint.lint import Run
from coordlint.report import Look, signs_json, signs_markdown, signs_text
from coordlint.report.json import whole
from coordlint.report.screen import shown
from coordlint.testing import DAY, InMemory

SCHEMA = jsonschema.Draft202012Validator(json.loads(bundled("signs")))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NOWHERE = Span("roles.yaml", 0, 0, 0, 0)
# What people write, what breaks out, and what a terminal or a page would take for a sign.
TEXTS = st.text(
    st.one_of(st.sampled_from("`*_[]()<>#|~!\\-@:/.&\n\r\t \u2028\u202e\x1b$^{}1a"), st.characters()), max_size=30
)

DECISIONS, SURPRISE = SIGNS[0], SIGNS[1]
HOUSE = 'organisation: Harbour <b>\nlayer_owner: ext/owner\nedition: "2026"\n'
CLEAN = InMemory({"coordlint.yaml": HOUSE, "roles.yaml": "roles: {}\n"}).run(as_of=DAY)._replace(prefix="org/")


def finding(message: str = "`price` has two deciders", span: Span | None = None) -> Finding:
    where = span or at("decisions.yaml", 6, 15, 18)
    return Finding("decision/two-deciders", ERROR, message, where, kind="decision-right", id="price")


def told(message: str = "`price` has two deciders", span: Span | None = None, caused: bool = False) -> Told:
    one = finding(message, span)
    cause = Finding("ownership/owner-left", WARNING, "somebody left", at("roles.yaml", 2, 3, 9), fingerprint="ab")
    return Told(one.rule, one.severity, message, one.span, one.kind, one.id, cause if caused else one, caused)


def named(*said: Told, name: str = "") -> Named:
    return Named("decision-right", "price", name, said or (told(),))


def answer(*declarations: Named, **changes: Any) -> Answer:
    empty = Answer(DECISIONS, declarations, (), ((DECISIONS.evidence[0], 3), (DECISIONS.evidence[1], 0)), (), (), (),
                   State.FOUND if declarations else State.NONE, "")  # fmt: skip
    return empty._replace(**changes)


def text(*answers: Answer, width: int = 80, colour: bool = False, most: int = 0, of: Run | None = None) -> str:
    return signs_text.render(of or CLEAN, answers, Look(width, colour, most))


def markdown(*answers: Answer, home: str = "org", most: int = 0, of: Run | None = None) -> str:
    return signs_markdown.render(of or CLEAN, answers, home, most)


def as_json(*answers: Answer, of: Run | None = None) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(signs_json.render(of or CLEAN, answers))
    SCHEMA.validate(loaded)
    return loaded


# --- text ---


def test_a_page() -> None:
    said = text(
        answer(named(told(), told("nobody is there", at("x.yaml", 9, 1, 4), caused=True), name="List price")),
        answer(sign=SURPRISE, state=State.NO_EVIDENCE, because=SURPRISE.missing),
        answer(waived=(named(),)),
    )
    assert said == (
        "Harbour <b> on 2026-06-15\n"
        "\n"
        "Decisions made twice: 2 findings\n"
        "  Which calls are made by two, or again because nobody remembers the first?\n"
        "\n"
        "  decision right `price` (List price)\n"
        "    `price` has two deciders\n"
        "    org/decisions.yaml:6:15 error decision/two-deciders\n"
        "    nobody is there\n"
        "    org/x.yaml:9:1 error decision/two-deciders\n"
        "    because of org/roles.yaml:2:3 ownership/owner-left\n"
        "\n"
        "Late, with everybody surprised: no evidence declared: no initiative says its\n"
        "  `due`, nor does the log tell of one that slipped\n"
        "Decisions made twice: none found in 3 decision rights and no logged decisions;\n"
        "  1 waived\n"
    )


@pytest.mark.parametrize(
    ("found", "result"),
    [
        (answer(named()), "1 finding"),
        (answer(named(told(), told())), "2 findings"),
        (answer(named(), named()), "2 findings"),
        (answer(named(told(), told()), named()), "3 findings in 2 declarations"),
        (answer(named(), waived=(named(),)), "1 finding, 1 waived"),
        (answer(waived=(named(), named())), "none found in 3 decision rights and no logged decisions; 2 waived"),
        (answer(state=State.NOT_JUDGED, because="it rained"), "not judged: it rained"),
        (answer(looked_at=((DECISIONS.evidence[0], 1), (DECISIONS.evidence[1], 2))),
         "none found in 1 decision right and 2 logged decisions"),
    ],
)  # fmt: skip
def test_what_a_sign_comes_to(found: Answer, result: str) -> None:
    assert signs_text.result(found) == result


@pytest.mark.parametrize(
    ("found", "remarks"),
    [
        (answer(), []),
        (answer(off=("a/b",)), ["1 of its 9 rules is off"]),
        (answer(off=("a/b", "a/c")), ["2 of its 9 rules are off"]),
        (answer(off=tuple(DECISIONS.rules), state=State.NOT_JUDGED, because="all of its rules are off"), []),
        (answer(named(), because="only 1 of its 9 rules ran"), ["there may be more: only 1 of its 9 rules ran"]),
    ],
)
def test_what_is_remarked(found: Answer, remarks: list[str]) -> None:
    sized = found._replace(sign=DECISIONS._replace(rules=dict.fromkeys(list(DECISIONS.rules)[:9], ())))
    assert list(signs_text.remarks(sized)) == remarks


def test_no_more_is_shown_than_asked_for() -> None:
    said = text(answer(named(told(), told("second")), named(told("third"))), most=1)
    assert "second" not in said
    assert "third" not in said
    assert said.endswith("\n  2 more findings not shown; `--max-findings 0` shows all\n")
    assert "not shown" not in text(answer(named(told(), told("second"))), most=2)


@given(TEXTS, TEXTS, st.integers(1, 120))
def test_a_page_is_narrow_and_holds_no_control_character(message: str, name: str, width: int) -> None:
    said = text(answer(named(told(message), name=name)), width=width)
    lines = said.split("\n")
    assert [line for line in lines if shown(line) != line] == []
    assert [line for line in lines if len(line) > max(min(width, 80), 40) and "/" not in line and line.isascii()] == []


def test_colour_changes_no_letter() -> None:
    answers = (answer(named()), answer(), answer(state=State.NO_EVIDENCE, because="none"), answer(off=("a/b",)))
    painted = text(*answers, colour=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == text(*answers)


# --- Markdown ---


def test_a_note() -> None:
    said = markdown(
        answer(named(told(), told("nobody is there", caused=True), name="List price")),
        answer(sign=SURPRISE, state=State.NO_EVIDENCE, because=SURPRISE.missing, off=("a/b",)),
    )
    assert said == (
        "## Signs: Harbour \\<b\\> on 2026-06-15\n"
        "\n"
        "- **Decisions made twice**: 2 findings\n"
        "- **Late, with everybody surprised**: no evidence declared: no initiative says its `due`, nor does the log"
        " tell of one that slipped; 1 of its 12 rules is off\n"
        "\n"
        "### Decisions made twice\n"
        "\n"
        "Which calls are made by two, or again because nobody remembers the first?\n"
        "\n"
        "- **decision right `price`** (List price)\n"
        "  - `price` has two deciders ([decisions.yaml:6](org/decisions.yaml#L6), `decision/two-deciders`)\n"
        "  - nobody is there ([decisions.yaml:6](org/decisions.yaml#L6), `decision/two-deciders` because of"
        " [roles.yaml:2](org/roles.yaml#L2), `ownership/owner-left`)\n"
    )


def test_at_the_top_of_a_repository_links_begin_with_the_file() -> None:
    assert "](decisions.yaml#L6)" in markdown(answer(named()), home="")
    assert "[roles.yaml](org/roles.yaml)" in markdown(answer(named(told(span=NOWHERE))))


def test_a_link_leads_to_files_of_any_name() -> None:
    odd = Span("a (b)/c d#1\udcff[x].yaml", 3, 1, 3, 2)
    said = markdown(answer(named(told(span=odd))))
    assert "](org/a%20%28b%29/c%20d%231%FF%5Bx%5D.yaml#L3)" in said


@given(TEXTS, TEXTS)
@example("`", "-")
@example("a``b", "1. one")
@example("``", "# head")
@example("see https://example.org or www.example.org", "@everybody")
@example("`<b>` <img src=x> [a](b) ![c](d)", "| a | b |")
def test_whatever_stands_in_files_stays_text(message: str, name: str) -> None:
    """The note has the same structure as with plain words, and shows the words themselves."""
    tokens = MARKDOWN.parse(markdown(answer(named(told(message), name=name))))
    plain = MARKDOWN.parse(markdown(answer(named(told("words"), name="words" if name else ""))))
    assert [token.type for token in tokens] == [token.type for token in plain]
    inline = [child for token in tokens for child in token.children or ()]
    allowed = {"text", "code_inline", "strong_open", "strong_close", "link_open", "link_close", "html_inline"}
    assert {child.type for child in inline} <= allowed
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<!-- -->"}
    assert {child.attrGet("href") for child in inline if child.type == "link_open"} == {"org/decisions.yaml#L6"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" `*<"), max_size=20))
def test_what_is_written_is_what_is_read(message: str) -> None:
    [block] = [token for token in MARKDOWN.parse(f"- {signs_markdown.line(message)} (end") if token.type == "inline"]
    read = "".join(child.content for child in block.children or () if child.type != "html_inline")
    assert re.sub("[` ]", "", read) == re.sub("[` ]", "", f"{shown(message)}(end")


# --- JSON ---


def test_every_field_of_a_sign() -> None:
    said = as_json(answer(named(told(caused=True), name="List price"), waived=(named(),), off=("decision/no-record",)))
    [sign] = said["signs"]
    assert (said["organisation"], said["path"]) == ("Harbour <b>", "org")
    assert (said["as_of"], said["failed"]) == ("2026-06-15", False)
    assert (sign["id"], sign["state"], sign["findings"], sign["waived"]) == ("decisions-twice", "found", 1, 1)
    assert sign["looked_at"] == [{"what": "decision rights", "count": 3}, {"what": "logged decisions", "count": 0}]
    assert {"rule": "decision/no-record", "state": "off"} in sign["rules"]
    [declaration] = sign["declarations"]
    assert (declaration["kind"], declaration["id"], declaration["name"]) == ("decision-right", "price", "List price")
    [one] = declaration["findings"]
    assert one["because"] == {
        "rule": "ownership/owner-left",
        "fingerprint": "ab",
        "path": "org/roles.yaml",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 9,
    }
    assert [each["because"] for each in sign["waived_declarations"][0]["findings"]] == [None]


def test_how_each_rule_fared() -> None:
    off, unread, crashed, asked = list(DECISIONS.rules)[:4]
    [sign] = as_json(answer(off=(off,), unread=(unread,), crashed=(crashed,)))["signs"]
    fared = {each["rule"]: each["state"] for each in sign["rules"]}
    assert [fared[each] for each in (off, unread, crashed, asked)] == ["off", "held-back", "crashed", "asked"]


@given(TEXTS, TEXTS)
def test_the_document_keeps_to_its_schema(message: str, name: str) -> None:
    said = as_json(answer(named(told(message), told(span=NOWHERE), name=name)))
    assert said["signs"][0]["declarations"][0]["findings"][0]["message"] == whole(message)


def test_real_answers_keep_to_the_schema() -> None:
    found = CLEAN._replace(findings=(finding(),), notes=("a note",))
    assert as_json(*signs(found), of=found)["notes"] == ["a note"]


def test_the_schema_describes_everything() -> None:
    def undescribed(part: object, way: str) -> list[str]:
        if not isinstance(part, dict):
            return []
        own = [way] if part.get("description") is None and "$ref" not in part else []
        parts = {**part.get("properties", {}), **part.get("$defs", {})}
        return own + [each for key, value in parts.items() for each in undescribed(value, f"{way}/{key}")]

    assert undescribed(json.loads(bundled("signs")), "") == []
