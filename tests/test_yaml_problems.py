"""What is said about YAML that cannot be read, or not as it was meant: one slip, one problem, at its place."""

from __future__ import annotations

import pytest

from coordlint.document import Document, read
from coordlint.finding import Problem, Span
from coordlint.readers import COLLECTIONS, indented
from coordlint.shape.schemas import schema

EATEN, SYNTAX, NOT_ALLOWED, BAD = "yaml/text-eaten", "yaml/syntax", "yaml/not-allowed", "shape/bad-value"


def only_problem(document: Document) -> Problem:
    (problem,) = document.problems
    return problem


def place(problem: Problem) -> tuple[int, int]:
    assert isinstance(problem.where, Span)
    return problem.where.line, problem.where.column


# In a declaration that can be read but for one part: what is told, where, and what is left of `x`.
REFUSED = [
    ("x: {purpose: Cash, forecast and people}", EATEN, (1, 18), "comma ended the text `Cash`", {"purpose": "Cash"}),
    ("x: {purpose: Cash, forecast, people, by: a}", EATEN, (1, 18), "`forecast`", {"purpose": "Cash", "by": "a"}),
    ("x: {days: 5, maybe 6}", EATEN, (1, 12), "comma ended the text `5`", {"days": 5}),
    ("x: {lasts: 45m, except, [year-end]}", EATEN, (1, 15), "`except` is read as a key", {"lasts": "45m"}),
    ("x: {at:10:00, lasts: 1h}", SYNTAX, (1, 5), "a space is missing behind `at:`", {"lasts": "1h"}),
    ("x:\n  -The van\n  -The car", SYNTAX, (2, 3), "a space is missing behind `-`", "-The van -The car"),
    ("x:\n  -The van", SYNTAX, (2, 3), "a space is missing behind `-`", "-The van"),
    ("x:\n  -The van\n  - The car", SYNTAX, (2, 3), "a space is missing behind `-`", "-The van - The car"),
    ("x:\n- The van\n  -The car", SYNTAX, (3, 3), "a space is missing behind `-`", ["The van -The car"]),
    ("x:\n- The van\n    - The car", EATEN, (3, 5), "`- The car` is read as the rest of", ["The van - The car"]),
    ("x: The van\n  - The car\n  - a", EATEN, (2, 3), "`- The car` is read as the rest of", "The van - The car - a"),
    ("x: Slack #deal-desk", EATEN, (1, 10), "` #` ended the text `Slack`", "Slack"),
    ("x: [a, Slack #deal-desk\n  ]", EATEN, (1, 14), "` #` ended the text `Slack`", ["a", "Slack"]),
    ("x:\n- Slack #deal-desk", EATEN, (2, 9), "` #` ended the text `Slack`", ["Slack"]),
    ("x: #deal-desk", EATEN, (1, 4), "`#deal-desk` is read as a comment", None),
    ("x:\n- #deal-desk\n- a", EATEN, (2, 3), "`#deal-desk` is read as a comment", ["a"]),
    ("x: {{deal}}", EATEN, (1, 4), "begins with `{{`", None),
    ("x: [{{deal}}, b]", EATEN, (1, 5), "begins with `{{`", ["b"]),
    ("x: >5", EATEN, (1, 4), "begins with `>`", None),
    ("x: *deal", NOT_ALLOWED, (1, 4), "`*deal` is an alias", None),
    ("x: [a, *deal, b]", NOT_ALLOWED, (1, 8), "`*deal` is an alias", ["a", "b"]),
    ("x: &deal a", NOT_ALLOWED, (1, 4), "`&deal` is an anchor", "a"),
    ("x: !important do it", NOT_ALLOWED, (1, 4), "`!important` is a tag", "do it"),
    ("x: !!python/object:os.system {a: b}", NOT_ALLOWED, (1, 4), "is a tag", {"a": "b"}),
    ("x: !!str 5", NOT_ALLOWED, (1, 4), "`!!str` is a tag", 5),
    ("x: &b !t a", NOT_ALLOWED, (1, 7), "`!t` is a tag", "a"),
    ("x: {<<: {a: b}, c: d}", NOT_ALLOWED, (1, 5), "`<<` is a merge key", {"c": "d"}),
    ("x: {1: a, b: c}", BAD, (1, 5), "`1` is none without quotes", {"b": "c"}),
    ("x: {true: a, b: c}", BAD, (1, 5), "`true` is none without quotes", {"b": "c"}),
    ("x: {1.5: a}", BAD, (1, 5), "`1.5`", {}),
    ("x: {~: a}", BAD, (1, 5), "`~`", {}),
    ("x:\n  ?\n  : a\n  b: c", BAD, (2, 4), "a key is missing", {"b": "c"}),
    ("x: {[a]: b, c: d}", BAD, (1, 5), "a mapping or a list", {"c": "d"}),
    ("x:\n  ? {a: b}\n  : c\n  d: e", BAD, (2, 5), "a mapping or a list", {"d": "e"}),
    ("x: {a: 1, b: 2, a: 3}", "yaml/duplicate-key", (1, 17), "`a` stands here a second time", {"a": 1, "b": 2}),
    ("x: {a: 1, 'a': {b: [c]}}", "yaml/duplicate-key", (1, 11), "`a` stands here a second time", {"a": 1}),
]


