"""A name that leads nowhere and the only one near it in, the name that was surely meant out, or none.

To be near is not enough. Where the slip was made in the declaration, whoever names it is right; and two names that
differ by a digit or a letter may be two things.
"""

from __future__ import annotations

from typing import Any

from coordlint.facts.references import Missed, missed, uses_of
from coordlint.model.base import Declaration, Ref
from coordlint.model.kinds import Person
from coordlint.model.org import Org
from coordlint.nearest import is_slip


def surely_meant(org: Org, ref: Ref[Any], near: str, beside: object = None, others: int = 0) -> str:
    """What to write instead of a name, with its kind where that is written; "" where nobody can be sure.

    `beside` is the list in which the name stands, and `others` how often the same name is known to stand elsewhere,
    besides declarations.
    """
    name = ref.text.removesuffix(ref.id) + near
    found = org.resolve(Ref(name, ref.kinds, ref.or_text))
    if not isinstance(found, Declaration) or not is_slip(ref.id, near, strictly=isinstance(found, Person)):
        return ""
    # What stands there twice in the same way was no slip; the declaration may be misspelt, and then nobody names it.
    if others + sum(each.ref.id == ref.id and _is_own(each) for each in missed(org)) > 1:
        return ""
    if not any(use.user is not found for use in uses_of(org, found)):
        return ""
    texts = [each for each in beside if isinstance(each, str)] if isinstance(beside, list) else []
    return "" if any(org.resolve(Ref(each, ref.kinds, ref.or_text)) is found for each in texts) else name


def _is_own(name: Missed) -> bool:
    """Whether a name stands there itself, and was not taken over by `like`."""
    return name.route[len(name.user.route)] not in name.user.taken
