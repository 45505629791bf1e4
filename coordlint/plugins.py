"""A module in, the rules in it out, each so wrapped that a slip in it is known for its own.

A plugin is such a module, loaded because a command line names it; see `cli/plugins.py`. Plugins bring rules alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import wraps
from types import ModuleType
from typing import Any

from coordlint.finding import Edit, Once, Place, Problem, Severity
from coordlint.rule import Check, Preset, Rule
from coordlint.rules import all_rules

# A file is loaded below this name, so that it hides no module of its own name.
ABOVE_FILES = "coordlint_plugins"
# Families that are coordlint's, besides those of its rules.
_TAKEN = frozenset({"house"})
_RULE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


def rules_in(module: ModuleType) -> tuple[Rule, ...]:
    """The rules that stand in a module, but for coordlint's own: each once, in the order of the file."""
    own = {id(rule) for rule in all_rules()}
    found = {id(each): each for each in vars(module).values() if isinstance(each, Rule)}
    return tuple(as_plugin(rule) for number, rule in found.items() if number not in own)


def as_plugin(rule: Rule) -> Rule:
    """A rule that is not coordlint's own, with the word whose it is, so that a slip in it is told as theirs."""
    if rule.source or rule.check is None:
        return rule
    module = rule.check.__module__.removeprefix(f"{ABOVE_FILES}.")
    return rule._replace(source=f"plugin {module}", check=_guarded(rule.check))


def unfit(rule: Rule) -> Iterator[str]:
    """Why a rule could not run beside coordlint's own, said before it does."""
    families = {each.family for each in all_rules()} | _TAKEN
    severity: Any = rule.severity
    preset: Any = rule.preset
    if rule.family in families:
        yield f"`{rule.family}` is a family of coordlint's own; call the module otherwise"
    elif not _RULE.fullmatch(rule.name):
        yield f"`{rule.name}` is no name of a rule; call module and function in lower-case letters, digits and `_`"
    if rule.check is None:
        yield f"`{rule.name}` looks at nothing: its first parameter is `org`, a second one what it looks at"
    if not isinstance(severity, Severity) or not isinstance(preset, Preset):
        yield f"`{rule.name}`: severity and preset are those of coordlint.rule, such as WARNING and RECOMMENDED"
    for option, default in rule.options.items():
        if not _is_option(default):
            yield f"`{rule.name}`: option `{option}` must be a number, a text, true or false, or a tuple of texts"
    if rule.once_a_kind is not None and not _is_once_a_kind(rule):
        yield f"`{rule.name}`: `once_a_kind` is a field of the kind, and a message in which `{{count}}` may stand"


def _is_option(default: Any) -> bool:
    if isinstance(default, tuple):
        return bool(default) and all(isinstance(each, str) for each in default)
    return isinstance(default, (bool, int, float, str))


def _is_once_a_kind(rule: Rule) -> bool:
    try:
        field, message = rule.once_a_kind or ("", "")
        known = rule.subject is not None and field.partition(".")[0] in rule.subject.fields
    except (AttributeError, TypeError, ValueError):
        return False
    return known and _takes_a_count(message)


def _takes_a_count(message: str) -> bool:
    try:
        message.format(count=1)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False
    return True


def _guarded(check: Check) -> Check:
    """The same, with whatever is no problem told where it arises: later on nobody would know whose it was."""

    @wraps(check)
    def guarded(*about: Any, **options: Any) -> Iterator[Problem]:
        try:
            for problem in check(*about, **options) or ():
                if not _is_problem(problem):
                    raise TypeError(f"a rule yields a Problem at a Place, with a message, and not {problem!r:.80}")
                yield problem
        except SystemExit as end:
            raise RuntimeError("it wanted to end the program") from end

    return guarded


def _is_problem(said: Any) -> bool:
    if not isinstance(said, Problem) or said.rule:
        return False
    told: list[Any] = [(said.where, said.message), *said.related]
    if not all(_is_place(where) and isinstance(message, str) for where, message, *_ in told):
        return False
    tip: Any = said.tip
    severity: Any = said.severity
    names: list[Any] = [part for atom in said.atoms for part in atom]
    edits: list[Any] = [*said.edits]
    return (
        isinstance(tip, str)
        and isinstance(severity, (Severity, type(None)))
        and all(isinstance(each, tuple) for each in (said.about, said.atoms, *said.atoms))
        and all(isinstance(each, str) for each in names)
        and all(isinstance(each, Edit) and _is_place(each.where) for each in edits)
        and (said.once is None or _is_once(said.once))
    )


def _is_once(once: Any) -> bool:
    if not isinstance(once, Once) or not once.of:
        return False
    told: list[Any] = [once.of, once.message, once.also]
    return all(isinstance(each, str) for each in told) and _takes_a_count(once.message)


def _is_place(where: Any) -> bool:
    if not isinstance(where, Place):
        return False
    path: Any = where.path
    route: Any = where.route
    return isinstance(path, str) and isinstance(route, tuple)