@pytest.mark.parametrize(("text", "rule", "where", "words", "left"), REFUSED)
def test_a_refusal_is_told_once_and_leaves_the_rest(
    text: str, rule: str, where: tuple[int, int], words: str, left: object
) -> None:
    document = read("f.yaml", f"{text}\nother: kept\n".encode())
    problems = [problem for problem in document.problems if words in problem.message]
    assert [(problem.rule, place(problem)) for problem in problems] == [(rule, where)]
    assert len(document.problems) == (2 if "&b !t" in text else 1)
    assert document.readable
    expected = {"other": "kept"} if left is None else {"x": left, "other": "kept"}
    assert document.data == [expected]
    assert {route[0] for route in document.damaged} == {"x"}
    assert all(problem.tip and "\n" not in problem.message for problem in document.problems)


# The slip stands in `broken`, which alone is lost.
SLIPS = [
    ("purpose: Decide: go", EATEN, (3, 20), "colon ended the text `Decide`"),
    ("purpose: We decide\n      the price of it: go", EATEN, (4, 22), "colon ended the text `the price of it`"),
    ("purpose:\n      Sell it all: bread\n      and rolls.", EATEN, (4, 18), "below `purpose`, for `>` is missing"),
    ("a: b\n    purpose:\n      We sell: bread\n      well\n      and rolls", EATEN, (5, 14), "for `>` is missing"),
    ("purpose:\n      sell: bread\n      and rolls.", SYNTAX, (5, 7), "`and rolls.` has no colon"),
    ("purpose: {a: Decide: go}", EATEN, (3, 24), "colon ended the text `Decide`"),
    ("when: > 25", EATEN, (3, 11), "`>` is read as the head of a block"),
    ("when: >= 25", EATEN, (3, 11), "`>`"),
    ("when: >0", EATEN, (3, 11), "`>`"),
    ("when: | or", EATEN, (3, 11), "`|`"),
    ("when: {percent: > 25}", EATEN, (3, 21), "`>`"),
    ("note: *important* news", EATEN, (3, 11), "`*` is read as an alias"),
    ("note: * important", EATEN, (3, 11), "`*`"),
    ("note: *important news", EATEN, (3, 11), "`*`"),
    ("note: & more", EATEN, (3, 11), "`&`"),
    ("note: @cfo decides", EATEN, (3, 11), "cannot begin with `@`"),
    ("note: `code` first", EATEN, (3, 11), "cannot begin with a backtick"),
    ("note: % of revenue", EATEN, (3, 11), "`%`"),
    ("note: ? maybe", EATEN, (3, 11), "`?`"),
    ("note: [draft] text", EATEN, (3, 11), "`[` is read as a list, and text stands behind it"),
    ("note: {draft} text", EATEN, (3, 11), "`{` is read as a mapping, and text stands behind it"),
    ("note: {{deal}} is done", EATEN, (3, 11), "`{{`"),
    ("when: {percent: (10..25]}", EATEN, (3, 28), "the `]` ended the text"),
    ("note: see Slack #deal-desk\n      for more", EATEN, (3, 21), "` #` ended the text `see Slack`"),
    ("note: see item # 3\n      for more", EATEN, (3, 20), "` #` ended the text `see item`"),
    ("note: [see Slack #deal-desk, b]", EATEN, (3, 22), "` #` ended the text `see Slack`"),
    ("purpose:Decide\n    chair: cfo", SYNTAX, (3, 5), "a space is missing behind `purpose:`"),
    ("owns:\n      - The car\n      -The van", SYNTAX, (5, 7), "a space is missing behind `-`"),
    ("owns:\n    - The car\n    -The van", SYNTAX, (5, 5), "a space is missing behind `-`"),
    ("owns:\n    -The car\n    chair: cfo", SYNTAX, (4, 5), "a space is missing behind `-`"),
    ("purpose Decide\n    chair: cfo", SYNTAX, (3, 5), "`purpose Decide` has no colon"),
    ("chair: cfo\n    purpose Decide", SYNTAX, (4, 5), "`purpose Decide` has no colon"),
    ("chair: cfo\n      purpose: a", SYNTAX, (4, 7), "`purpose` stands deeper than the line above"),
    ("chair:\n      a: b\n     purpose: a", SYNTAX, (5, 6), "this line is indented by 5 spaces"),
    ("chair:\n\ta: b", SYNTAX, (4, 1), "a tab stands where spaces must"),
    ('note: "a\n    chair: cfo', SYNTAX, (3, 11), "the quote that opens here is"),
    ('note: "a\n    chair: "cfo"', SYNTAX, (3, 11), "the quote that opens here is closed on line 4"),
    ("note: 'it's done'", SYNTAX, (3, 15), "text stands behind the quote"),
    ('note: "a" b', SYNTAX, (3, 15), "text stands behind the quote"),
    ('note: "a": b', SYNTAX, (3, 14), "text stands behind the quote"),
    ('path: "C:\\path"', SYNTAX, (3, 14), "`\\p` means nothing between double quotes"),
    ("chair: - cfo", SYNTAX, (3, 12), "a list with dashes begins on a line of its own"),
    ("chair: cfo\n    - cpo", SYNTAX, (4, 5), "the line above has its value already"),
    ("chair:\n    - cfo\n      - x: y\n     z", SYNTAX, None, ""),
    ("teams: [a, b", SYNTAX, (3, 12), "the `[` that opens here is never closed"),
    ("cadence: {every: week", SYNTAX, (3, 14), "the `{` that opens here is never closed"),
    ('teams: ["a" b]', SYNTAX, (3, 17), "a comma or `]` was expected"),
    ("teams: , a", SYNTAX, (3, 12), "a value was expected before `,`"),
    ("teams: [a, , b]", SYNTAX, (3, 16), "a value was expected before `,`"),
]


