"""What somebody says has happened in, an entry of the log out, and the list that it belongs to.

An entry is made only of what was said and is judged as a file is. What does not fit is one UsageError, which speaks of
the options in which it was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coordlint.entry.doubting import doubts, refuse_impossible
from coordlint.entry.given import given_inputs
from coordlint.entry.logs import Home, home, told_already
from coordlint.entry.names import resolved
from coordlint.entry.telling import fields_of, sorts
from coordlint.entry.words import Said, happened, judge, refuse_missing, value
from coordlint.model.base import Ref
from coordlint.model.org import Org

__all__ = ["Home", "Said", "doubts", "entry", "fields_of", "home", "sorts", "told_already"]


def entry(org: Org, sort: str, said: Mapping[str, Said]) -> dict[str, Any]:
    """The entry that says what was said, its fields in their order; the day of the Org where it needs one.

    Names are found as a file's are, and written as what they name is called now. Raises UsageError for what is no such
    entry: a name that leads nowhere, a day that does not exist or lies ahead, a value that the schema refuses.
    """
    fields = fields_of(sort)
    told = {**said} if "date" in said or "date" not in fields else {**said, "date": org.as_of.isoformat()}
    refuse_missing(sort, told)
    made = {field: value(field, told[field]) for field in fields if field in told and field != "given"}
    judge(sort, made)
    for field in made:
        made[field] = resolved(org, sort, field, made[field])
    happened(org.as_of, made)
    refuse_impossible(org, made)
    if "given" in told:
        right = org.find(Ref(made["decided"], ("decision-right",)))
        given = given_inputs(right, [told["given"]] if isinstance(told["given"], str) else told["given"])
        made = {field: given if field == "given" else made[field] for field in fields if field in told}
        judge(sort, made)
    return made
