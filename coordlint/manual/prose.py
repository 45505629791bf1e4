"""Markdown in, HTML out that is safe to stand in a page: nothing runs, nothing is fetched, no foreign element.

Raw HTML is shown as the text that it is. Links go to http, https, mailto or a page of the manual, written
`forum/launch-council`; others stay text. Images become links. Headings are pushed below the page's own. A use of a
defined word, `{{frozen build}}`, leads to its definition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from coordlint.facts.texts import MARK
from coordlint.manual.links import Link, named, outside

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST = 20_000
# Every `[` may open a link, and each is searched for its end: so many at most, else the text stands as it was written.
MOST_BRACKETS = 300
DEEPEST = 20
FIRST_HEADING = 3

# A line that starts with a letter and holds none of Markdown's characters is a paragraph to every parser.
_PLAIN = re.compile(r"[^\W\d_][^\n\r\\`*_~\[\]!&<>{}|$%^@#+=\x00-\x1f]*\Z")

# What begins a heading, a list, a table, a quotation or code.
_NO_PARAGRAPH = re.compile(r"#{1,6}\s|[-*+]\s|\d+[.)]\s|[|>~]|```|<!--")
# A sentence ends before a capital, and not behind a single letter, as in "e.g." and initials.
_SENTENCE_END = re.compile(r"(?<!\b\w)[.?!…][”\")*]*(?=\s+[^\sa-z]|$)")


def _nowhere(_: str) -> Link | None:
    return None


class Resolve(NamedTuple):
    """What a text's links mean: the page that a defined word leads to, and the page of a kind and id."""

    term: Callable[[str], Link | None] = _nowhere
    page: Callable[[str], Link | None] = _nowhere


def block(text: str, resolve: Resolve = Resolve()) -> Markup:  # noqa: B008
    """A text as paragraphs, lists and whatever else it holds."""
    text = text.strip()
    if _too_much(text):
        return _verbatim(text)
    if _PLAIN.match(text):
        return Markup("<p>{}</p>\n").format(text)
    return Markup(_markdown().render(text, {"resolve": resolve}))


def line(text: str, resolve: Resolve = Resolve()) -> Markup:  # noqa: B008
    """A text as part of a line: emphasis, code and links, without paragraphs."""
    text = " ".join(text.split())
    if _PLAIN.match(text) or _too_much(text):
        return escape(text[:LONGEST])
    return Markup(_markdown().renderInline(text, {"resolve": resolve}))


def words(text: str) -> str:
    """What a text says, without marks: for a title, or where no mark can stand."""
    joined = " ".join(text.split())
    if _PLAIN.match(joined) or _too_much(text):
        return joined[:LONGEST]
    return " ".join(" ".join(_words(_markdown().parse(text, {"resolve": Resolve()}))).split())


def first_sentence(text: str) -> str:
    """The first sentence of a text's first paragraph, with its marks; "" where it has none, or is a path."""
    if outside(text) or text.startswith("./") or _too_much(text):
        return ""
    paragraphs = (each.strip() for each in re.split(r"\n[ \t]*\n", text))
    paragraph = next((" ".join(each.split()) for each in paragraphs if each and not _NO_PARAGRAPH.match(each)), "")
    ends = (found.end() for found in _SENTENCE_END.finditer(paragraph))
    return next((paragraph[:end] for end in ends if _is_whole(paragraph[:end])), paragraph)


def _is_whole(text: str) -> bool:
    """Whether every mark that a text opens is closed in it."""
    pairs = all(text.count(one) == text.count(other) for one, other in ("[]", "()"))
    return pairs and text.count("{{") == text.count("}}") and not any(text.count(mark) % 2 for mark in "*`")


def _words(tokens: Sequence[Token]) -> list[str]:
    said = []
    for token in tokens:
        if token.type == "inline":
            said.append("".join(child.content or " " * (child.type == "softbreak") for child in token.children or ()))
        elif token.type in ("fence", "code_block"):
            said.append(token.content.strip())
    return said


def _too_much(text: str) -> bool:
    return len(text) > LONGEST or text.count("[") > MOST_BRACKETS


def _verbatim(text: str) -> Markup:
    note = Markup('<p class="small quiet">Shown as it was written, because it is too long or too tangled to set.</p>\n')
    return Markup("<pre>{}</pre>\n").format(text[:LONGEST]) + note


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("js-default", {"maxNesting": DEEPEST})
    markdown.validateLink = lambda url: bool(outside(url) or named(url))  # type: ignore[method-assign]
    markdown.inline.ruler.before("escape", "term", _term_rule)
    markdown.core.ruler.push("settle", _settle)
    markdown.add_render_rule("fence", _render_code)
    markdown.add_render_rule("image", _render_image)
    markdown.add_render_rule("table_open", _render_table_open)
    markdown.add_render_rule("table_close", _render_table_close)
    return markdown


def _term_rule(state: StateInline, silent: bool) -> bool:
    """`{{word}}` becomes a link to what the word means here, or the word alone."""
    found = MARK.match(state.src, state.pos, state.posMax)
    word = found[1].strip() if found is not None else ""
    if found is None or not word:
        return False
    if not silent:
        meant = state.env["resolve"].term(word) if not state.linkLevel else None
        if meant is not None:
            opening = state.push("link_open", "a", 1)
            opening.attrs = {"class": "term", "href": meant.href, "title": meant.title}
            opening.meta["settled"] = True
        state.push("text", "", 0).content = word
        if meant is not None:
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _settle(state: StateCore) -> None:
    """Give headings their level, links their page, images their link, and cells a class where they had a style."""
    levels: list[str] = []
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{_level(token.tag, levels)}"
        elif token.type in ("th_open", "td_open"):
            _settle_cell(token)
        elif token.type == "inline":
            _settle_links(token.children or [], state.env["resolve"])


def _level(tag: str, levels: list[str]) -> int:
    """The level of a heading below the page's own: one deeper than the heading that it stands under, never more."""
    while levels and levels[-1] > tag:
        levels.pop()
    if not levels or levels[-1] < tag:
        levels.append(tag)
    return min(FIRST_HEADING + len(levels) - 1, 6)


def _settle_cell(token: Token) -> None:
    right = "right" in str(token.attrs.pop("style", ""))
    if token.tag == "th":
        token.attrs["scope"] = "col"
    if right:
        token.attrs["class"] = "n"


def _settle_links(tokens: Sequence[Token], resolve: Resolve) -> None:
    inside = False
    hidden = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            hidden = not token.meta.get("settled") and not _settle_link(token, resolve)
            token.hidden = hidden
        elif token.type == "link_close":
            token.hidden = hidden
            inside = hidden = False
        elif token.type == "image":
            token.meta["inside"] = inside and not hidden


def _settle_link(token: Token, resolve: Resolve) -> bool:
    href = str(token.attrs.get("href", ""))
    if outside(href):
        return True
    page = resolve.page(href)
    if page is None:
        return False
    token.attrs["href"] = page.href
    return True


def _render_code(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    return Markup("<pre><code>{}</code></pre>\n").format(tokens[index].content)


def _render_image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    said = self.renderInlineAsText(token.children or [], options, env)
    source = outside(str(token.attrs.get("src", "")))
    if not source or token.meta.get("inside"):
        return escape(said)
    return Markup('<a href="{}">{}</a>').format(source, said or "image")


def _render_table_open(*_: Any) -> str:
    return '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>\n'


def _render_table_close(*_: Any) -> str:
    return "</table></div>\n"
