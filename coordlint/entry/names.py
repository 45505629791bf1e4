"""A name as it was said in, the name of what is declared out, or why it leads nowhere."""

from __future__ import annotations

from typing import Any

from coordlint.entry.telling import in_words, there, wrong
from coordlint.facts.references import uses_of
from coordlint.model.base import ANY, PARTY, Declaration, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import LogEntry
from coordlint.model.org import Miss, Org
from coordlint.nearest import nearest
from coordlint.values import listed

_MOST_LISTED = 8
# How many may be said in place of names; in digits, for a word is a name.
_COUNTED = ("attended", "decisions")
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | dict.fromkeys(("no", "none", "nobody", "nothing"), 0)


def resolved(org: Org, sort: str, field: str, value: Any) -> Any:
    """A value with its names as what they lead to is called now. Raises UsageError for one that leads nowhere."""
    names = LogEntry.fields.get(field)
    if not isinstance(names, Names) or isinstance(value, int):
        return value
    if isinstance(value, list):
        return [_name(org, sort, field, names.ref(each)) for each in value]
    return _name(org, sort, field, names.ref(value))


def _name(org: Org, sort: str, field: str, ref: Ref[Any]) -> str:
    """A name, once it is known to lead somewhere. Raises UsageError where it does not."""
    found = org.resolve(ref)
    if isinstance(found, Declaration):
        return ref.text if found.id == ref.id else ref.text.removesuffix(ref.id) + found.id
    kinds = in_words(ref.kinds)
    if found is Miss.UNRESOLVED:
        raise wrong(field, *_unknown(org, field, ref, kinds))
    if found is Miss.WRONG_KIND:
        raise wrong(field, *_wrong_kind(org, ref, kinds))
    if found is Miss.AMBIGUOUS:
        bearers = [bearer for bearer in org.bearers(ref.id) if bearer.kind in ref.kinds]
        names = listed((f"`{bearer.kind}/{bearer.id}`" for bearer in bearers), "or")
        raise wrong(field, f"`{ref.text}` names {len(bearers)} things", f"write {names}")
    if field == sort and not ref.is_text:
        raise wrong(field, f"`{ref.text}` is outside, and is not declared", f"name a {kinds} of your own")
    return ref.text


def _unknown(org: Org, field: str, ref: Ref[Any], kinds: str) -> tuple[str, str]:
    if ref.kind in ref.kinds:
        others = [f"`{bearer.kind}/{bearer.id}`" for bearer in org.bearers(ref.id) if bearer.kind in ref.kinds]
        if others:
            return f"no {in_words([ref.kind])} is called `{ref.id}`; did you mean {listed(others, 'or')}?", ""
    message = f"no {kinds} is called `{ref.text}`"
    if field in _COUNTED and ref.text in _NUMBERS:
        number = _NUMBERS[ref.text]
        return message, f"write digits, such as {number}, or names" if number else "for none write 0"
    names = sorted(set(org.names(ref.kinds)))
    near = nearest(ref.id, names)
    if near:
        return f"{message}; did you mean `{near}`?", ""
    alike = [name for name in names if {*name.split("-")} & {*ref.id.split("-")}]
    if 0 < len(alike) <= _MOST_LISTED:
        return f"{message}; did you mean {listed((f'`{name}`' for name in alike), 'or')}?", ""
    if org.unread:
        return message, f"it may stand in {org.unread[0]}, which cannot be read: see `coordlint check`"
    if len(names) <= _MOST_LISTED and field not in _COUNTED:
        return message, there(names) if names else "declare it first"
    outside = f", or write `ext/{ref.id}` for somebody outside" if {*PARTY} & {*ref.kinds} else ""
    counted = "write digits, such as 9, or names: " if field in _COUNTED else ""
    return message, f"{counted}declare it first{outside}" if ref.kinds != ANY else "declare it first"


def _wrong_kind(org: Org, ref: Ref[Any], kinds: str) -> tuple[str, str]:
    """What a name of another kind bears, and what has to do with it and would fit."""
    bearer = org.bearers(ref.id)[0]
    fit = sorted({use.user.id for use in uses_of(org, bearer) if use.user.kind in ref.kinds})[:3]
    such = f", such as {listed((f'`{id}`' for id in fit), 'or')}" if fit else ""
    return f"`{ref.text}` is a {bearer.kind.replace('-', ' ')}", f"name a {kinds}{such}"
