"""Rules of Harbour Cycles that no house rule can say, for there is an "or" in them."""

from collections.abc import Iterator

from coordlint.finding import Problem
from coordlint.model.kinds import DecisionRight, Forum
from coordlint.model.org import Org
from coordlint.rule import WARNING, rule


@rule(WARNING)
def decided_alone(org: Org, right: DecisionRight, *, others: int = 1) -> Iterator[Problem]:
    """A call that cannot be taken back is not made by one alone.

    Either a forum makes it, or somebody else must agree. We sold the old workshop on a Friday afternoon, and had to
    rent it back.

    Bad:

        decision_rights:
          sell-a-workshop:
            question: Do we sell a workshop?
            decider: managing-director   # expect: harbour/decided-alone
            reversible: false

    Good:

        decision_rights:
          sell-a-workshop:
            question: Do we sell a workshop?
            decider: managing-director
            agrees: head-of-workshop
            reversible: false
    """
    if right.data.get("reversible") is not False or len(right.agrees) >= others:
        return
    for decider in org.each(right.refs("decider")):
        if not isinstance(decider, Forum):
            yield Problem(
                right.at("decider"),
                f"`{decider.id}` decides `{right.id}` alone, and it cannot be taken back",
                tip="say who else must agree, under `agrees`, or let a forum decide",
            )
