"""What is found and a baseline in; out, what of it is accepted, what is no longer found, and the baseline of today.

Problems are compared one by one, before what all of a kind lack is told together: so one more of them is told alone,
and when the first of them is mended, the others stay accepted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple, TypeAlias

from coordlint.baseline import Entry, place
from coordlint.config import HOUSE, Chosen
from coordlint.finding import Accepted, Once, Place, Problem, Related, Span
from coordlint.fingerprint import fingerprint, mark_of, parts_of
from coordlint.model.evidence import LogEntry
from coordlint.model.kinds import COLLECTIONS, KINDS
from coordlint.model.org import Org
from coordlint.rule import Rule
from coordlint.rules import rule_names
from coordlint.together import as_one_of, kind_of, once_for_all, once_of
from coordlint.waivers.written import NEVER_WAIVED
from coordlint.yielding import Said

BASELINE = "baseline"
STALE = "waiver/stale-baseline"
# While something new cannot be read, nobody knows what else would be found.
_OF_READING = ("yaml", "shape", "coordlint")
_MOST_NAMED = 3
_GONE = "is no longer found"
_TAKEN_OVER = "is accepted by a waiver now"
_ANEW = "delete the entry and run `coordlint baseline`"

_Count: TypeAlias = "Counter[str]"


class Compared(NamedTuple):
    """The entries of a baseline: those that it had, those of them that are left without what is no longer found, and
    those that it would have today.

    `taken_over` are the waivers that accept now what entries do, by the entries' numbers. `misfit` is a part of the
    baseline that is not as it was written, and what to do.
    """

    before: tuple[Entry, ...]
    pruned: tuple[Entry, ...]
    today: tuple[Entry, ...]
    taken_over: Mapping[int, tuple[Span, ...]] = {}
    misfit: tuple[Place, str] | None = None


class Comparison:
    """A baseline at work. What an entry accepts is counted by the ids that it is true of, else under "".

    `names` are the names that an entry may have for rules, where those are not the usual ones.
    """

    def __init__(
        self,
        org: Org,
        entries: Sequence[Entry],
        chosen: Mapping[str, Chosen],
        names: Mapping[str, str] | None,
    ) -> None:
        self._org = org
        self._entries = entries
        self._chosen = chosen
        self._names = rule_names() if names is None else names
        self._number = {entry.fingerprint: number for number, entry in enumerate(entries)}
        self._held = [Counter(self._ids_of(entry)) if entry.of else Counter({"": entry.alike}) for entry in entries]
        self._met: list[_Count] = [Counter() for _ in entries]
        self._once: dict[int, Once] = {}  # how an entry for all of a kind says it
        self._kept: list[tuple[Said, int | None]] = []
        self._misfits: dict[int, tuple[Place, str]] = {}

    def accept(self, kept: Iterable[Said], locate: Callable[[Place], Span]) -> list[Said]:
        """The same problems; what the baseline holds, and nobody else accepts, is accepted by it."""
        accepted: dict[int, Accepted] = {}
        for said in kept:
            number = self._meet(said, self._met) if _may_be_accepted(said) else None
            if number is not None and number not in accepted:
                reason = self._entries[number].reason
                accepted[number] = Accepted(reason, None, BASELINE, locate(place(number)))
            now = said if number is None else said._replace(accepted=accepted[number])
            self._kept.append((now, number))
        return [said for said, _ in self._kept]

    def compare(self, said: Sequence[Said], whole: Set[str]) -> Compared:
        """What the baseline would be today. `said` is all that was said, also what something else explains.

        `whole` are the rules that looked at everything: of the others, nobody knows what is no longer found.
        """
        still = [held - gone for held, gone in zip(self._held, self._gone(said, whole), strict=True)]
        today = self._today()
        # What something else explains is not told now, and will be again when that is mended.
        for number, (count, met) in enumerate(zip(still, self._met, strict=True)):
            _add(today, self._with(number, count - met))
        pruned = (self._with(number, count) for number, count in enumerate(still))
        return Compared(
            tuple(self._entries),
            tuple(entry for entry in pruned if entry.times),
            tuple(today.values()),
            self._taken_over(said) if any(held - count for held, count in zip(self._held, still, strict=True)) else {},
            self._misfits[min(self._misfits)] if self._misfits else None,
        )

    def _meet(self, said: Said, met: Sequence[_Count]) -> int | None:
        """Count a problem for the entry that has room for it, and give the entry's number."""
        for number, id in self._entries_for(said):
            if met[number][id] < self._held[number][id]:
                met[number][id] += 1
                return number
        return None

    def _entries_for(self, said: Said) -> Iterator[tuple[int, str]]:
        """The entries that speak of a problem, of it alone or of all of its kind, and what it counts under there."""
        collection = parts_of(said.problem.way)[0]
        own = self._number.get(self._fingerprint(said))
        # The file of what is in no declaration may change, unless it is the file as a whole that is meant.
        where = _where(said)
        if own is not None and self._fits(own, said.rule, where if _is_named(said) or not collection else "", False):
            yield own, ""
        once = once_of(self._rule(said), said.problem)
        of_kind = self._number.get(self._fingerprint(said, once.of)) if once is not None else None
        if once is not None and of_kind is not None and self._fits(of_kind, said.rule, once.of, True):
            self._once[of_kind] = once
            yield of_kind, as_one_of(once.of, said.problem)

    def _fits(self, number: int, rule: str, where: str, of_kind: bool) -> bool:
        """Whether an entry says of which rule its fingerprint is, and about what; if not, that is noted."""
        entry = self._entries[number]
        if rule not in (entry.rule, self._names.get(entry.rule)):
            misfit = ("rule", f"this entry is of the rule `{rule}`, and not of `{entry.rule}`; write that, or {_ANEW}")
        elif where and where not in (entry.where, self._where_today(entry)):
            misfit = ("where", f"this entry is about `{where}`; write that as its `where`, or {_ANEW}")
        elif bool(entry.of) != of_kind:
            whom = "all that it is `of`, and names none" if of_kind else f"`{where}` alone, and has no `of`"
            misfit = ("of", f"this entry is about {whom}; {_ANEW}")
        else:
            return True
        at = place(number)
        self._misfits[number] = (at._replace(route=(*at.route, misfit[0]), on_key=True), misfit[1])
        return False

    def _ids_of(self, entry: Entry) -> Iterator[str]:
        """The ids of today of those that an entry is `of`; what is called something else now is still the same."""
        kind = COLLECTIONS.get(entry.where)
        for id in entry.of:
            found = self._org.get(kind, id) if kind is not None else None
            yield id if found is None else found.id

    def _where_today(self, entry: Entry) -> str:
        """What an entry is about, under its name of today."""
        kind, _, id = entry.where.partition("/")
        found = self._org.get(KINDS[kind], id) if kind in KINDS else None
        return entry.where if found is None else f"{kind}/{found.id}"

    def _taken_over(self, said: Iterable[Said]) -> Mapping[int, tuple[Span, ...]]:
        """What entries accept, and waivers do now: where each of these stands, by the numbers of the entries."""
        taken: dict[int, tuple[Span, ...]] = {}
        for each in said:
            if each.accepted is not None:
                for number, id in self._entries_for(each):
                    if not id or id in self._held[number]:
                        taken[number] = (*taken.get(number, ()), each.accepted.where)
        return taken

    def _fingerprint(self, said: Said, of_kind: str = "") -> str:
        # A baseline stands in its organisation, and holds wherever that is: a repository may come later, or not.
        return fingerprint(mark_of(self._org, self._rule(said).first_name, said.problem, of_kind, identity=""))

    def _rule(self, said: Said) -> Rule:
        return self._chosen[said.rule].rule

    def _gone(self, said: Sequence[Said], whole: Set[str]) -> list[_Count]:
        """What of each entry is no longer found."""
        judged = [self._is_judged(entry, whole) for entry in self._entries]
        if not any(is_judged and self._held[n] - self._met[n] for n, is_judged in enumerate(judged)):
            return [Counter() for _ in self._entries]
        found: list[_Count] = [Counter() for _ in self._entries]
        for each in said:
            if _may_be_accepted(each):
                self._meet(each, found)
        return [
            held - (met | also) if is_judged else Counter()
            for held, met, also, is_judged in zip(self._held, self._met, found, judged, strict=True)
        ]

    def _is_judged(self, entry: Entry, whole: Set[str]) -> bool:
        """Whether it would be known that something is found: its rule looked at everything, and could read it."""
        if self._org.incomplete and any(
            said.accepted is None and said.rule.partition("/")[0] in _OF_READING for said, _ in self._kept
        ):
            return False
        rule = self._names.get(entry.rule)
        if rule is None:  # A rule that is no more finds nothing more; one of a plugin that is not here may.
            family = entry.rule.partition("/")[0]
            return family == HOUSE or any(name.partition("/")[0] == family for name in whole)
        return rule in whole

    def _today(self) -> dict[str, Entry]:
        """The entries for what is told and nobody else accepts, by fingerprint."""
        groups: dict[tuple[str, str], list[tuple[Said, int | None]]] = {}
        for said, number in self._kept:
            groups.setdefault((said.rule, kind_of(self._rule(said), said.problem)), []).append((said, number))
        today: dict[str, Entry] = {}
        for (name, _), every in groups.items():
            mine = [(said, number) for said, number in every if number is not None or _may_be_accepted(said)]
            first = every[0][0]
            once = once_for_all(self._org, self._rule(first), first.problem, len(every))
            if once is not None and len(mine) > 1:
                self._add_of_kind(today, mine, once)
                continue
            for said, number in mine:
                entry = Entry(name, _where(said), _one_line(said.problem.message), self._fingerprint(said))
                _add(today, entry._replace(reason=self._reasons([number])))
        return today

    def _add_of_kind(self, today: dict[str, Entry], every: Sequence[tuple[Said, int | None]], once: Once) -> None:
        first = every[0][0]
        of = tuple(sorted(as_one_of(once.of, said.problem) for said, _ in every))
        says = once.message.format(count=len(of))
        reason = self._reasons([number for _, number in every])
        fingerprint = self._fingerprint(first, once.of)
        _add(today, Entry(first.rule, once.of, says, fingerprint, reason=reason, of=of))

    def _reasons(self, numbers: Iterable[int | None]) -> str:
        """The reasons that entries give, each once."""
        reasons = (self._entries[number].reason for number in numbers if number is not None)
        return "; ".join(dict.fromkeys(filter(None, reasons)))

    def _with(self, number: int, count: _Count) -> Entry:
        """An entry for so much of what it accepted; it accepts nothing where there is nothing."""
        entry, once = self._entries[number], self._once.get(number)
        if not entry.of:
            return entry._replace(alike=count[""])
        of = tuple(sorted(count.elements()))
        entry = entry._replace(of=of, alike=1 if of else 0)
        return entry if once is None else entry._replace(says=once.message.format(count=len(of)))


