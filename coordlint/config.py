"""What coordlint.yaml and the command line ask for in, the rules to run out: which, how severe, with what options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from coordlint.finding import Problem, Severity, UsageError
from coordlint.rule import Preset, Rule
from coordlint.rules import EDITIONS, NEXT, all_rules, is_in, renamed

if TYPE_CHECKING:
    from coordlint.model.org import Org

CONFIG_FILE = "coordlint.yaml"
BASELINE_FILE = "coordlint-baseline.yaml"
# What stands at the root and declares nothing.
OWN_FILES = (CONFIG_FILE, BASELINE_FILE)
# What marks a folder as one that the tool wrote.
MANIFEST = ".coordlint-manifest.json"

# Problems of reading are told whatever was selected: what they hide, nobody can check.
ALWAYS = ("yaml", "shape", "coordlint")
# What coordlint could not do is told whatever anybody wants: else a check that did not happen would pass.
_OWN = "coordlint"
# The family of the rules that coordlint.yaml declares.
HOUSE = "house"

# The largest number that an option may be, unless its own default is near it: so many days are a century.
MOST = 36_500

_LEVELS: dict[str, Severity | None] = {"off": None} | {severity.word: severity for severity in Severity}


class Chosen(NamedTuple):
    """A rule that runs, with the severity and the options that the organisation gives it."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any] = {}
    overridden: bool = False


class Asked(NamedTuple):
    """What the command line asks for; what it leaves out, coordlint.yaml decides.

    `besides` are rules that run whatever the preset is, unless coordlint.yaml turns them off. `plugins` are rules that
    the command line brings along: coordlint.yaml cannot.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preset: str = ""
    edition: str = ""
    besides: tuple[str, ...] = ()
    plugins: tuple[Rule, ...] = ()


class Settings(NamedTuple):
    """What is in force: edition, preset, the rules that run, and what people should know besides.

    `own_edition` is the one that coordlint.yaml names, whatever was asked for. `known` are all rules that have a name
    here, those of plugins and of the house among them.
    """

    edition: str
    preset: Preset
    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...] = ()
    own_edition: str = ""
    known: tuple[Rule, ...] = ()


def settings(
    config: Mapping[str, Any],
    asked: Asked = Asked(),  # noqa: B008
    where: str = CONFIG_FILE,
    place_of: Callable[[str], str] | None = None,
) -> Settings:
    """The settings in force. Raises UsageError for an edition, preset, rule or option that does not exist.

    `place_of` says where a key of `rules` stands; without it, `where` does.
    """
    own_edition = _edition(config, where)
    edition = _asked_edition(asked.edition) if asked.edition else own_edition
    preset = (
        _preset(asked.preset, "--preset") if asked.preset else _preset(config.get("preset") or "recommended", where)
    )
    known = known_rules(config, asked, where)
    notes: list[str] = []
    own = _own_levels(config.get("rules") or {}, known, place_of or (lambda _: where), notes)
    for name in (*asked.select, *asked.ignore):
        _must_exist(name, known)
    asked = asked._replace(
        select=_names_today(asked.select, known, "--select", notes),
        ignore=_names_today(asked.ignore, known, "--ignore", notes),
    )
    for name in asked.ignore:
        if name.partition("/")[0] == _OWN:
            raise UsageError(f"--ignore: `{name}` cannot be left out, for it says what could not be checked")
    chosen = tuple(_choose(edition, preset, known, own, asked))
    return Settings(edition, preset, chosen, tuple(notes), own_edition, known)


def known_rules(config: Mapping[str, Any], asked: Asked, where: str = CONFIG_FILE) -> tuple[Rule, ...]:
    """coordlint's own rules, those of plugins, and those of the house. Raises UsageError for one that cannot be."""
    declared = config.get("house_rules")
    if not declared:
        return (*all_rules(), *asked.plugins)
    from coordlint.house import house_rules, known_with

    house = []
    for made in house_rules(declared):
        if not isinstance(made, Rule):
            raise UsageError(f"{where}: {made.message}")
        house.append(made)
    return known_with((*all_rules(), *asked.plugins), house)


