"""Markdown in fields: what is set, what stays text, and that the short way for plain texts is the long way's answer."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pace import clock

from coordlint.manual import prose
from coordlint.manual.links import Link

RESOLVE = prose.Resolve(
    lambda word: Link(word, "../term/build.html", 'No "part" changes') if word == "build" else None,
    lambda href: Link("", f"../{href}.html") if href == "forum/council" else None,
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
        ("[x](https://example.org/a)", '<p><a href="https://example.org/a">x</a></p>'),
        ("[x](mailto:a@example.org)", '<p><a href="mailto:a@example.org">x</a></p>'),
        ("[x](forum/council)", '<p><a href="../forum/council.html">x</a></p>'),
        ("[x](forum/unknown)", "<p>x</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](../up.html)", "<p>[x](../up.html)</p>"),
        ("[x](//example.org)", "<p>[x](//example.org)</p>"),
        ("![alt](https://example.org/x.png)", '<p><a href="https://example.org/x.png">alt</a></p>'),
        ("![](https://example.org/x.png)", '<p><a href="https://example.org/x.png">image</a></p>'),
        ("[![alt](https://example.org/x.png)](https://example.org)", '<p><a href="https://example.org">alt</a></p>'),
        ("![alt](forum/council)", "<p>alt</p>"),
        ("{{build}}", '<p><a class="term" href="../term/build.html" title="No &quot;part&quot; changes">build</a></p>'),
        ("A {{ unknown }}.", "<p>A unknown.</p>"),
        ("[{{build}}](https://example.org)", '<p><a href="https://example.org">build</a></p>'),
        ("`{{build}}`", "<p><code>{{build}}</code></p>"),
        ("```sh\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("# One\n### Two\n# Three", "<h3>One</h3>\n<h4>Two</h4>\n<h3>Three</h3>"),
        ("### Deep\n# Up\n## Down", "<h3>Deep</h3>\n<h3>Up</h3>\n<h4>Down</h4>"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_text(text: str, html: str) -> None:
    assert str(prose.block(text, RESOLVE)).strip() == html


def test_a_table_says_its_heads_and_scrolls_by_itself() -> None:
    html = str(prose.block("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>' in html
    assert '<th scope="col" class="n">b</th>' in html
    assert "style" not in html


def test_a_mark_that_never_ends_takes_no_time() -> None:
    with clock() as spent:
        assert prose.block("{{" + " " * 15_000 + "x") == f"<p>{{{{{' ' * 15_000}x</p>\n"
    assert spent.seconds < 2


@pytest.mark.parametrize("text", ["[" * 2_000, "x" * 20_001])
def test_what_is_too_much_stands_as_it_was_written(text: str) -> None:
    html = str(prose.block(text))
    assert html.startswith("<pre>")
    assert "too long or too tangled" in html
    assert str(prose.line(text)) == text[:20_000]


@given(st.text(max_size=60))
@example("a. b")
@example("Wir haben 3 - 4 Leute; sie sagen „ja“.")
@example("a\u00a0b\x85c")
@example("É 1. x")
def test_the_short_way_is_the_long_way(text: str) -> None:
    """A text that is taken for plain is what the parser would make of it."""
    text = text.strip()
    if not prose._PLAIN.match(text):
        return
    environment = {"resolve": prose.Resolve()}
    assert unescape(str(prose.block(text))) == unescape(prose._markdown().render(text, environment))
    one_line = " ".join(text.split())
    assert unescape(str(prose.line(text))) == unescape(prose._markdown().renderInline(one_line, environment))


def test_words_are_what_a_text_says_without_marks() -> None:
    assert (
        prose.words("**Decide** every [trade-off](https://example.org), and\nsay `who`.")
        == "Decide every trade-off, and say who."
    )
    assert prose.words("# One\n\n- two\n- three\n\n```\nfour\n```") == "One two three four"
    assert prose.words("A {{frozen build}}.") == "A frozen build."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Settles the plan. It meets on Friday.", "Settles the plan."),
        ("Settles e.g. Prices, and all else. More.", "Settles e.g. Prices, and all else."),
        ("Keeps the plan v. 2 going; see etcd. it runs on.\n", "Keeps the plan v. 2 going; see etcd. it runs on."),
        ("# Charter\n\n- a list\n\nDecides *what\nwe build*. And when.", "Decides *what we build*."),
        ("See [the plan. All of it](record/plan). Then act.", "See [the plan. All of it](record/plan)."),
        ("Without an end", "Without an end"),
        ("./charters/board.md", ""),
        ("https://example.org/charter", ""),
        ("", ""),
    ],
)
def test_the_first_sentence_of_a_text(text: str, sentence: str) -> None:
    assert prose.first_sentence(text) == sentence
