"""`house_rules` of coordlint.yaml in, rules out: what an organisation asks of its own declarations, without code.

A house rule looks at what is written: whether a field is there, which values stand in it, and how many. It knows no
expressions, so that everybody can read it, and nothing that somebody puts into it can do harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from coordlint.facts.lending import is_lent
from coordlint.finding import Edit, Place, Problem, Route, Severity
from coordlint.model.base import Declaration, Ref
from coordlint.model.fields import Choice, Field, Names, Value
from coordlint.model.kinds import COLLECTIONS
from coordlint.model.org import Miss, Org
from coordlint.rule import CORRECTNESS, Rule
from coordlint.shape.fields import holds_many, in_words, refused_value, unknown_field
from coordlint.values import Refusal
from coordlint.values.refusal import listed

# Where house rules are declared, and the family that they make.
KEY, FAMILY = "house_rules", "house"
_CONFIG_FILE = "coordlint.yaml"
# So many can be read by a person; a file with more was generated.
MOST = 100
# So many of the values that are allowed are named in a tip.
_MOST_NAMED = 8

# The rules that tell of a field that is missing, by collection and field; "" stands for those that are not named.
_TELLING: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("", "because"): ("lifecycle/no-because",),
    ("", "review_every"): ("lifecycle/no-review",),
    ("", "review_by"): ("lifecycle/no-review",),
    ("", "owner"): ("ownership/unowned",),
    ("roles", "deputy"): ("fragility/no-deputy",),
    ("roles", "reports_to"): ("reporting/no-boss",),
    ("people", "reports_to"): ("reporting/no-boss",),
    ("teams", "lead"): ("ownership/unowned",),
    ("forums", "charter"): ("forum/no-charter",),
    ("forums", "decider"): ("forum/no-decider",),
    ("forums", "deputy"): ("forum/no-deputy",),
    ("meetings", "owner"): ("meeting/no-owner",),
    ("meetings", "purpose"): ("meeting/no-purpose",),
    ("meetings", "agenda"): ("meeting/no-agenda",),
    ("meetings", "outputs"): ("meeting/no-output", "meeting/holds-nothing"),
    ("meetings", "record"): ("meeting/no-memory", "meeting/no-output", "meeting/holds-nothing"),
    ("decision_rights", "decider"): ("decision/no-decider",),
    ("decision_rights", "decided_in"): ("decision/no-venue",),
    ("decision_rights", "time_limit"): ("decision/no-time-limit",),
    ("decision_rights", "record"): ("decision/no-record",),
    ("handoffs", "to"): ("handoff/no-receiver",),
    ("handoffs", "accepts_when"): ("handoff/no-acceptance",),
    ("handoffs", "accepted_by"): ("handoff/nobody-accepts",),
    ("handoffs", "accept_within"): ("handoff/no-time-limit",),
    ("context_lines", "through"): ("reporting/no-carrier",),
    ("context_lines", "back"): ("reporting/no-way-back",),
    ("initiatives", "accountable"): ("initiative/nobody-accountable",),
    ("initiatives", "done_when"): ("initiative/no-done-when",),
    ("initiatives", "due"): ("initiative/no-dates",),
    ("initiatives", "forum"): ("initiative/no-forum",),
    ("records", "owner"): ("record/no-owner",),
    ("records", "read_by"): ("record/nobody-reads",),
}

_Values = frozenset[Any]


class Wish(NamedTuple):
    """What a house rule asks of the declarations of a kind; values by field, as they are compared."""

    kind: type[Declaration]
    where: Mapping[str, _Values]
    require: tuple[str, ...]
    allow: Mapping[str, _Values]
    at_least: Mapping[str, int]
    at_most: Mapping[str, int]
    message: str
    named: Mapping[str, str]  # the allowed values of each field, in words


def house_rules(declared: Mapping[str, Any]) -> Iterator[Rule | Problem]:
    """The rule that each house rule makes, or why it cannot be one.

    `declared` has passed the schema of coordlint.yaml.
    """
    for number, (id, said) in enumerate(declared.items()):
        refusal = next(_misfits(said), None)
        if number == MOST:
            refusal = Refusal(f"{len(declared)} stand here, and {MOST} are the most", on_key=True)
        if refusal is None:
            yield _rule(id, said)
            continue
        where = Place(_CONFIG_FILE, (KEY, id, *refusal.route), refusal.on_key)
        yield Problem(where, f"house rule `{id}`: {refusal.message}", tip=refusal.tip)
        if number == MOST:
            return


def _rule(id: str, said: Mapping[str, Any]) -> Rule:
    wish = _wish(said)
    return Rule(
        name=f"{FAMILY}/{id}",
        severity=Severity[said.get("severity", "warning").upper()],
        preset=CORRECTNESS,
        weakness=None,
        since="",
        page=_page(said),
        check=partial(_judge, wish),
        subject=wish.kind,
        options={},
        claims_absence=False,
        needs_every_file=False,
        once_a_kind=None,
        yields_to=(),
        source="house rule",
    )


def known_with(rules: Sequence[Rule], house: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules and those of a house together: what both would say of a missing field, the house says in its words."""
    before: dict[str, tuple[str, ...]] = {}
    for own in house:
        wish: Wish = own.check.args[0]  # type: ignore[union-attr]
        for key in (*wish.require, *wish.at_least):
            for name in _TELLING.get((wish.kind.collection, key), _TELLING.get(("", key), ())):
                before[name] = (*before.get(name, ()), own.name)
    every = (
        rule._replace(yields_to=(*rule.yields_to, *before[rule.name])) if rule.name in before else rule
        for rule in rules
    )
    return (*every, *house)


