"""Texts that are YAML, or nearly: strategies for Hypothesis, and mutations of files such as people write."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import strategies as st

WRITTEN = """\
# The coordination of launches.

forums:
  launch-council:
    charter: >
      Resolves trade-offs between product, engineering,
      marketing and sales for every launch.

      Meets until the launch is over.
    chair: chief-of-staff          # until autumn
    teams: [product, engineering, sales]
    record: launch-decisions

meetings:
  launch-weekly:
    forum: launch-council
    purpose: Decide every open launch trade-off, and say who learns of it.
    cadence: {every: week, day: tue, at: "10:00", lasts: 45m}
    agenda: https://wiki.example.org/agenda#launch
    attendees:
    - cpo
    - cfo
    outputs: [decisions, 'minutes']

  board:
    cadence:
      - {every: month, day: [second tue, fourth tue], at: 09:00, lasts: 2h}
      - every: quarter
        month: 2
    description: |-
      What the board decides.
      * in writing
    headcount: 12
    share: 0.5
    external: false
    since: 2026-01-05
    until:

decision_rights:
  discount:
    question: May we give this discount?
    inputs:
      percent: {number: 0 to 100, unit: "%"}
    cases:
      - {when: {percent: up to 10}, decider: account-executive, asynchronous: true}
      - {when: {percent: over 10}, decider: cfo, links: []}
log:
- held: launch-weekly
  date: 2026-03-03
- cancelled: board
"""

INSERTS = [
    *" :#-,[]{}'\"|>&*!%@`\n?~\\\t=<.+0123xXe_nyoNTf",
    *("é", "\u00a0", "\u2028", "😀", "\ufeff", "\r", "\x85", "\u200b", "\r\n", "  ", "\n  ", "\n    ", ": ", " #"),
    *(" # ", "- ", "\n- ", "\n---\n", "...", "{{", "}}", "<<: ", "null", "true", "0x1f", "1e3", ".inf", "010", '""'),
    *("''", "|-", ">+", ">2", "key: ", "\n\n", "\n \n", "#x", ",", "a: b"),
]


def realistic() -> list[str]:
    """Files such as people write: the text above, and the example that comes with the project."""
    org = Path(__file__).parent.parent / "examples" / "org"
    return [WRITTEN, *(path.read_text("utf-8") for path in sorted(org.rglob("*.yaml")))]


def mutated(text: str, chance: random.Random) -> str:
    """A piece of this text with some slips of the keyboard in it."""
    lines = text.split("\n")
    first = chance.choice([0, 0, chance.randrange(len(lines))])
    piece = "\n".join(lines[first : first + chance.choice([3, 8, 15, 40])])
    piece += chance.choice(["\n", "\n", "\n", "", "\n\n", "\n# c\n"])
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3, 5])):
        piece = _slip(piece, chance) or "a: b\n"
    return piece


def _slip(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    lines = text.split("\n")
    line = chance.randrange(len(lines))
    kind = chance.randrange(7)
    if kind == 0:
        return text[:at] + chance.choice(INSERTS) + text[at:]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + chance.choice(INSERTS) + text[at + 1 :]
    if kind == 3:
        lines.insert(chance.randrange(len(lines) + 1), lines[line])
    elif kind == 4:
        del lines[line]
    elif kind == 5:
        shift = chance.choice([-2, -1, 1, 2, 4])
        lines[line] = " " * shift + lines[line] if shift > 0 else lines[line][-shift:]
    else:
        return text[:at] + text[at + chance.randrange(1, 30) :]
    return "\n".join(lines)


_WORDS = """\
a|b|ceo|deal desk|it's|10:00|5|010|1.5|null|~|true|no|x: y|a #b|a # b|"q"|'s'|"a\\n"|https://a.b/c#d|a,b|é|<<|1|-|?
{a: b}|{a: b, c}|{a:b}|[a, b]|[]|{}|[a: b]|{{t}}|[{a: [b]}, c]|{a: 10:00}|*a|&a b|!t x|@x|- a|>|>-|> 5|[a|{a: b|'a"""
_KEYS = "a:|b:|c:|id-1:|'a':|1:|true:|<<:|? a|a :|a|- a:|-  b:|-|- -"
_words = st.sampled_from([*_WORDS.replace("\n", "|").split("|"), "|", "|+", ""])
_keys = st.sampled_from(_KEYS.split("|"))
_ends = st.sampled_from(["\n"] * 8 + ["", " ", " # c\n", " #c\n", "\n\n", "  \n", "\r\n", "\t\n", "\n# c\n", "\n---\n"])
_indents = st.sampled_from(["", "", "  ", "  ", "    ", "    ", "   ", "      ", "\t"])
_lines = st.builds("{}{} {}{}".format, _indents, _keys, _words, _ends) | st.builds(
    "{}{}{}{}".format, _indents, st.sampled_from(["", "- ", "-   "]), _words, _ends
)


def near_yaml() -> st.SearchStrategy[str]:
    """Some lines that look like YAML, and often are."""
    return st.lists(_lines, max_size=12).map("".join)


def same(one: object, other: object) -> bool:
    """Whether two readings are equal in values, types and the order of keys."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (one != one and other != other)
