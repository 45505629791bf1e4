"""One line a finding, and how often each rule spoke."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import ERROR, INFO, WARNING, at, finding, from_files, run

from coordlint.finding import Accepted, Finding, Span
from coordlint.report import FOR_PEOPLE, Look, render

NO_FILES = from_files({})
LAST_DAY = date(2026, 6, 30)


def test_a_line_a_finding_and_the_summary() -> None:
    found = run(
        finding(at("a.yaml", 3, 5, 9), "no `purpose`", severity=WARNING),
        finding(Span("b.yaml", 0, 0, 0, 0), "cannot be read"),
        prefix="org/",
    )
    assert render("concise", [found], NO_FILES) == (
        "org/a.yaml:3:5: warning[family/rule] no `purpose`\n"
        "org/b.yaml: error[family/rule] cannot be read\n"
        "2 findings: 1 error, 1 warning, in 2 of 14 files\n"
    )


def test_what_is_left_out_is_counted() -> None:
    found = run(
        *[finding(at("a.yaml", line, 1, 2), severity=INFO) for line in range(1, 4)], notes=("a rule is held back",)
    )
    assert render("concise", [found], NO_FILES, Look(max_findings=1)).split("\n")[1:] == [
        "2 more findings are not shown (2 info); `--max-findings 0` shows all",
        "note: a rule is held back",
        "3 findings: 3 info, in 1 of 14 files",
        "",
    ]


def accepted(line: int, reason: str = "it is meant", until: date | None = LAST_DAY) -> Finding:
    found = finding(at("a.yaml", line, 1, 2), "m")
    return found._replace(accepted=Accepted(reason, until, "comment", at("a.yaml", 9, 3, 40)))


def test_what_is_accepted_is_counted_apart_and_shown_where_it_is_wanted() -> None:
    waived = (accepted(1), accepted(2, "", None))
    found = run(finding(at("b.yaml", 1, 1, 2), "open"), prefix="org/")._replace(waived=waived)
    summary = "1 finding: 1 error, in 1 of 14 files, 2 waived\n"
    assert render("concise", [found], NO_FILES) == "org/b.yaml:1:1: error[family/rule] open\n" + summary
    assert render("concise", [found], NO_FILES, Look(show_waived=True)) == (
        "org/b.yaml:1:1: error[family/rule] open\n"
        "org/a.yaml:1:1: waived[family/rule] m (accepted until 2026-06-30 in org/a.yaml:9: it is meant)\n"
        "org/a.yaml:2:1: waived[family/rule] m (accepted in org/a.yaml:9, without a reason)\n" + summary
    )
    assert render("concise", [found], NO_FILES, Look(max_findings=2, show_waived=True)).split("\n")[2:] == [
        "1 more waived finding is not shown; `--max-findings 0` shows all",
        *summary.split("\n"),
    ]


def test_statistics_count_what_is_accepted_where_it_is_wanted() -> None:
    found = run(finding(at("b.yaml", 1, 1, 2), rule="a/a"))._replace(waived=(accepted(1), accepted(2)))
    assert render("statistics", [found], NO_FILES).split("\n")[0] == "1  error    a/a"
    assert render("statistics", [found], NO_FILES, Look(show_waived=True)) == (
        "1  error    a/a\n0  error    family/rule  2 waived\n\n1 finding: 1 error, in 1 of 14 files, 2 waived\n"
    )


def test_only_the_level_is_coloured() -> None:
    found = run(finding(at("a.yaml", 1, 1, 2), "m"))
    coloured = render("concise", [found], NO_FILES, Look(colour=True))
    assert coloured.startswith("a.yaml:1:1: \x1b[1;31merror\x1b[0m[family/rule] m\n")


@given(st.text(), st.text(min_size=1), st.text())
def test_a_finding_is_always_one_printable_line(message: str, path: str, note: str) -> None:
    found = run(finding(at(path, 1, 1, 2), message), notes=(note,))
    lines = render("concise", [found], NO_FILES).split("\n")
    assert len(lines) == 4
    assert not {char for line in lines for char in line if not char.isprintable()} - set("\u00a0\u2009\u202f\u3000")


def test_statistics_count_rules_the_most_frequent_first() -> None:
    place = at("a.yaml", 1, 1, 2)
    often = [finding(place, rule="meeting/no-purpose", severity=WARNING)] * 11
    once = [finding(place, rule="b/b"), finding(place, rule="a/a", severity=INFO), finding(place, rule="a/b")]
    raised = [finding(place, rule="meeting/no-purpose", severity=ERROR)] * 2
    assert render("statistics", [run(*often, *once), run(*raised, prefix="b/")], NO_FILES) == (
        "11  warning  meeting/no-purpose\n"
        " 2  error    meeting/no-purpose\n"
        " 1  error    a/b\n"
        " 1  error    b/b\n"
        " 1  info     a/a\n"
        "\n"
        "16 findings: 4 errors, 11 warnings, 1 info, in 2 of 28 files of 2 organisations\n"
    )


def test_statistics_of_nothing_are_the_summary() -> None:
    assert render("statistics", [run()], NO_FILES) == "no findings in 14 files, 3 declarations\n"


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_what_people_read_has_the_notes(name: str) -> None:
    assert "note: a rule is held back\n" in render(name, [run(notes=("a rule is held back",))], NO_FILES)
