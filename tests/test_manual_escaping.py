"""Whatever stands in a field: no foreign element, no foreign attribute, no link that runs, and bounded time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manual_kit import Html, finding, manual_of, resolved
from pace import clock

from coordlint.model.fields import Choice, Many, One, Part, Parts, Plain, Text, Texts
from coordlint.model.kinds import KINDS


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The elements of the manual's own templates, and those that Markdown may bring.
ELEMENTS = names("""
    html head meta title link script body a header div span nav ul ol li button main h1 h2 h3 h4 h5 h6 p section dl dt
    dd table caption thead tbody tr th td colgroup col footer strong em code pre s blockquote hr br aside form label
    input fieldset legend select option time
""")
ATTRIBUTES = names("""
    lang dir charset content name http-equiv rel href src class id type hidden aria-label aria-labelledby aria-hidden
    aria-current role tabindex scope colspan span title start for value checked autocomplete datetime data-parties
    data-flags
""")
NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></head><body onload=alert(1)>",
    "</textarea><svg/onload=alert(1)>",
    "<!-- --><iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "[click](javascript:alert(1))",
    "[click](  javascript:alert(1) )",
    "[click](java&#115;cript:alert(1))",
    '[click](https://example.org/"onmouseover=alert(1))',
    "![x](javascript:alert(1))",
    '![x"onerror="alert(1)](https://example.org/x.png)',
    "[![x](https://example.org/x.png)](javascript:alert(1))",
    '<https://example.org/?"><script>>',
    "[a]: javascript:alert(1)\n\n[a]",
    "{{7*7}} {% raw %} {{ self.__init__ }}",
    "{{<b>x</b>}}",
    "`` ` ``<b>`",
    "| <b> | b |\n|:-|-:|\n| <i> | style |",
    '```"><script>\nx\n```',
    "# h\n\n###### h6\n\n- a\n  1. b\n\n> q",
    'https://example.org/"><script>alert(1)</script>',
    'mailto:a@example.org?subject="<b>',
    './docs/"><script>',
    "./../../etc/passwd",
    "//example.org/x",
    "\x00\x07\x1b[31m",
    "\u202eright to left\u2066",
    "\ud800 half a pair",
    "&lt;b&gt; &#60;script&#62;",
    "𝕏 ﷽ Z͑ͫ̓ͪ ‏",
    "con",
    "' \" ` \\ / <",
)


def with_text(text: str) -> dict[str, Any]:
    """An organisation in which every field of every kind that holds a text holds this one."""
    declared: dict[str, Any] = {}
    for kind in KINDS.values():
        if kind.kind in ("organisation", "log"):
            continue
        # Roles, people, teams and forums share one space of ids.
        name = kind.kind if kind.kind in ("role", "team", "forum") else "it"
        declared[kind.collection] = {name: filled(kind, text), f"other-{kind.kind}": {"name": text}}
    declared["log"] = [
        {key: "it", "date": "2026-10-01", "because": text, "what": text, "reason": text, "cause": text}
        for key in ("held", "cancelled", "decided", "returned", "escalated", "slipped", "updated", "reviewed")
    ]
    return declared


def filled(kind: Any, text: str, depth: int = 0) -> dict[str, Any]:
    """A node of a kind with this text wherever the shape would let one through, and where it would not."""
    data: dict[str, Any] = {}
    for key, field in kind.fields.items():
        if key in ("status", "since", "until", "was"):
            continue
        if isinstance(field, (Text, Choice)):
            data[key] = text
        elif isinstance(field, Texts):
            data[key] = [text, text]
        elif isinstance(field, (One, Many)):
            data[key] = (
                [text, "it", "role", "team", "forum", f"ext/{text}"] if depth or isinstance(field, Many) else text
            )
        elif isinstance(field, (Parts, Part)) and depth < 2:
            data[key] = filled(field.part, text, depth + 1)
        elif isinstance(field, Plain):
            data[key] = {text: {"one_of": [text, "b"]}, "c": text}
    return data


HOUSE = {
    "description": "{}", "source_url": "https://example.org/{{path}}#{}", "manual": {"title": "{}"},
    "organisation": "{}", "layer_owner": "{}", "fiscal_year_starts": "{}",
}  # fmt: skip


def house_of(text: str) -> dict[str, Any]:
    return {key: {"title": text} if key == "manual" else str(value).replace("{}", text) for key, value in HOUSE.items()}


def check(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        if not path.endswith(".html"):
            continue
        page = Html(text)
        assert page.wrong == [], path
        assert {tag for tag, _ in page.elements} <= ELEMENTS, path
        assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES, path
        assert len(page.all("script")) == 1, path
        for href in page.links():
            if not href.lower().startswith(("https://", "http://", "mailto:")):
                assert resolved(path, href)[0] in pages, (path, href)
        assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in text), path
        assert not set(text) & set("\u202e\u2066"), path


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_text_brings_an_element_or_a_link_of_its_own(text: str) -> None:
    found = finding("meeting/no-agenda", "meeting", "it", text, tip=text)
    check(manual_of(with_text(text), house_of(text), (found,)))


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>\"'&`*_[](){}!|#-=:/\\ \nab1"), max_size=40))
def test_no_drawn_text_does_either(text: str) -> None:
    declared = {"teams": {"it": {"name": text, "purpose": text, "owns": [text], "description": text, "because": text}}}
    check(manual_of(declared, {"organisation": text}))


def test_an_id_that_was_never_an_id_stays_in_its_folder() -> None:
    names = ("..", "a/b", "%2e%2e", "con", "NUL", "a.", "x" * 300, "é", "", "A", "a")
    pages = manual_of({"teams": {name: {"purpose": "It."} for name in names}})
    check(pages)
    assert all(path.count("/") <= 1 and ".." not in path for path in pages)
    assert len({path.casefold() for path in pages}) == len(pages)


def test_what_the_manual_cannot_set_it_shows_and_goes_on() -> None:
    texts = ("[" * 20_000, "![" * 10_000, "*a_ " * 5_000, "> " * 10_000, "`" * 20_000, "x" * 200_000, "- " * 10_000)
    with clock() as spent:
        pages = manual_of({"teams": {f"team-{n}": {"description": text} for n, text in enumerate(texts)}})
        check(pages)
    assert "too long or too tangled" in pages["team/team-0.html"]
    assert spent.seconds < 10
