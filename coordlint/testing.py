"""A case in YAML in, what was expected and what was found out: the kit for authors of rules.

A case is YAML with `# expect: family/rule` at the end of each line that a finding must point at, and nowhere else. It
may hold several files, each begun by a line `# file: NAME`, and fix its day by a line `# as-of: DATE`. Names that are
used and not declared get stand-ins, so that a case holds only what it is about.

For one's own tests, `complaints(rule)` says what is not as the rule's page shows it, and
`marks(check(parse(text), rule)) == parse(text).expected` holds for any other case. `rules_in(module)` are the rules of
a plugin. What `__all__` names stays; the rest is coordlint's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from textwrap import dedent
from typing import Any, NamedTuple

from coordlint.config import BASELINE_FILE, CONFIG_FILE, OWN_FILES, Asked
from coordlint.facts.references import missed as lost
from coordlint.finding import Finding
from coordlint.lint import Run
from coordlint.model.kinds import KINDS
from coordlint.model.org import Miss
from coordlint.plugins import as_plugin, rules_in
from coordlint.rule import Rule
from coordlint.rules import all_rules, rule_names
from coordlint.workspace import Found, Workspace

__all__ = [
    "DAY",
    "Case",
    "InMemory",
    "Mark",
    "check",
    "complaints",
    "examples",
    "in_case",
    "marks",
    "parse",
    "rules_in",
]

# The day of a case that names none.
DAY = date(2026, 6, 15)
FIRST_FILE = "case.yaml"
STAND_INS = "stand-ins.yaml"
HOUSE = 'organisation: Example\nlayer_owner: ext/owner\nedition: "2026"\npreset: strict\n'

_FILE = re.compile(r"#\s*file:\s*(\S+)\s*\Z")
_AS_OF = re.compile(r"^#\s*as-of:\s*(\d{4}-\d\d-\d\d)\s*$", re.MULTILINE)
_EXPECT = re.compile(r"#\s*expect:\s*([\w/-]+(?:\s*,\s*[\w/-]+)*)\s*\Z")

# What a stand-in says, where its kind cannot do without. ID is its own: each role is held by somebody else.
_LEAST: Mapping[str, str] = {
    "role": "{held_by: ext/holder-of-ID}",
    "meeting": "{purpose: Stands in for a meeting, cadence: as needed}",
    "decision-right": "{question: Who decides?, decider: ext/decider}",
    "handoff": "{from: ext/giver, to: ext/taker, delivers: What was made}",
    "escalation": "{steps: [{to: ext/top}]}",
    "context-line": "{from: ext/one, to: ext/other, carries: context}",
    "record": "{keeps: What a stand-in keeps}",
    "term": "{means: What a stand-in means}",
}


class Mark(NamedTuple):
    """A line of a file and the rule that speaks, or should speak, there."""

    path: str
    line: int
    rule: str


class Case(NamedTuple):
    """Files by name, the day, and what must be found in them."""

    files: dict[str, str]
    expected: set[Mark]
    as_of: date


class InMemory(Workspace):
    """An organisation of texts that stand in no folder."""

    def __init__(self, texts: Mapping[str, str | bytes]) -> None:
        super().__init__(
            "", overlay={path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
        )

    def _scan(self, config: Mapping[str, Any]) -> Found:  # noqa: ARG002
        files = sorted(self.overlay)
        declaring = [path for path in files if path not in OWN_FILES and path.endswith(".yaml")]
        return Found(declaring, files, [], baseline=BASELINE_FILE in files)


def parse(text: str) -> Case:
    """A case as it is written, taken apart."""
    files: dict[str, list[str]] = {}
    expected: set[Mark] = set()
    path = FIRST_FILE
    for line in text.split("\n"):
        begins = _FILE.match(line)
        if begins:
            path = begins[1]
            continue
        lines = files.setdefault(path, [])
        lines.append(line)
        marked = _EXPECT.search(line)
        if marked:
            expected |= {Mark(path, len(lines), name.strip()) for name in marked[1].split(",")}
    day = _AS_OF.search(text)
    return Case(
        {name: "\n".join(lines) for name, lines in files.items() if name == path or any(lines)},
        expected,
        date.fromisoformat(day[1]) if day else DAY,
    )


def check(case: Case, *rules: str | Rule, plugins: Iterable[Rule] = ()) -> Run:
    """What rules, or families of them, find in a case; all rules where none is named.

    A rule is named, or given itself, as those of a plugin are; `plugins` are rules that can be named besides
    coordlint's own. Stand-ins are added first, but where names that lead nowhere are what the case is about.
    """
    given = tuple(as_plugin(rule) for rule in (*rules, *plugins) if isinstance(rule, Rule) and not _is_own(rule))
    names = tuple(rule.name if isinstance(rule, Rule) else rule for rule in rules)
    return _check(case, names, tuple({rule.name: rule for rule in given}.values()))


def _is_own(rule: Rule) -> bool:
    return any(rule.name == each.name for each in all_rules())


def _check(case: Case, rules: tuple[str, ...], plugins: tuple[Rule, ...]) -> Run:
    texts = {CONFIG_FILE: HOUSE, **case.files}
    speaking = (*rules, *(mark.rule for mark in case.expected))
    about_names = any(name.partition("/")[0] == "reference" for name in speaking)
    stand_ins = "" if about_names else _stand_ins(InMemory(texts).run(as_of=case.as_of))
    if stand_ins:
        texts[STAND_INS] = stand_ins
    # A waiver is only unused where its rule has run.
    waived = _waived(texts) if {"waiver", "waiver/unused"} & {*rules} else ()
    return InMemory(texts).run(Asked(select=(*rules, *waived), plugins=plugins), case.as_of)


def _waived(texts: Mapping[str, str]) -> list[str]:
    """The rules that are named in waivers."""
    written = {name for text in texts.values() for name in re.findall(r"[a-z]+/[a-z-]+", text)}
    return [name for name in rule_names() if name in written]


def marks(run: Run) -> set[Mark]:
    """Where a run found something, stand-ins aside."""
    return {Mark(each.span.path, each.span.line, each.rule) for each in in_case(run)}


def in_case(run: Run) -> Iterator[Finding]:
    """The findings of a run that do not speak of a stand-in."""
    return (finding for finding in run.findings if finding.span.path != STAND_INS)


def examples(rule: Rule, heading: str) -> list[Case]:
    """The cases below a heading, "Bad" or "Good", of a rule's page."""
    first, _, rest = rule.page.partition("\n")
    page = f"{first}\n{dedent(rest)}\n"
    blocks = re.findall(rf"^{heading}:\n\n((?:(?: {{4}}.*)?\n)+)", page, re.MULTILINE)
    return [parse(dedent(block).rstrip("\n") + "\n") for block in blocks]


