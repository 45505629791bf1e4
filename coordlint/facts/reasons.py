"""What something was set up for in; whether that is over, so that the reason is gone."""

from __future__ import annotations

from datetime import timedelta

from coordlint.facts.parties import has_left
from coordlint.model.base import Declaration, Node
from coordlint.model.kinds import Person

# For so long after its last day, what is over may still be wound up.
GRACE = timedelta(days=14)


def is_over(declaration: Declaration, grace: timedelta = GRACE) -> bool:
    """Whether a declaration has ended, was replaced or is past its `until`, or a person has left, and the grace too is
    past. What was refused may say anything, and is not over."""
    if declaration.refused or not (declaration.data.keys() & {"status", "replaced_by", "until", "left"}):
        return False
    today = declaration.org.as_of
    if isinstance(declaration, Person) and has_left(declaration):
        return declaration.left is not None and today > declaration.left + grace
    said_so = declaration.status == "ended" or bool(declaration.refs("replaced_by"))
    if not said_so and (declaration.until is None or today <= declaration.until):
        return False
    last_day = declaration.until or declaration.status_until
    return last_day is None or today > last_day + grace


def has_ended(declaration: Declaration) -> bool:
    """Whether a declaration says that it has ended, or what replaced it, and the grace is past; what is only past its
    `until` has not said so."""
    return (declaration.status == "ended" or declaration.says("replaced_by")) and is_over(declaration)


def lost_reasons(node: Node, grace: timedelta = GRACE) -> list[Declaration]:
    """All that a declaration, or a step, is there for (`only_while`), where every part of it is over; [] where any is
    not, or a name leads nowhere, so that nobody can know."""
    if "only_while" not in node.data:
        return []
    found = [node.org.find(ref) for ref in node.refs("only_while")]
    gone = [each for each in found if each is not None and is_over(each, grace)]
    return gone if len(gone) == len(found) else []