def stale(compared: Compared) -> Iterator[Problem]:
    """What is said of a baseline that accepts more than is found, at the first entry that does."""
    left = {entry.fingerprint: entry.times for entry in compared.pruned}
    gone = [n for n, entry in enumerate(compared.before) if left.get(entry.fingerprint, 0) < entry.times]
    if not gone:
        return
    first, *others = gone
    accepted, found = compared.before[first].times, left.get(compared.before[first].fingerprint, 0)
    waivers = compared.taken_over.get(first, ())
    related = [Related(where, "it is accepted here now") for where in dict.fromkeys(waivers[:1])]
    if others:
        taken = sum(number in compared.taken_over for number in gone)
        why = _TAKEN_OVER if taken == len(gone) else f"{_GONE} or {_TAKEN_OVER}" if taken else _GONE
        message, tip = f"{len(gone)} entries accept what {why}; this is the first", "takes out what need not be there"
    elif found:
        message, tip = _of_several(accepted, found, min(len(waivers), accepted - found))
    else:
        message, tip = f"what is accepted here {_TAKEN_OVER if waivers else _GONE}", "takes it out"
    related += [Related(place(number), "and this one") for number in others[:_MOST_NAMED]]
    yield Problem(place(first), message, related=tuple(related), tip=f"`coordlint baseline --prune` {tip}", rule=STALE)