def said_of_bad(rule: Rule) -> Finding | None:
    """What a rule says of the first bad example on its page; None where there is no such example."""
    for case in examples(rule, "Bad"):
        return next((each for each in in_case(check(case, rule)) if each.rule == rule.name), None)
    return None


def complaints(rule: Rule) -> list[str]:
    """What is not as a rule's page says, in words: `assert complaints(rule) == []` is a whole test.

    Each example below `Bad:` must give exactly what it marks, and each below `Good:` nothing.
    """
    told = []
    for heading in ("Bad", "Good"):
        cases = examples(rule, heading)
        if not cases:
            told.append(f"its page shows no example below `{heading}:`")
        for number, case in enumerate(cases, 1):
            expected = case.expected if heading == "Bad" else set()
            told += [f"{heading} {number}: {each}" for each in _differences(check(case, rule), expected)]
            if heading == "Bad" and {mark.rule for mark in expected} != {rule.name}:
                told.append(f"Bad {number}: mark what is wrong with `# expect: {rule.name}`, and no other rule")
    return told


def _differences(run: Run, expected: set[Mark]) -> Iterator[str]:
    found = marks(run)
    for mark in sorted(expected - found):
        yield f"{mark.path}, line {mark.line}: {mark.rule} says nothing here"
    for finding in in_case(run):
        if Mark(finding.span.path, finding.span.line, finding.rule) not in expected:
            yield f"{finding.span.path}, line {finding.span.line}: {finding.rule} says: {finding.message}"


def _stand_ins(run: Run) -> str:
    """Declarations for every name that leads nowhere, of the first kind that its field takes."""
    wanted: dict[str, set[str]] = {}
    for missed in lost(run.org):
        kinds = [kind for kind in missed.ref.kinds if kind in KINDS]
        if missed.why is Miss.UNRESOLVED and kinds and kinds[0] not in ("calendar", "period"):
            wanted.setdefault(missed.ref.kind or kinds[0], set()).add(missed.ref.id)
    text = ""
    for kind, ids in sorted(wanted.items()):
        text += f"{KINDS[kind].collection}:\n"
        text += "".join(f"  {id}: {_LEAST.get(kind, '{}').replace('ID', id)}\n" for id in sorted(ids))
    return text
