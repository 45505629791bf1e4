"""What somebody says has happened in, an entry of the log out, and the list that it belongs to.

An entry is made only of what was said and is judged as a file is. What does not fit is one UsageError, which speaks of
the options in which it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from coordlint.document import Document
from coordlint.facts.references import uses_of
from coordlint.finding import Route, UsageError
from coordlint.model.base import ANY, PARTY, Declaration, Ref
from coordlint.model.fields import Names
from coordlint.model.kinds import DecisionRight, LogEntry
from coordlint.model.org import Miss, Org
from coordlint.nearest import nearest
from coordlint.shape import check
from coordlint.shape.schemas import resolved, schema
from coordlint.values import (
    Input,
    Refusal,
    listed,
    parse_day,
    parse_given,
    parse_input,
    parse_moment,
    parse_number,
    shown,
)

# What was said of a field: its words, or those of an option that was given several times.
Said = str | Sequence[str]

_MOST_LISTED = 8
_MOST_DIGITS = 9
_YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}
# Of what has happened no day lies ahead; the day that a date was moved to may.
_PAST = ("date", "opened", "closed", "known_since")
_ORDERED = (("opened", "closed"), ("known_since", "date"))


def sorts() -> tuple[str, ...]:
    """What an entry may tell, by the key that it begins with: held, cancelled, decided and so on."""
    return tuple(schema("log")["dependentSchemas"])


def fields_of(sort: str) -> tuple[str, ...]:
    """The fields that an entry of a sort may have, in the order in which they are written."""
    return tuple(schema("log")["dependentSchemas"][sort]["properties"])


def entry(org: Org, sort: str, said: Mapping[str, Said]) -> dict[str, Any]:
    """The entry that says what was said, its fields in their order; the day of the Org where it needs one.

    Names are found as a file's are, and written as what they name is called now. Raises UsageError for what is no such
    entry: a name that leads nowhere, a day that does not exist or lies ahead, a value that the schema refuses.
    """
    fields = fields_of(sort)
    told = {**said} if "date" in said or "date" not in fields else {**said, "date": org.as_of.isoformat()}
    _refuse_missing(sort, told)
    made = {field: _value(field, told[field]) for field in fields if field in told and field != "given"}
    _judge(sort, made)
    for field in made:
        made[field] = _resolved(org, sort, field, made[field])
    _happened(org.as_of, made)
    if "given" in told:
        right = org.find(Ref(made["decided"], ("decision-right",)))
        given = _given(right, [told["given"]] if isinstance(told["given"], str) else told["given"])
        made = {field: given if field == "given" else made[field] for field in fields if field in told}
        _judge(sort, made)
    return made


def doubts(org: Org, made: Mapping[str, Any]) -> Iterator[str]:
    """What somebody may want to know about an entry that is right all the same."""
    right = org.find(Ref(made["decided"], ("decision-right",))) if "decided" in made else None
    if isinstance(right, DecisionRight) and right.cases:
        left = [name for name in right.data.get("inputs") or () if name not in made.get("given", ())]
        if left:
            names = listed(f"`{name}`" for name in left)
            yield f"who may decide depends on {names}; `--given {left[0]}=…` says what it was"
    replaced = made.get("supersedes")
    ids = [each.id_ for each in org.all(LogEntry) if each.id_]
    if replaced is not None and replaced not in ids:
        near = nearest(replaced, ids)
        yield f"no decision of the log has the id `{replaced}`" + (f"; did you mean `{near}`?" if near else "")


# --- values ---


def _value(field: str, said: Said) -> Any:
    """What words stand for in a field, as it is written; names are looked up later."""
    about = resolved(schema("log")["properties"][field])
    for each in [said] if isinstance(said, str) else said:
        _refuse_unsayable(field, each)
    if not isinstance(said, str):
        return _count_or_names(field, said)
    if "x-value" in about:
        read = parse_day(said) if about["x-value"] == "day" else parse_moment(said)
        if isinstance(read, Refusal):
            raise _wrong(field, read.message, read.tip)
    return int(said) if about.get("type") == "integer" and _is_number(said) else said


def _count_or_names(field: str, said: Sequence[str]) -> Any:
    """How many, or who or which: one as it is, several as a list."""
    parts = list(dict.fromkeys(part for each in said for part in _parted(each)))
    if len(parts) == 1:
        return int(parts[0]) if _is_number(parts[0]) else parts[0]
    if any(map(_is_number, parts)):
        raise _wrong(field, "a number stands beside others", "say how many, or name them")
    return parts


def _parted(words: str) -> list[str]:
    """The names of a list that commas part; a text with commas in it is one text."""
    parts = [part.strip() for part in words.split(",")]
    names = [part for part in parts if part]
    return names if all(_is_name(part) for part in names) and names else [words]


def _is_name(word: str) -> bool:
    return Ref(word, ANY, or_text=True).kind != "text"


def _is_number(word: str) -> bool:
    digits = word.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS


def _refuse_unsayable(field: str, words: str) -> None:
    """Refuse what says nothing, and bytes of the command line that are no text."""
    if not words.strip():
        raise _wrong(
            field,
            "this says nothing",
            f"name a {_kinds(field)}" if field in sorts() else "leave it out, or say something",
        )
    try:
        words.encode()
    except UnicodeEncodeError:
        raise _wrong(field, "this is no text in UTF-8", "type it again") from None


def _refuse_missing(sort: str, told: Mapping[str, Said]) -> None:
    """Refuse what leaves out a field that an entry of its sort cannot do without."""
    for field in schema("log")["dependentSchemas"][sort].get("required", ()):
        if field not in told:
            says = (
                schema("log")["properties"][field]["description"].partition(": ")[2].replace(". Example:", ", such as")
            )
            raise UsageError(f"{_option(field)} is missing: say {says}")


def _about(field: Mapping[str, Any]) -> str:
    """What the schema says of a field, as the rest of a sentence: `when it began, such as 2026-03-31T14:05`."""
    return str(field["description"]).partition(": ")[2].replace(". Example:", ", such as")


def _judge(sort: str, made: Mapping[str, Any]) -> None:
    """Refuse what a file may not say."""
    for problem in check(Document("", "", [{"log": [made]}])).problems:
        field = str(problem.way[2]) if len(problem.way) > 2 else sort
        about = schema("log")["properties"][field]
        tip = f"say {_about(about)}" if problem.tip == about["description"] else problem.tip
        # A list has brackets in a file, and none on a command line.
        raise _wrong(field, problem.message, tip.replace("`[", "`").replace("]`", "`"))


def _happened(as_of: date, made: Mapping[str, Any]) -> None:
    """Refuse what lies ahead, and what ended before it began."""
    for field in _PAST:
        if field in made and _moment(made[field]).date() > as_of:
            raise _wrong(field, f"{made[field]} lies ahead of {as_of}", "the log keeps what has happened")
    for first, last in _ORDERED:
        if first in made and last in made and _is_before(made[last], made[first]):
            message = f"{made[last]} lies before {_option(first)} {made[first]}"
            raise _wrong(last, message, "see which of the two is right")


def _is_before(one: str, other: str) -> bool:
    """Whether a moment lies before another; of a day alone, nobody knows the hour."""
    first, second = _moment(one), _moment(other)
    return first < second if len(one) == len(other) else first.date() < second.date()


def _moment(text: str) -> datetime:
    read = parse_moment(text)
    assert isinstance(read, datetime)
    return read


def _wrong(field: str, message: str, tip: str = "") -> UsageError:
    """What is wrong in a field, as the option where it was said; what happened is said without one."""
    option = "" if field in sorts() else f"{_option(field)}: "
    return UsageError(f"{option}{message}; {tip}" if tip and not message.endswith("?") else f"{option}{message}")


def _option(field: str) -> str:
    return f"--{field.replace('_', '-')}"


# --- names ---


def _resolved(org: Org, sort: str, field: str, value: Any) -> Any:
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
    kinds = _in_words(ref.kinds)
    if found is Miss.UNRESOLVED:
        raise _wrong(field, *_unknown(org, ref, kinds))
    if found is Miss.WRONG_KIND:
        raise _wrong(field, *_wrong_kind(org, ref, kinds))
    if found is Miss.AMBIGUOUS:
        bearers = [bearer for bearer in org.bearers(ref.id) if bearer.kind in ref.kinds]
        names = listed((f"`{bearer.kind}/{bearer.id}`" for bearer in bearers), "or")
        raise _wrong(field, f"`{ref.text}` names {len(bearers)} things", f"write {names}")
    if field == sort and not ref.is_text:
        raise _wrong(field, f"`{ref.text}` is outside, and is not declared", f"name a {kinds} of your own")
    return ref.text


def _kinds(field: str) -> str:
    """What a field names, in words."""
    names = LogEntry.fields[field]
    assert isinstance(names, Names)
    return _in_words(names.kinds)


def _in_words(kinds: Sequence[str]) -> str:
    return "declaration" if tuple(kinds) == ANY else listed((kind.replace("-", " ") for kind in kinds), "or")


def _unknown(org: Org, ref: Ref[Any], kinds: str) -> tuple[str, str]:
    if ref.kind in ref.kinds:
        others = [f"`{bearer.kind}/{bearer.id}`" for bearer in org.bearers(ref.id) if bearer.kind in ref.kinds]
        if others:
            return f"no {_in_words([ref.kind])} is called `{ref.id}`; did you mean {listed(others, 'or')}?", ""
    message = f"no {kinds} is called `{ref.text}`"
    names = sorted(set(org.names(ref.kinds)))
    near = nearest(ref.id, names)
    if near:
        return f"{message}; did you mean `{near}`?", ""
    alike = [name for name in names if {*name.split("-")} & {*ref.id.split("-")}]
    if 0 < len(alike) <= _MOST_LISTED:
        return f"{message}; did you mean {listed((f'`{name}`' for name in alike), 'or')}?", ""
    if org.unread:
        return message, f"it may stand in {org.unread[0]}, which cannot be read: see `coordlint check`"
    if len(names) <= _MOST_LISTED:
        return message, _there(names) if names else "declare it first"
    outside = f", or write `ext/{ref.id}` for somebody outside" if {*PARTY} & {*ref.kinds} else ""
    return message, f"declare it first{outside}" if ref.kinds != ANY else "declare it first"


def _there(names: Sequence[str]) -> str:
    return f"there {'is' if len(names) == 1 else 'are'} {listed(f'`{name}`' for name in names)}"


def _wrong_kind(org: Org, ref: Ref[Any], kinds: str) -> tuple[str, str]:
    """What a name of another kind bears, and what has to do with it and would fit."""
    bearer = org.bearers(ref.id)[0]
    fit = sorted({use.user.id for use in uses_of(org, bearer) if use.user.kind in ref.kinds})[:3]
    such = f", such as {listed((f'`{id}`' for id in fit), 'or')}" if fit else ""
    return f"`{ref.text}` is a {bearer.kind.replace('-', ' ')}", f"name a {kinds}{such}"


# --- what a decision depended on ---


def _given(right: Declaration | None, pairs: Sequence[str]) -> dict[str, Any]:
    """The inputs of a decision with their values, each as the right declares it."""
    given: dict[str, Any] = {}
    inputs = right.data.get("inputs") if right is not None else None
    for pair in pairs:
        name, sign, words = (part.strip() for part in pair.partition("="))
        if not (name and sign and words):
            raise _wrong("given", f"{shown(pair)} is no input with its value", "write them as in `--given percent=30`")
        if name in given:
            raise _wrong("given", f"{shown(name)} is given twice", "leave one out")
        _refuse_unsayable("given", words)
        given[name] = _given_value(right, inputs, name, words)
    return given


def _given_value(right: Declaration | None, inputs: Any, name: str, words: str) -> Any:
    if right is not None and right.refused and not (isinstance(inputs, Mapping) and name in inputs):
        return _guessed(words)  # what the right says of its inputs could not be read
    if not isinstance(inputs, Mapping) or not inputs:
        label = right.label if right is not None else "the decision right"
        raise _wrong("given", f"{label} depends on no inputs", "leave it out, or declare `inputs` there")
    if name not in inputs:
        near = nearest(name, inputs)
        meant = f"; did you mean `{near}`?" if near else ""
        raise _wrong("given", f"no input is called {shown(name)}{meant}", _there(list(inputs)))
    about = parse_input(inputs[name])
    if isinstance(about, Refusal):
        return _guessed(words)
    read = _as_input(words, about)
    if isinstance(read, Refusal):
        raise _wrong("given", f"`{name}`: {read.message}", read.tip)
    return read


def _as_input(words: str, about: Input) -> Any:
    """The value of an input as plain data; numbers may have the unit behind them."""
    if about.kind == "yes_no":
        read = parse_given(_YES_OR_NO.get(words.lower(), words), about)
    else:
        bare = words.removesuffix(about.unit).rstrip() if about.numeric and about.unit else words
        read = parse_given(bare, about)
        words = bare
    if isinstance(read, Refusal) or not about.numeric:
        return read
    return _number(words)


def _guessed(words: str) -> Any:
    """What words most likely are where nobody says what they should be."""
    if words in ("true", "false"):
        return words == "true"
    return words if isinstance(parse_number(words), Refusal) else _number(words)


def _number(words: str) -> Any:
    """A number as YAML reads it; as a text, where that would be another number."""
    number = float(words) if "." in words else int(words)
    return number if parse_number(number) == parse_number(words) else words


# --- where it belongs ---


class Home(NamedTuple):
    """The list that an entry is added to: its file, and the way there. Something else may stand in its place."""

    path: str
    route: Route = ("log",)
    is_list: bool = True


def home(documents: Iterable[Document], as_of: date) -> Home | None:
    """The log that holds the newest entry; of several that do, that of the first file. None where there is no log.

    Entries of days that lie ahead count for nothing.
    """
    found = [(_newest(entries, as_of), where) for where, entries in _logs(documents)]
    return max(found, key=lambda each: each[0])[1] if found else None


def told_already(documents: Iterable[Document], made: Mapping[str, Any]) -> Home | None:
    """Where the very same entry stands, if it does: the way leads to it."""
    for where, entries in _logs(documents):
        if made in entries:
            return where._replace(route=(*where.route, entries.index(made)))
    return None


def _logs(documents: Iterable[Document]) -> Iterator[tuple[Home, list[Any]]]:
    for document in documents:
        for number, data in enumerate(document.data):
            if isinstance(data, dict) and "log" in data:
                entries = data["log"]
                route: Route = (number, "log") if number else ("log",)
                is_list = entries is None or isinstance(entries, list)
                yield Home(document.path, route, is_list), entries if is_list and entries else []


def _newest(entries: Iterable[Any], as_of: date) -> date:
    read = [parse_moment(each.get("date", each.get("opened"))) for each in entries if isinstance(each, dict)]
    days = (moment.date() for moment in read if isinstance(moment, datetime))
    return max((day for day in days if day <= as_of), default=date.min)