@pytest.mark.parametrize(("slip", "rule", "where", "words"), SLIPS)
def test_a_slip_costs_one_declaration_and_one_problem(
    slip: str, rule: str, where: tuple[int, int] | None, words: str
) -> None:
    text = f"meetings:\n  broken:\n    {slip}\n  whole: {{chair: cfo}}\n"
    document = read("f.yaml", text.encode())
    problem = only_problem(document)
    assert problem.rule == rule
    assert words in problem.message
    assert where is None or place(problem) == where
    assert problem.tip
    assert document.data == [{"meetings": {"broken": None, "whole": {"chair": "cfo"}}}]
    assert document.damaged == {("meetings", "broken")}
    assert not document.salvaged_ids


@pytest.mark.parametrize(
    ("text", "rule", "where", "words"),
    [
        ("a: b: c\n", EATEN, (1, 5), "colon ended the text"),
        ("  a: b\nc: d\n", SYNTAX, (2, 1), "this line belongs to nothing above it"),
        ("- a\nb: c\n", SYNTAX, (2, 1), "this line has no dash"),
        ("a: b\n%FOO 1.2\n", NOT_ALLOWED, (2, 1), "begins with `%`"),
        ("a: {: b}\n", SYNTAX, (1, 5), "a key is missing"),
        (": b\n", SYNTAX, (1, 1), "a key is missing"),
        ("%FOO bar\n---\na: b\n", NOT_ALLOWED, (1, 1), "begins with `%`"),
        ("%YAML 3.0\n---\na: b\n", NOT_ALLOWED, (1, 1), "begins with `%`"),
        ("a: !x!y b\n", EATEN, (1, 4), "`!` is read as a tag"),
        ('"a\nb: c\n', SYNTAX, (1, 1), "never closed"),
        ('a: "\\ud800"\n', SYNTAX, (1, 5), "between double quotes"),
        ("---\na: b\n---\nc: d: e\n", EATEN, (4, 5), "colon ended the text `d`"),
        (f"{'k' * 2000}: a\n", SYNTAX, (1, 1), "1,024 characters at most"),
        ("a: \x07\n", SYNTAX, (1, 4), "control character U+0007"),
    ],
)
def test_outside_a_declaration_a_slip_costs_the_file(text: str, rule: str, where: tuple[int, int], words: str) -> None:
    document = read("f.yaml", text.encode())
    problem = only_problem(document)
    assert problem.rule == rule
    assert words in problem.message
    assert place(problem) == where
    assert not document.readable
    assert document.data == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: > 500\n", "`over 500`"),
        ("a: >= 2.5 # c\n", "`from 2.5`"),
        ("a: {b: >5, c: d}\n", "`over 5`"),
        ("a: >5\n", "`over 5`"),
        ("a: > 5 people\n", "on lines of its own"),
    ],
)
def test_a_comparison_is_told_in_words(text: str, words: str) -> None:
    assert words in only_problem(read("f.yaml", text.encode())).tip