# --- what is declared ---


def _misfits(said: Mapping[str, Any]) -> Iterator[Refusal]:
    """What a collection does not have, or cannot hold."""
    collection = said["for"]
    require = said.get("require", ())
    for index, key in enumerate(_listed(require)):
        way = ("require", index) if isinstance(require, list) else ("require",)
        unknown = unknown_field(collection, key)
        if unknown is not None:
            yield unknown._replace(on_key=False).below(*way)
    for part in ("where", "allow", "at_least", "at_most"):
        for key, given in said.get(part, {}).items():
            unknown = unknown_field(collection, key)
            if unknown is None and part in ("where", "allow"):
                unknown = _misfit_among(collection, key, given)
            elif unknown is None and not holds_many(collection, key):
                tip = "`allow` says which value it may be"
                unknown = Refusal(f"`{key}` holds one thing, and only a list can be counted", tip=tip, on_key=True)
            if unknown is not None:
                yield unknown.below(part, key)
    yield from _contradictions(said)


def _misfit_among(collection: str, key: str, given: Any) -> Refusal | None:
    for index, value in enumerate(_listed(given)):
        refusal = refused_value(collection, key, value)
        if refusal is not None:
            way = (index,) if isinstance(given, list) else ()
            return Refusal(refusal.message, route=way, tip=refusal.tip)
    return None


def _contradictions(said: Mapping[str, Any]) -> Iterator[Refusal]:
    statuses = _listed(said.get("where", {}).get("status", ()))
    if statuses and not {"active", "trial"} & {*statuses}:
        message = f"a rule looks at what is in force, and what is `{statuses[0]}` is not"
        yield Refusal(message, route=("where", "status"), tip="leave this condition out")
    parts = ("require", "allow", "at_least", "at_most")
    if not any(said.get(part) for part in parts):
        yield Refusal("this asks for nothing", tip="say what must be there under `require`")
    for key, most in said.get("at_most", {}).items():
        least = said.get("at_least", {}).get(key, 0)
        if least > most:
            message = f"`{key}` cannot hold at least {least} and at most {most}"
            yield Refusal(message, route=("at_most", key), tip="raise the one, or lower the other")
    for key, values in said.get("allow", {}).items():
        if values == []:
            yield Refusal(
                f"no value of `{key}` is allowed", route=("allow", key), tip="list those that may stand there"
            )