def misfits(config: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the house rules, for the caller to mend: a field that there is not, a value it cannot hold."""
    if config.get("house_rules"):
        from coordlint.house import house_rules

        yield from (made for made in house_rules(config["house_rules"]) if isinstance(made, Problem))


def strangers(org: Org, config: Mapping[str, Any]) -> Iterator[Problem]:
    """The names in house rules that nothing bears; while a file cannot be read, they may stand in it."""
    if config.get("house_rules") and not org.unread:
        from coordlint.house import unresolved

        yield from unresolved(org, config["house_rules"])


def _edition(config: Mapping[str, Any], where: str) -> str:
    edition = config.get("edition")
    if edition is None:
        raise UsageError(
            f'{where}: no `edition`; write `edition: "{EDITIONS[-1]}"`, so that upgrades bring no surprise'
        )
    if edition == NEXT:
        raise UsageError(
            f'{where}: edition `{NEXT}` changes with every version; write `edition: "{EDITIONS[-1]}"`, and '
            f"look ahead with `coordlint check --edition {NEXT} --statistics`"
        )
    if str(edition) not in EDITIONS:
        raise UsageError(f"{where}: no edition is called `{edition}`; there is {_either(EDITIONS)}")
    return str(edition)


def _asked_edition(name: str) -> str:
    if name not in (*EDITIONS, NEXT):
        raise UsageError(f"--edition: no edition is called `{name}`; there are {_either((*EDITIONS, NEXT))}")
    return name


def _preset(name: str, where: str) -> Preset:
    words = [preset.word for preset in Preset]
    if name not in words:
        raise UsageError(f"{where}: no preset is called `{name}`; there are {_either(words)}")
    return Preset[name.upper()]


def _choose(
    edition: str,
    preset: Preset,
    known: Iterable[Rule],
    own: Mapping[str, tuple[Any, Mapping[str, Any]]],
    asked: Asked,
) -> Iterable[Chosen]:
    for rule in known:
        level, options = own.get(rule.name, (rule.severity, {}))
        chosen = Chosen(rule, level or rule.severity, {**rule.options, **options}, rule.name in own)
        if asked.select and rule.family not in ALWAYS:
            wanted = rule.name in asked.select or (rule.family in asked.select and is_in(rule, edition))
        elif rule.name in own:
            wanted = level is not None
        else:
            wanted = (rule.preset <= preset or rule.name in asked.besides) and is_in(rule, edition)
        if wanted and not _is_named(rule, asked.ignore):
            yield chosen


def _is_named(rule: Rule, names: Sequence[str]) -> bool:
    return rule.name in names or rule.family in names


def _own_levels(
    rules: Mapping[str, Any], every: Sequence[Rule], place_of: Callable[[str], str], notes: list[str]
) -> dict[str, tuple[Any, Mapping[str, Any]]]:
    known = {rule.name: rule for rule in every}
    today = renamed(every)
    own: dict[str, tuple[Any, Mapping[str, Any]]] = {}
    for name, wish in rules.items():
        rule = known.get(today.get(name, name))
        if rule is None:
            hint = _nearest(name, known) or of_a_plugin(name, known)
            raise UsageError(f"{place_of(name)}: `rules` names `{name}`, which is no rule{hint}")
        if rule.name in own or (name in today and rule.name in rules):
            raise UsageError(
                f"{place_of(name)}: `rules` names `{rule.name}` twice, for `{name}` is a name that it had; keep one"
            )
        if name in today:
            notes.append(_is_called_now(place_of(name), name, rule.name))
        wishes = dict(wish) if isinstance(wish, Mapping) else {"severity": wish}
        level = wishes.pop("severity", rule.severity.word)
        if level not in _LEVELS:
            raise UsageError(f"{place_of(name)}: `{name}` cannot be `{level}`; write {_either(_LEVELS)}")
        if _LEVELS[level] is None and rule.family == _OWN:
            raise UsageError(f"{place_of(name)}: `{name}` cannot be `off`, for it says what could not be checked")
        for option, given in wishes.items():
            _check_option(rule, option, given, partial(place_of, name))
        own[rule.name] = (_LEVELS[level], wishes)
    return own


def _is_called_now(where: str, old: str, new: str) -> str:
    return f"{where}: rule `{old}` is now called `{new}`, and both names work; write the new one"


def _names_today(names: Sequence[str], known: Iterable[Rule], where: str, notes: list[str]) -> tuple[str, ...]:
    """Rules and families with the names of today, and a note for each that was renamed."""
    today = renamed(known)
    notes += [_is_called_now(where, name, today[name]) for name in dict.fromkeys(names) if name in today]
    return tuple(today.get(name, name) for name in names)


def _check_option(rule: Rule, option: str, given: Any, where: Callable[[], str]) -> None:
    if option not in rule.options:
        offered = f"its options are {_either(rule.options)}" if rule.options else "it has no options"
        raise UsageError(f"{where()}: rule `{rule.name}` has no option `{option}`; {offered}")
    default = rule.options[option]
    if not _fits(given, default):
        example = "[" + ", ".join(default[:3]) + "]" if isinstance(default, tuple) else default
        raise UsageError(
            f"{where()}: option `{option}` of `{rule.name}` must be {_kind(default)}, for example `{example}`"
        )
    most = _most(default)
    if most is not None and not 0 <= given <= most:
        raise UsageError(f"{where()}: option `{option}` of `{rule.name}` must be from 0 to {most}")


def _most(default: Any) -> float | None:
    """The largest number that an option may be; None where it is none. Days beyond reach cannot be reckoned with."""
    return max(MOST, 100 * default) if type(default) in (int, float) else None


def _fits(given: Any, default: Any) -> bool:
    """Whether an option's value is of the kind of its default."""
    if isinstance(default, tuple):
        return isinstance(given, list) and all(_fits(each, default[0] if default else "") for each in given)
    if isinstance(given, bool) or isinstance(default, bool):
        return isinstance(given, bool) and isinstance(default, bool)
    return isinstance(given, (int, float) if isinstance(default, float) else type(default))


def _kind(default: Any) -> str:
    if isinstance(default, tuple):
        return "a list of texts"
    return {int: "a whole number", str: "a text", bool: "true or false", float: "a number"}[type(default)]


def of_a_plugin(name: str, known: Iterable[str]) -> str:
    """What may be missing where not even the family of a name is known."""
    family, slash, _ = name.partition("/")
    families = {each.partition("/")[0] for each in known}
    return "; rules of a plugin are known only with `--plugins`" if slash and family not in families else ""


def _must_exist(name: str, known: Iterable[Rule]) -> None:
    every = tuple(known)
    # An organisation without house rules has a family of none, so that all of several may be asked for theirs.
    names = {HOUSE, *(rule.name for rule in every), *(rule.family for rule in every)}
    if name not in names and name not in renamed(every):
        # What was probably meant is a question, and ends with its own mark.
        hint = _nearest(name, names) or f"{of_a_plugin(name, names)};"
        raise UsageError(f"no rule or family is called `{name}`{hint} `coordlint rules` lists them")


def _nearest(name: str, among: Iterable[str]) -> str:
    from coordlint.nearest import nearest

    every = tuple(among)
    # Nobody who leaves out the rest of a long name has misspelt it.
    begin = [each for each in every if "/" in name and each.startswith(f"{name}-")]
    near = nearest(name, every) or (begin[0] if len(begin) == 1 else "")
    return f"; did you mean `{near}`?" if near else ""


def _either(words: Iterable[str]) -> str:
    every = [f"`{word}`" for word in words]
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} or {every[-1]}"