PEOPLE = "people:\n  ann:\n    name: Ann\n"
MISPLACED = [
    (f"{PEOPLE} teams:\n  sales:\n    lead: ann\n", [(4, 2)]),
    (f"{PEOPLE}  teams:  # of all\n    sales:\n      lead: ann\n", [(4, 3)]),
    (f"{PEOPLE}    teams:\n      sales:\n        lead: ann\n", [(4, 5)]),
    (f"{PEOPLE}      teams:\n        sales: {{lead: ann}}\nterms:\n  a: {{means: b}}\n", [(4, 7)]),
    (f"{PEOPLE} teams:\n   sales:\n\n     lead: ann\n roles:\n   cfo:\n   cpo:\n     holder: ann\n", [(4, 2), (8, 2)]),
    (f"{PEOPLE} log:\n - held: a\n", [(4, 2)]),
    (f"{PEOPLE}  log:\n    - held: a\n", [(4, 3)]),
]


@pytest.mark.parametrize(("text", "where"), MISPLACED)
def test_an_indented_collection_is_read_and_told_once(text: str, where: list[tuple[int, int]]) -> None:
    document = read("f.yaml", text.encode())
    assert [place(problem) for problem in document.problems] == where
    assert all("is a collection, and begins in the first column" in problem.message for problem in document.problems)
    data = document.data[0]
    assert isinstance(data, dict)
    assert data["people"] == {"ann": {"name": "Ann"}}
    assert data.get("log", [{"held": "a"}]) == [{"held": "a"}]
    assert data.get("teams", {"sales": {"lead": "ann"}}) == {"sales": {"lead": "ann"}}
    assert len(data) > 1
    assert "teams" not in data or document.span(("teams", "sales", "lead")).line > 5 - ("{" in text)


@pytest.mark.parametrize(
    "text",
    [
        "forums:\n  council:\n    teams:\n    - sales\n",
        "teams:\n  people:\n    purpose: Hire\n",
        "teams:\n  people:\n    works_with:\n    - team: sales\n",
        "meetings:\n  people:\n    cadence:\n      every: week\n",
        "meetings:\n  log: {cadence: as needed}\n",
        "decision_rights:\n  roles:\n    inputs:\n      a: {number: any}\n",
        "terms:\n  a:\n    means: |\n      teams:\n        sales:\n          lead: ann\n",
        "meetings:\n  a:\n    people:\n      x:\n        y: z\n  b:\n    purpose: c\n",
        "  people:\n    a: {name: b}\n  teams:\n    c: {lead: a}\n",
    ],
)
def test_a_name_of_a_collection_may_be_an_id_or_a_field(text: str) -> None:
    assert read("f.yaml", text.encode()).problems == ()


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("a: {every: week day: mon}\n", "put a comma before `day`, or write the whole text in quotes"),
        ("a: {every: week Day: mon}\n", "write it in quotes"),
        ("a: {every: week: mon}\n", "write it in quotes"),
        ("teams:\nteams:\n", "put both under one `teams:`"),
        ("a: 1\na: 2\n", "keep one of the two"),
        ("forums: {a: {teams: [], teams: []}}\n", "keep one of the two"),
    ],
)
def test_a_tip_says_what_was_most_likely_meant(text: str, tip: str) -> None:
    assert only_problem(read("f.yaml", text.encode())).tip.startswith(tip)


