"""YAML text as a person would write it: it comes back exactly, to our reader and to others, and it reads well."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coordlint import document
from coordlint.importers.writing import WIDTH, write

AWKWARD = "ab :#-\n\"'\\,[]{}?&*!|>%@`=~<.0123456789\t\r\u200b\u00a0\u3000\u2028\x85\ufeff\x00\x1b😀é徐"
TYPED = """
no On TRUE null ~ y 12:30 09:30 1:30:00 2026-01-05 2026-02-30 0000-01-01 2001-12-14T21:59:43Z 09:00-17:30
1e3 0x1F 0b1 0o7 .inf -.NaN 1_000 1. .5 +1 << = - --- ... 3d 45m
{{term}} *a &a !a %a @a `a >a |a ? : # ' " {a} [a] a: a:b
"""
HARD = [
    *TYPED.split(),
    "Slack #x",
    "a # b",
    " a",
    "a ",
    "a: b",
    "",
    "  ",
    "\n",
    "a\n\n",
    "\na",
    "👩\u200d💻",
    "می\u200cخواهم",
]
paragraphs = st.lists(st.text(alphabet="abc d,", max_size=60), max_size=20)
texts = st.one_of(
    st.text(),
    st.text(alphabet=AWKWARD),
    st.sampled_from(HARD),
    paragraphs.map(" ".join),
    paragraphs.map("\n".join),
)
keys = st.one_of(st.text(min_size=1, max_size=40), st.sampled_from(TYPED.split()))
values = st.recursive(
    st.one_of(texts, st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=20,
)
files = st.dictionaries(keys, values, max_size=5)


def in_words(value: Any) -> Any:
    """Data with its dates as texts, for that is how people mean them."""
    if isinstance(value, dict):
        return {in_words(key): in_words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [in_words(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


@settings(max_examples=200, deadline=None)
@given(files)
@example({"0": None, "\u3000": {}})
@example({"0": ["\u30000{", "a:\u3000b"]})
def test_what_is_written_comes_back(data: dict[str, Any]):
    read = document.read("a.yaml", write(data).encode())
    assert read.readable, read.problems
    assert [problem.rule for problem in read.problems] == []
    assert repr(read.data) == repr([data] if data else [{}])


@settings(max_examples=200, deadline=None)
@given(files)
@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.CSafeLoader])
def test_readers_of_the_older_yaml_agree(loader: Any, data: dict[str, Any]):
    assert repr(in_words(yaml.load(write(data), loader))) == repr(data)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc,é", min_size=1, max_size=30), max_size=40).map(" ".join))
def test_prose_keeps_within_the_width(prose: str):
    for line in write({"terms": {"a": {"means": prose, "not": ["x", prose]}}}).splitlines():
        assert len(line) <= WIDTH


def test_half_of_a_surrogate_pair_becomes_the_replacement_character():
    assert write({"a": "x\ud800"}) == 'a: "x\ufffd"\n'


def test_what_yaml_cannot_hold_is_a_type_error():
    with pytest.raises(TypeError, match="a date"):
        write({"a": date(2026, 1, 1)})


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("plain words, with a comma", "plain words, with a comma"),
        ("https://example.org/#top", "https://example.org/#top"),
        ("2026-01-05", "2026-01-05"),
        ("2026-02-30", '"2026-02-30"'),
        ("2 weeks", "2 weeks"),
        ("5d", "5d"),
        ("09:30", '"09:30"'),
        ("no", '"no"'),
        ("2026", '"2026"'),
        ("1e3", '"1e3"'),
        ("a: b", '"a: b"'),
        ("Slack #sales", '"Slack #sales"'),
        ("{{term}} first", '"{{term}} first"'),
        ('say "yes" at: noon', "'say \"yes\" at: noon'"),
        ("it's", "it's"),
        ('"it\'s"', "'\"it''s\"'"),
        ("a\u200bb", '"a\\u200bb"'),
        ("徐俊杰\u3000様", "徐俊杰\u3000様"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("", '""'),
        (7, "7"),
        (1e20, "1.0e+20"),
        (True, "true"),
        ([], "[]"),
        ({}, "{}"),
        (["a", "b, c"], '[a, "b, c"]'),
    ],
)
def test_scalars_and_short_lists(value: object, line: str):
    assert write({"key": value}) == f"key: {line}\n"


PAGE = """\
organisation: Northwind
edition: "2026"

calendars:
  de: {timezone: Europe/Berlin}

people:
  ana: {name: Ana}
  bo:

forums:
  council:
    charter: >
      Resolves trade-offs between product, engineering, marketing, sales and finance for every
      launch.
    description: |
      - one
      - two
    teams: [product, engineering]
    links:
      - https://example.org/a-rather-long-address-that-takes-most-of-a-line
      - https://example.org/another-rather-long-address-that-takes-the-rest

meetings:
  weekly:
    forum: council
    purpose: >-
      Decide every open launch trade-off, and say who learns of it, before the week is over and the
      next one begins.
    cadence: {every: month, day: [second tue, fourth tue], at: "10:00"}
    steps:
      - {to: ana, within: 1h}
      - to: bo
        cover:
          - {to: ana, hours: "09:00-17:30"}
"""


def test_a_file_reads_like_a_page():
    (data,) = document.read("a.yaml", PAGE.encode()).data
    assert write(data) == PAGE
