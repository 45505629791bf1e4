"""Runs and files for the tests of reports: a small organisation, and whatever findings a test makes up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from coordlint.finding import Finding, Severity, Span
from coordlint.lint import Run
from coordlint.model.org import Org
from coordlint.shape import Told

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

DECISIONS = """\
decision_rights:
  pricing:
    question: What does it cost?
    recommends: product-manager
    time_limit: 5d
    decider: [cpo, cfo]
"""


def organisation(declared: int = 3, as_of: date = date(2026, 3, 2)) -> Org:
    """Roles, and what is not counted: a line of the log, a calendar and a period."""
    roles = [
        Told("roles", f"role-{number}", {}, "roles.yaml", ("roles", f"role-{number}")) for number in range(declared)
    ]
    log = Told("log", "", {}, "log.yaml", ("log", 0))
    house = [Told(name, "one", {}, "coordlint.yaml", (name, "one")) for name in ("calendars", "periods")]
    return Org([*roles, log, *house], as_of)


def run(*findings: Finding, files: int = 14, prefix: str = "", notes: tuple[str, ...] = (), declared: int = 3) -> Run:
    return Run(organisation(declared), findings, notes, files, prefix)


def finding(
    span: Span,
    message: str = "something is wrong",
    *related: tuple[Span, str],
    rule: str = "family/rule",
    severity: Severity = ERROR,
    tip: str = "",
) -> Finding:
    return Finding(rule, severity, message, span, related, tip)


def at(path: str, line: int, column: int, end_column: int, end_line: int = 0) -> Span:
    return Span(path, line, column, end_line or line, end_column)


def from_files(files: Mapping[str, str]) -> Callable[[Run, str], str | None]:
    return lambda _run, path: files.get(path)