def test_several_slips_are_told_in_one_run() -> None:
    text = "roles:\n  a: b: c\n  b:\n    x: [y\n  c: {d: e}\nlog:\n- held: x\n- date: y: z\n- held: w\n"
    document = read("f.yaml", text.encode())
    assert [(problem.rule, place(problem)) for problem in document.problems] == [
        (EATEN, (2, 7)),
        (SYNTAX, (4, 8)),
        (EATEN, (8, 10)),
    ]
    assert document.data == [
        {"roles": {"a": None, "b": None, "c": {"d": "e"}}, "log": [{"held": "x"}, None, {"held": "w"}]}
    ]
    assert document.damaged == {("roles", "a"), ("roles", "b"), ("log", 1)}
    assert document.span(("roles", "c", "d")).line == 5
    assert document.span(("log", 2, "held")).line == 9


def test_a_quote_that_runs_on_is_one_slip() -> None:
    text = 'roles:\n  a:\n    x: "y\n  b:\n    x: z\n  c:\n    x: "w"\n  d:\n    x: v\n'
    document = read("f.yaml", text.encode())
    assert place(only_problem(document)) == (3, 8)
    assert document.damaged == {("roles", "a")}
    assert document.data[0] == {"roles": {"a": None, "b": {"x": "z"}, "c": {"x": "w"}, "d": {"x": "v"}}}


def test_a_missing_head_is_one_slip() -> None:
    text = "roles:\n  a:\n    x: 1\n    y: 2\n    z: 3\n  #b:\n    x: 4\n    y: 5\n    z: 6\n"
    document = read("f.yaml", text.encode())
    problem = only_problem(document)
    assert problem.message == "the key `x` stands here a second time, and so do the 2 keys after it"
    assert document.data == [{"roles": {"a": {"x": 1, "y": 2, "z": 3}}}]
    assert document.damaged == {("roles", "a", "x"), ("roles", "a", "y"), ("roles", "a", "z")}


def test_an_anchor_and_its_aliases_are_one_slip() -> None:
    text = "a: &x {b: c}\nd: *x\ne: [*x, f]\ng:\n  <<: *x\n  h: i\n"
    document = read("f.yaml", text.encode())
    problem = only_problem(document)
    assert (problem.rule, place(problem)) == (NOT_ALLOWED, (1, 4))
    assert [(related.where[1:3], related.message) for related in problem.related] == [
        ((2, 4), "used here"),
        ((3, 5), "used here"),
        ((5, 7), "merged in here"),
    ]
    assert document.data == [{"a": {"b": "c"}, "e": ["f"], "g": {"h": "i"}}]
    assert {("a",), ("d",), ("e", 0), ("g",)} <= document.damaged


def test_the_first_of_two_keys_is_related_and_wins() -> None:
    document = read("f.yaml", b"m:\n  a: {b: 1}\n  c: 2\n  a: {b: 3}\n")
    problem = only_problem(document)
    assert problem.related[0].where == Span("f.yaml", 2, 3, 2, 4)
    assert document.span(("m", "a", "b")).line == 2


def test_a_directive_refuses_no_data() -> None:
    document = read("f.yaml", b"# 100 %\n%YAML 1.2\n---\na: b\n")
    problem = only_problem(document)
    assert (problem.rule, place(problem)) == (NOT_ALLOWED, (2, 1))
    assert document.data == [{"a": "b"}]
    assert not document.damaged