def _listed(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


def _wish(said: Mapping[str, Any]) -> Wish:
    kind = COLLECTIONS[said["for"]]
    where, allow = (
        {key: frozenset(_read(kind.fields[key], value) for value in _listed(given)) for key, given in part.items()}
        for part in (said.get("where", {}), said.get("allow", {}))
    )
    named = {key: _in_words(given) for key, given in said.get("allow", {}).items()}
    require = tuple(dict.fromkeys(_listed(said.get("require", ()))))
    least, most = said.get("at_least", {}), said.get("at_most", {})
    return Wish(kind, where, require, allow, least, most, said["message"].strip().rstrip("."), named)


def _read(field: Field[Any], value: Any) -> Any:
    """A value as it is compared: a text in a small language as what it means."""
    from coordlint.values import VALUES

    if not isinstance(field, Value):
        return value
    read = VALUES[field.language](value)
    return value if isinstance(read, Refusal) else read


# --- what is found ---


def _judge(wish: Wish, _org: Org, declaration: Declaration) -> Iterator[Problem]:
    if not all(_is_so(declaration, key, values) for key, values in wish.where.items()):
        return
    lacking = [key for key in dict.fromkeys((*wish.require, *wish.at_least)) if _lacks(declaration, key)]
    if lacking:
        names = listed([f"`{key}`" for key in lacking], "and")
        what = f"{names} {'is' if len(lacking) == 1 else 'are'} missing"
        fields = tuple((declaration.collection, declaration.id, key) for key in lacking)
        where = declaration.at(on_key=True)
        yield Problem(where, f"{wish.message}: {what}", tip=f"add {names}", atoms=fields)
    for key, values in wish.allow.items():
        yield from _not_allowed(wish, declaration, key, values)
    for key, least in wish.at_least.items():
        count = _count(declaration, key)
        if count is not None and count < least and key not in lacking:
            yield _miscounted(wish, declaration, key, count, f"{least} {'is' if least == 1 else 'are'} the least")
    for key, most in wish.at_most.items():
        count = _count(declaration, key)
        if count is not None and count > most:
            yield _miscounted(wish, declaration, key, count, f"{most} {'is' if most == 1 else 'are'} the most")


def _lacks(declaration: Declaration, key: str) -> bool:
    return not declaration.says(key) and not is_lent(declaration, key)


def _is_so(declaration: Declaration, key: str, values: _Values) -> bool:
    """Whether a field is known to hold one of some values; what is not said holds the word that its kind assumes."""
    field = declaration.fields[key]
    given = declaration.data.get(key)
    if given is None and isinstance(field, Choice) and not declaration.says(key):
        given = field.default
    return any(_is_among(declaration, field, item, values) for item in _listed(given))


def _is_among(declaration: Declaration, field: Field[Any], item: Any, values: _Values) -> bool | None:
    """Whether a value is one of some; None where nobody can know, for it names what cannot be looked up."""
    if not isinstance(item, (str, int, float)):
        return False if item is None else None
    if _read(field, item) in values:
        return True
    if not isinstance(field, Names) or not field.is_name(item):
        return False
    named = declaration.org.resolve(field.ref(item))
    if isinstance(named, Miss):
        return False if named is Miss.OUTSIDE else None
    ids = (named.id, *named.was)
    return not values.isdisjoint((*ids, *(f"{named.kind}/{id}" for id in ids)))


def _not_allowed(wish: Wish, declaration: Declaration, key: str, values: _Values) -> Iterator[Problem]:
    given = declaration.data.get(key)
    if given is None:
        return
    field = declaration.fields[key]
    tip = f"write {wish.named[key]}"
    for index, item in enumerate(_listed(given)):
        if _is_among(declaration, field, item, values) is False:
            where = declaration.at(key, index) if isinstance(given, list) else declaration.at(key)
            what = f"{wish.message}: `{key}` {'names' if isinstance(given, list) else 'is'} `{_shown(item)}`"
            yield Problem(where, what, tip=tip)


def _count(declaration: Declaration, key: str) -> int | None:
    """How many stand in a field; None where it says nothing that can be read."""
    given = declaration.data.get(key)
    return None if given is None else len(_listed(given))


def _miscounted(wish: Wish, declaration: Declaration, key: str, count: int, bound: str) -> Problem:
    return Problem(declaration.at(key), f"{wish.message}: `{key}` holds {count}, and {bound}")


# --- names that lead nowhere ---


def unresolved(org: Org, declared: Mapping[str, Any]) -> Iterator[Problem]:
    """The names in house rules that nothing bears: such a rule would look at nothing, or allow nothing."""
    found = list(_unresolved_names(org, declared))
    times = Counter(field.ref(text).id for field, text, _, _ in found)
    for field, text, given, way in found:
        yield _unresolved(org, field.ref(text), given, way, times[field.ref(text).id])


def _unresolved_names(org: Org, declared: Mapping[str, Any]) -> Iterator[tuple[Names[Any], str, Any, Route]]:
    for id, said in declared.items():
        for part in ("where", "allow"):
            for key, given in said.get(part, {}).items():
                field = COLLECTIONS[said["for"]].fields[key]
                if not isinstance(field, Names):
                    continue
                for index, text in enumerate(_listed(given)):
                    if field.is_name(text) and org.resolve(field.ref(text)) is Miss.UNRESOLVED:
                        way = (KEY, id, part, key, *((index,) if isinstance(given, list) else ()))
                        yield field, text, given, way


def _unresolved(org: Org, ref: Ref[Any], beside: object, way: Route, times: int) -> Problem:
    from coordlint.facts.slips import surely_meant
    from coordlint.nearest import nearest, only_near

    text, names = ref.text, org.names(ref.kinds)
    near = nearest(text, names)
    meant = f"; did you mean `{near}`?" if near else ""
    tip = f"write `{near}`" if near else f"declare `{text}`, or name what is declared"
    place = Place(_CONFIG_FILE, way)
    is_only = near and only_near(text, names) == near
    # It is named here, and so in no declaration that would count it.
    mended = surely_meant(org, ref, near, beside, times) if is_only else ""
    edits = (Edit(place, "replace", mended),) if mended else ()
    kinds = listed([kind.replace("-", " ") for kind in ref.kinds], "or")
    message = f"no {kinds} is called `{text}`{meant}"
    return Problem(place, message, tip=tip, rule="reference/unresolved", edits=edits)


# --- its page ---


def _page(said: Mapping[str, Any]) -> str:
    """What a house rule looks at and asks for, in words."""
    message = said["message"].strip().rstrip(".")
    lines = [f"{message[:1].upper()}{message[1:]}.", "", _looks_at(said), ""]
    require = _listed(said.get("require", ()))
    if require:
        lines.append(f"- {listed([f'`{key}`' for key in require], 'and')} must be there")
    for key, given in said.get("allow", {}).items():
        lines.append(f"- `{key}` may only be {_in_words(given)}")
    for key, least in said.get("at_least", {}).items():
        lines.append(f"- `{key}` must hold at least {least}")
    for key, most in said.get("at_most", {}).items():
        lines.append(f"- `{key}` may hold at most {most}")
    return "\n".join(lines)


def _looks_at(said: Mapping[str, Any]) -> str:
    conditions = [f"`{key}` is {_in_words(given)}" for key, given in said.get("where", {}).items()]
    where = f" where {listed(conditions, 'and')}" if conditions else ""
    return f"It looks at the {in_words(said['for'])} that are in force{where}:"


def _in_words(given: Any) -> str:
    """Values as a sentence names them: `decision` or `review`."""
    shown = [f"`{_shown(value)}`" for value in _listed(given)]
    more = [f"one of {len(shown) - _MOST_NAMED} more"] if len(shown) > _MOST_NAMED else []
    return listed([*shown[:_MOST_NAMED], *more], "or")


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
