"""Addresses that stay, on every disk; and links to the outside that may be followed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordlint.manual.links import RESERVED, Sources, list_of, named, outside, page_of, up_from
from coordlint.manual.manifest import is_plain


def test_a_page_is_named_by_kind_and_id() -> None:
    assert page_of("meeting", "launch-weekly") == "meeting/launch-weekly.html"
    assert list_of("decision_rights") == "decision-rights.html"
    assert up_from("meeting/launch-weekly.html") == "../"
    assert up_from("index.html") == ""


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_no_page_bears_a_name_that_windows_keeps(name: str) -> None:
    assert page_of("team", name) == f"team/{name}_.html"


@given(st.text(max_size=80))
def test_any_name_at_all_gives_a_path_that_stays_in_its_folder(name: str) -> None:
    path = page_of("team", name)
    assert is_plain(path)
    assert path.count("/") == 1
    assert path == path.lower()
    assert len(path) < 100


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_names_never_share_a_page(one: str, other: str) -> None:
    assert (page_of("team", one) == page_of("team", other)) == (one == other)


@pytest.mark.parametrize("text", ["https://example.org", "HTTP://example.org/a?b=c#d", "mailto:a@example.org"])
def test_what_may_be_followed(text: str) -> None:
    assert outside(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd", "ftp://example.org",
        "https:", "https://", "https://example.org/ x", 'https://example.org/"x', "https://example.org/<x>", " https://example.org",
        "https://example.org\n", "", "www.example.org", "mailto:", "HTTPS:/example.org",
    ],
)  # fmt: skip
def test_what_may_not(text: str) -> None:
    assert outside(text) == ""


def test_what_a_link_in_a_text_names() -> None:
    assert named("forum/launch-council") == ("forum", "launch-council")
    assert named("forum/../x") is None
    assert named("forum") is None


def test_places_in_files() -> None:
    sources = Sources("https://example.org/blob/main/{path}#L{line}")
    assert sources.place("teams/a b.yaml", 7).href == "https://example.org/blob/main/teams/a%20b.yaml#L7"
    assert sources.place("teams/a.yaml", 7).text == "teams/a.yaml:7"
    assert sources.place("teams/a.yaml").href == "https://example.org/blob/main/teams/a.yaml"
    assert sources.place("{line}.yaml", 7).href == "https://example.org/blob/main/%7Bline%7D.yaml#L7"
    assert Sources("https://example.org/{path}?line={line}").place("a.yaml").href == "https://example.org/a.yaml"


@pytest.mark.parametrize("pattern", ["", "javascript:{path}", "https://example.org/", "{path}"])
def test_a_pattern_that_leads_nowhere_gives_words_alone(pattern: str) -> None:
    assert Sources(pattern).place("a.yaml", 7) == ("a.yaml:7", "")