@pytest.mark.parametrize(
    "text",
    [
        "a: b # c\n",
        "a: b #\n",
        "a: b ## c\n",
        "## a ##\na: b\n",
        "#a\nb: c #\n",
        "a: 'b #c'\n",
        "a: b#c\n",
        "a: >\n  Slack #deal-desk\n",
        "a:\n  -5\n",
        "a: -b\nc: [-d, -e]\nd:\n- -f\n",
        "a: well\n  --known\n",
        "a: >\n  -b\n",
        "a: {b: c, d: }\n",
        "a: {b: }\n",
        "a: {? b : c}\n",
        "a: {at: 10:00}\n",
        "a: [b, c and d]\n",
        "a: {'b': c, \"d\":e}\n",
        "a: C# and R&D, 5 > 4 * 3\n",
        "on: no\n12:30: a\n1_000: b\n2026-01-05: c\n",
        "a: >2\n    b\n",
        '"<<": a\n"1": b\n',
    ],
)
def test_near_misses_are_quiet(text: str) -> None:
    document = read("f.yaml", text.encode())
    assert document.problems == ()
    assert not document.damaged


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", [2]),
        (
            "a: b\n<<<<<<< HEAD\n||||||| base\n=======\nc: e\n>>>>>>> other\nx: y\n<<<<<<< HEAD\n=======\n>>>>>>> a\n",
            [2, 8],
        ),
        ("a: b\n=======\nc: d\n", [2]),
        ("a: b\n>>>>>>> other\n", [2]),
    ],
)
def test_a_merge_conflict_is_one_problem(text: str, lines: list[int]) -> None:
    document = read("f.yaml", text.encode())
    assert [problem.rule for problem in document.problems] == ["yaml/merge-conflict"] * len(lines)
    assert [place(problem)[0] for problem in document.problems] == lines
    assert not document.readable


@pytest.mark.parametrize("text", ["a: >\n  =======\n", "# =======\na: b\n", "a: <<<<<<< b\n"])
def test_what_looks_like_a_merge_marker_in_a_text_is_none(text: str) -> None:
    assert read("f.yaml", text.encode()).problems == ()


def test_very_many_problems_are_counted() -> None:
    lines = "".join(f"k{number}: 1\na: 2\n" for number in range(150))
    document = read("f.yaml", f"a: 1\n{lines}".encode())
    assert len(document.problems) == 100
    assert document.problems[-1].message.endswith("(and 50 more in this file)")


def test_the_readers_know_the_collections_and_their_mappings_of_mappings() -> None:
    fields = {name: field for each in COLLECTIONS for name, field in schema(each)["properties"].items()}
    assert fields.keys() & {*COLLECTIONS} == {"teams"}
    assert fields.keys() >= indented.FIELDS - {"otherwise", "when"}


@pytest.mark.parametrize(
    ("text", "where", "character"),
    [
        ("a:\u00a0Do it.\n", (1, 3), "a no-break space (U+00A0)"),
        ("a:\n\u00a0\u00a0b: c\n", (2, 1), "a no-break space (U+00A0)"),
        ("a:\n \u00a0b: c\n", (2, 2), "a no-break space (U+00A0)"),
        ("a: \u3000b\n", (1, 4), "an ideographic space (U+3000)"),
        ("a: {b:\u202fc}\n", (1, 7), "a narrow no-break space (U+202F)"),
        ("a:\n-\u00a0b\n-\u00a0c\n", (2, 2), "a no-break space (U+00A0)"),
    ],
)
def test_an_odd_space_is_named_and_read_as_a_space(text: str, where: tuple[int, int], character: str) -> None:
    document = read("f.yaml", text.encode())
    problem = only_problem(document)
    assert (problem.rule, place(problem)) == ("yaml/hidden-character", where)
    assert problem.message.startswith(f"{character} stands here")
    plain = "".join(" " if mark.isspace() and mark != "\n" else mark for mark in text)
    assert document.data == read("f.yaml", plain.encode()).data


@pytest.mark.parametrize("text", ["a: 5\u00a0km\n", "a: >\n  Pourquoi\u00a0: non\n", "a: >\n  b \u2009c\n"])
def test_an_odd_space_in_a_text_is_quiet(text: str) -> None:
    assert read("f.yaml", text.encode()).problems == ()


@pytest.mark.parametrize("text", ["roles:\n  a: {}\n teams:\n", "roles:\n  a: x\n    teams:\n# end\n"])
def test_a_misplaced_collection_may_be_empty(text: str) -> None:
    document = read("a.yaml", text.encode())
    assert document.readable
    assert len(document.problems) == 1
