"""What words mean here: one meaning to a word, one word to a meaning, and no name that is taken for another."""

from __future__ import annotations

from collections.abc import Iterator

from coordlint.facts.alike import look_alike
from coordlint.facts.terms import forbidden, homonyms, undefined
from coordlint.finding import Problem, Related
from coordlint.model.base import ANY
from coordlint.model.kinds import KINDS
from coordlint.model.org import Org
from coordlint.rule import CONTRADICTION, ERROR, GAP, INFO, WARNING, rule
from coordlint.rules.wording import atoms, counted, names

# People and roles are named for who they are.
NAMED_FREELY = ("person", "role")


@rule(ERROR, weakness=CONTRADICTION, yields_to=("reference/duplicate-id",))
def defined_twice(org: Org) -> Iterator[Problem]:
    """A word has one meaning, or it is said where each of its meanings holds.

    Two teams that use one word in two senses agree on something that neither of them meant, and find out when it is
    delivered. A word is a term's name, its id, or what else it is called; capitals make no difference. Where neither
    team gives its meaning up, `within` names the team in which each holds, and texts of that team mean that team's.
    One meaning without `within` holds for everybody else.

    Bad:

        terms:
          delivery-date:
            name: delivery date
            means: The day on which the pallet leaves our yard.
            owner: dispatch-lead
          arrival:
            name: arrival
            also_called: delivery date   # expect: term/defined-twice
            means: The day on which the customer signs for the pallet.
            owner: service-lead

    Good:

        terms:
          delivery-date:
            name: delivery date
            means: The day on which the pallet leaves our yard.
            within: dispatch
          arrival:
            name: arrival
            also_called: delivery date
            means: The day on which the customer signs for the pallet.
            within: service
        teams:
          dispatch: {lead: dispatch-lead}
          service: {lead: service-lead}
    """
    for words in homonyms(org):
        first, second, *others = words
        terms = [each.term for each in words]
        yield Problem(
            second.where,
            f"`{second.word}` means {counted(len(words), 'thing')}: {names(terms)}",
            related=tuple(Related(each.where, "defined here too") for each in (first, *others[:2])),
            tip="agree on one meaning, or say `within` which team each of them holds",
            atoms=tuple(atom for term in terms for atom in atoms(term, "")),
        )


@rule(INFO, weakness=GAP, claims_absence=True, yields_to=("term/forbidden-word",))
def undefined_(org: Org) -> Iterator[Problem]:
    """A word that a text marks as defined is defined.

    Whoever writes `{{cold start}}` sends readers to a definition, and where there is none, each reads into it what
    they are used to. The word must be a term's name, its id or what else it is called; capitals make no difference.
    It is told once for each word. Nothing is told while no terms are declared, and of what stands in code.

    Bad:

        terms:
          warm-start: {means: The furnace is above 400 °C when the shift begins., owner: ext/furnace-lead}
        handoffs:
          shift-change:
            from: night-shift
            to: day-shift
            delivers:
              - The furnace log, with every {{warm start}}
              - A note for every {{cold start}}   # expect: term/undefined

    Good:

        terms:
          warm-start: {means: The furnace is above 400 °C when the shift begins., owner: ext/furnace-lead}
          cold-start: {means: The furnace is below 400 °C when the shift begins., owner: ext/furnace-lead}
        handoffs:
          shift-change:
            from: night-shift
            to: day-shift
            delivers:
              - The furnace log, with every {{warm start}}
              - A note for every {{cold start}}
    """
    for each in undefined(org):
        first, *others = each.uses
        more = f", here and in {counted(len(others), 'other text')}" if others else ""
        meant = f"; did you mean `{each.nearest}`?" if each.nearest else ""
        yield Problem(
            first.where,
            f"no term is called `{each.word}`{more}{meant}",
            related=tuple(Related(use.where, "and here") for use in others[:3]),
            tip="define it under `terms`, add it to a term's `also_called`, or take the braces away",
        )


@rule(WARNING, weakness=CONTRADICTION, yields_to=("term/defined-twice",))
def forbidden_word(org: Org) -> Iterator[Problem]:
    """Texts use the word that was agreed on, and not one that it is taken for.

    A term lists under `not` what people say instead of it, and what is not the same. Where a text still says it, some
    readers think of the one, and some of the other. Capitals and plurals make no difference. A word that another term
    goes by, code, links and what stands in quotation marks are in order; so is what the term itself says. What holds
    `within` a team is asked of the texts around that team only.

    Bad:

        terms:
          signed-contract:
            means: A contract that both sides have signed, with its annexes.
            not: closed deal
            owner: ext/legal
        handoffs:
          sale-to-onboarding:
            from: sales
            to: onboarding
            delivers: Every closed deal, with whom to call   # expect: term/forbidden-word

    Good:

        terms:
          signed-contract:
            means: A contract that both sides have signed, with its annexes.
            not: closed deal
            owner: ext/legal
        handoffs:
          sale-to-onboarding:
            from: sales
            to: onboarding
            delivers: Every {{signed contract}}, with whom to call
    """
    for text, word, excluded in forbidden(org):
        term = excluded.term
        yield Problem(
            text.where,
            f"the word here is `{term.title}`, and not `{word}`",
            related=(Related(excluded.where, "excluded here"),),
            tip=f"write `{{{{{term.title}}}}}`, or put it in other words if something else is meant",
            atoms=atoms(term, ""),
        )


@rule(INFO, weakness=CONTRADICTION, yields_to=("term/defined-twice",))
def confusable_names(org: Org, *, min_letters: int = 8, max_slips: int = 2) -> Iterator[Problem]:
    """What different teams own does not bear nearly the same name.

    A contacts board and a contracts board: mail goes to the wrong one, and so do people. Two things of one kind are
    told whose names differ by a slip or two in one long word, or by spaces, hyphens and plurals alone. A short word
    that differs, another number or another beginning (import, export) is seen by everybody. People and roles are not
    asked, nor teams that lie in each other, nor names by a scheme; and meetings, records and terms that bear the very
    same name are told apart by their teams. What belongs to whom is known by who answers for it, and by a meeting's
    `team`.

    `min_letters` is how many letters both names have at least, `max_slips` how many may differ.

    Bad:

        forums:
          contacts-board:
            charter: Settles who speaks with which customer.
            chair: head-of-service
            decider: head-of-service
          contracts-board:   # expect: term/confusable-names
            charter: Settles which terms we sign.
            chair: head-of-legal
            decider: head-of-legal
        roles:
          head-of-service: {team: service}
          head-of-legal: {team: legal}

    Good:

        forums:
          contacts-board:
            charter: Settles who speaks with which customer.
            chair: head-of-service
            decider: head-of-service
          contracts-board:
            name: Terms board
            charter: Settles which terms we sign.
            chair: head-of-legal
            decider: head-of-legal
        roles:
          head-of-service: {team: service}
          head-of-legal: {team: legal}
    """
    for kind in ANY:
        if kind not in NAMED_FREELY:
            for first, second in look_alike(org.active(KINDS[kind]), min_letters, max_slips):
                yield Problem(
                    second.at("name") if "name" in second.data else second.at(on_key=True),
                    f"{second.label} is easily taken for `{first.id}`, which another team owns",
                    related=(
                        Related(first.at("name") if "name" in first.data else first.at(on_key=True), "the other"),
                    ),
                    tip="give one of them a name that nobody mixes up; `was` keeps the old one",
                    atoms=(*atoms(first, ""), *atoms(second, "")),
                )
