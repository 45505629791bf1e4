"""Names that lead nowhere, to two things at once, or to something of another kind than was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from coordlint.facts.references import Missed, paths_in
from coordlint.facts.references import missed as lost
from coordlint.finding import Edit, Place, Problem, Related, Route
from coordlint.model.base import PARTY, Declaration, Ref
from coordlint.model.org import Miss, Org
from coordlint.nearest import near
from coordlint.rule import CONTRADICTION, CORRECTNESS, ERROR, GAP, rule

# For so many names at most the nearest one is looked for: where more are unknown, no slip of a finger is the reason.
MOST_GUESSES = 100
# Among very many names fewer are looked for: to compare all of them each time would take longer than to read them.
MOST_COMPARED = 500_000

Asked = TypeVar("Asked")


def _missed(org: Org, why: Miss) -> Iterator[Missed]:
    for missed in lost(org):
        user = missed.user
        # What was taken over by `like` is told at the model.
        is_own = missed.route[len(user.route)] not in user.taken
        if missed.why is why and is_own and not user.refused and org.is_active(user):
            yield missed


def _in_words(kinds: tuple[str, ...]) -> str:
    words = [kind.replace("-", " ") for kind in kinds]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION, needs_every_file=True)
def unresolved(org: Org) -> Iterator[Problem]:
    """Every name leads to something that is declared.

    A name that nothing bears is a line that goes nowhere: an owner who does not answer, a venue where nobody meets.
    `ext/NAME` names a party outside that needs no declaration. While a whole file cannot be read, nothing is said here,
    for the name may stand in it.

    Bad:

        roles:
          head-of-sales: {held_by: ext/kim}
        forums:
          deal-desk:
            charter: Decides every deal that needs an exception from the price list.
            chair: head-of-seals   # expect: reference/unresolved
            deputy: ext/sam

    Good:

        roles:
          head-of-sales: {held_by: ext/kim}
        forums:
          deal-desk:
            charter: Decides every deal that needs an exception from the price list.
            chair: head-of-sales
            deputy: ext/sam
    """
    guesses: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for user, route, ref, _ in _missed(org, Miss.UNRESOLVED):
        asked = (ref.id, ref.kinds)
        found = _guess(guesses, asked, ref.id, org.names(ref.kinds))
        meant = found[0] if found else ""
        kinds = (ref.kind,) if ref.kind in ref.kinds else ref.kinds
        tip = f"write `{meant}`" if meant else _how_to_mend(user, route, ref.text, ref.kinds)
        asking = f"; did you mean `{meant}`?" if meant else ""
        place = Place(user.path, route)
        # Where two names are near, either may be meant.
        mended = _certain(org, user, route, ref, meant) if len(found) == 1 else ""
        edits = (Edit(place, "replace", mended),) if mended else ()
        yield Problem(place, f"no {_in_words(kinds)} is called `{ref.text}`{asking}", tip=tip, edits=edits)


def _certain(org: Org, user: Declaration, route: Route, ref: Ref[Any], near: str) -> str:
    # Loaded here, for it is only needed where something is misspelt.
    from coordlint.facts.slips import surely_meant

    beside: Any = user.data
    for step in route[len(user.route) : -1]:
        beside = beside[step]
    return surely_meant(org, ref, near, beside)


def _guess(guesses: dict[Asked, list[str]], asked: Asked, word: str, among: Sequence[str]) -> list[str]:
    """The names near to a word, which are remembered with what was asked; none once they were looked for so often."""
    if asked not in guesses and len(guesses) < min(MOST_GUESSES, MOST_COMPARED / max(1, len(among))):
        guesses[asked] = list(dict.fromkeys(near(word, among)))
    return guesses.get(asked, [])


def _how_to_mend(user: Declaration, route: tuple[str | int, ...], text: str, kinds: tuple[str, ...]) -> str:
    field = user.fields.get(str(route[len(user.route)]))
    if getattr(field, "or_text", False):
        return "declare it; or, if a text is meant, write it with a space or a capital letter"
    if not {*PARTY} & {*kinds}:
        return f"declare `{text}`, or name one that is declared"
    return f"declare `{text}`, or write `ext/{text.rpartition('/')[2]}` for a party outside the organisation"


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION, needs_every_file=True)
def wrong_kind(org: Org) -> Iterator[Problem]:
    """A name leads to a kind of thing that makes sense there.

    A meeting decides nothing by itself: its chair or its forum does. Naming the wrong kind hides who acts.

    Bad:

        meetings:
          launch-weekly:
            purpose: Decide every open trade-off of the next launch.
            chair: chief-of-staff
            cadence: {every: week, day: tue, at: "10:00"}
        decision_rights:
          launch-date:
            question: On which day do we launch?
            decider: launch-weekly   # expect: reference/wrong-kind
            decided_in: launch-weekly

    Good:

        meetings:
          launch-weekly:
            purpose: Decide every open trade-off of the next launch.
            chair: chief-of-staff
            cadence: {every: week, day: tue, at: "10:00"}
        decision_rights:
          launch-date:
            question: On which day do we launch?
            decider: chief-of-staff
            decided_in: launch-weekly
    """
    for user, route, ref, _ in _missed(org, Miss.WRONG_KIND):
        bearer = org.bearers(ref.id)[0]
        yield Problem(
            Place(user.path, route),
            f"`{ref.text}` is a {bearer.kind.replace('-', ' ')}; a {_in_words(ref.kinds)} belongs here",
            related=(Related(bearer.at(on_key=True), "declared here"),),
            tip=f"name a {_in_words(ref.kinds)}",
        )


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION, yields_to=("reference/duplicate-id",))
def ambiguous(org: Org) -> Iterator[Problem]:
    """A name leads to one thing.

    Where a field takes several kinds, and two of them bear the name, write the kind in front: `forum/pricing`.

    Bad:

        forums:
          pricing: {charter: "Keeps one price list for all regions.", chair: cfo, deputy: ext/sam, record: price-list}
        meetings:
          pricing: {forum: forum/pricing, cadence: {every: month, day: first mon, at: "14:00"}}
        decision_rights:
          list-prices:
            question: What does a product cost?
            decider: cfo
            decided_in: pricing   # expect: reference/ambiguous

    Good:

        forums:
          pricing: {charter: "Keeps one price list for all regions.", chair: cfo, deputy: ext/sam, record: price-list}
        meetings:
          pricing: {forum: forum/pricing, cadence: {every: month, day: first mon, at: "14:00"}}
        decision_rights:
          list-prices:
            question: What does a product cost?
            decider: cfo
            decided_in: meeting/pricing
    """
    for user, route, ref, _ in _missed(org, Miss.AMBIGUOUS):
        bearers = [bearer for bearer in org.bearers(ref.id) if bearer.kind in ref.kinds]
        names = " or ".join(f"`{bearer.kind}/{bearer.id}`" for bearer in bearers)
        yield Problem(
            Place(user.path, route),
            f"`{ref.text}` names {len(bearers)} things",
            related=tuple(Related(bearer.at(on_key=True), f"a {bearer.kind}") for bearer in bearers),
            tip=f"write {names}",
            atoms=tuple((bearer.collection, bearer.id, "") for bearer in bearers),
        )


@rule(ERROR, preset=CORRECTNESS, weakness=CONTRADICTION)
def duplicate_id(org: Org) -> Iterator[Problem]:
    """An id is declared once, over all files.

    Roles, people, teams and forums share one space of ids, so that a name always says which of them acts.

    Bad:

        # file: sales.yaml
        teams:
          partners: {purpose: "Win partners who sell for us.", lead: ext/kim}
        # file: legal.yaml
        forums:
          partners: {charter: "Agrees on the terms that partners get."}   # expect: reference/duplicate-id

    Good:

        # file: legal.yaml
        forums:
          partner-terms:
            charter: Agrees on the terms that partners get.
            because: Two partners compared their contracts.
            review_every: year
        # file: sales.yaml
        teams:
          partners: {purpose: "Win partners who sell for us.", lead: ext/kim}
    """
    for first, second in org.duplicates:
        if any(each.route[-1] != each.id for each in (first, second)):
            continue  # what is no id, such as `CFO`, is told as that
        space = "" if first.kind == second.kind else f", as a {first.kind} and as a {second.kind}"
        yield Problem(
            second.at(on_key=True),
            f"`{second.id}` is declared twice{space}",
            related=(Related(first.at(on_key=True), "declared here too"),),
            tip="rename one of them, or write both as one",
            atoms=((first.collection, first.id, ""),),
        )


@rule(ERROR, preset=CORRECTNESS, weakness=GAP)
def missing_file(org: Org) -> Iterator[Problem]:
    """A path leads to a file that exists.

    Paths begin with `./`, are counted from the folder of coordlint.yaml, and are compared letter by letter, capitals
    too, as they are on a server. Links to elsewhere are not opened.

    Bad:

        forums:
          launch-council:
            charter: ./charters/launch.md   # expect: reference/missing-file
            chair: chief-of-staff
            deputy: ext/sam

    Good:

        forums:
          launch-council:
            charter: Resolves the trade-offs of every launch between product, sales and finance.
            chair: chief-of-staff
            deputy: ext/sam
    """
    guesses: dict[str, list[str]] = {}
    paths: list[str] = []
    for declaration, way, path in paths_in(org):
        if declaration.refused:
            continue
        name = path.removeprefix("./").partition("#")[0]
        if name.rstrip("/") not in org.paths:
            paths = paths or list(org.paths)
            found = _guess(guesses, name, name, paths)
            meant = f"; did you mean `./{found[0]}`?" if found else ""
            yield Problem(
                declaration.at(*way),
                f"there is no file `{path}`{meant}",
                tip="paths count from coordlint.yaml's folder",
            )