def _of_several(accepted: int, found: int, taken: int) -> tuple[str, str]:
    """What is said of an entry that accepts more than is found, and what pruning does."""
    less = accepted - found
    told = f"of {accepted} that are accepted here, {found} {'is' if found == 1 else 'are'} still found"
    if not taken:
        return told, f"takes out the {'one that is' if less == 1 else f'{less} that are'} no longer found"
    told = f"of {accepted} that are accepted here, {found} still {'needs' if found == 1 else 'need'} it"
    waived = f"{taken} {'is' if taken == 1 else 'are'} accepted by a waiver now"
    return (
        f"{told}: {waived}",
        f"takes out the {'one' if less == 1 else less} that need{'s' * (less == 1)} it no longer",
    )


def _may_be_accepted(said: Said) -> bool:
    return said.accepted is None and said.rule.partition("/")[0] not in NEVER_WAIVED


def _add(entries: dict[str, Entry], entry: Entry) -> None:
    """Put an entry among others, together with the one that has its fingerprint."""
    if not entry.times:
        return
    other = entries.get(entry.fingerprint)
    if other is not None:
        of = tuple(sorted(other.of + entry.of))
        reason = "; ".join(dict.fromkeys(filter(None, (other.reason, entry.reason))))
        entry = other._replace(of=of, alike=1 if of else other.alike + entry.alike, reason=reason)
    entries[entry.fingerprint] = entry


def _where(said: Said) -> str:
    """What a problem is about, for people: a declaration, or a file."""
    collection, id, _ = parts_of(said.problem.way)
    return f"{COLLECTIONS[collection].kind}/{id}" if _is_named(said) else said.problem.where.path


def _is_named(said: Said) -> bool:
    """Whether a problem is about a declaration that has an id."""
    collection, id, _ = parts_of(said.problem.way)
    return collection in COLLECTIONS and collection != LogEntry.collection and bool(id)


def _one_line(message: str) -> str:
    return message.replace("\n", "\\n")
