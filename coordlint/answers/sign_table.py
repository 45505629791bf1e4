"""Nothing in, the six signs out: what each asks, which rules tell of it, and what of an Org it can be told from.

A rule is in one sign at most, and in none where it does not answer its question. Strict rules are among them where
they bring evidence, and not where they ask for more than somebody may want.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from coordlint.facts.evidence import happened, recent
from coordlint.facts.recurring import refused_lately
from coordlint.model.base import Declaration
from coordlint.model.kinds import DecisionRight, Escalation, Forum, Handoff, Initiative, Meeting, Team
from coordlint.model.org import Org

_EVERY: tuple[str, ...] = ()
_GATHERINGS = ("forum", "meeting")


class Evidence(NamedTuple):
    """Something that an organisation writes down, from which a sign can be told."""

    one: str
    many: str
    count: Callable[[Org], int]

    def counted(self, number: int) -> str:
        return f"{number or 'no'} {self.one if number == 1 else self.many}"


class Sign(NamedTuple):
    """A question about how an organisation coordinates.

    `rules` are those that tell of it, each with the kinds of declarations of which it does (none: of all). `evidence`
    is what is looked at, and `missing` says what none of it being there means.
    """

    id: str
    name: str
    question: str
    rules: Mapping[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]
    missing: str

    def tells(self, rule: str, kind: str) -> bool:
        """Whether a finding of a rule on a declaration of a kind answers the question."""
        kinds = self.rules.get(rule)
        return kinds is not None and (not kinds or kind in kinds)


def _declared(kind: type[Declaration], *keys: str) -> Callable[[Org], int]:
    """How many of a kind are in force, and say one of these fields where any are named."""

    def count(org: Org) -> int:
        return sum(not keys or any(each.says_below(key) for key in keys) for each in org.active(kind))

    return count


def _logged(sort: str, *keys: str) -> Callable[[Org], int]:
    """Of how many things of a sort the log tells that are looked at: of what is in force, in the last year and as it is
    today, and with one of these fields where any are named."""

    def count(org: Org) -> int:
        about = ((each, events) for each, events in happened(org, sort).items() if org.is_active(each))
        lately = (event for each, events in about for event in recent(org, events, each))
        return sum(not keys or any(event.entry.says(key) for key in keys) for event in lately)

    return count


def _returned(org: Org) -> int:
    """How many hand-offs the log tells that came back, as far as it is asked whether they do so again."""
    return sum(len(list(refused_lately(each))) for each in org.active(Handoff))


def _all(*rules: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(rules, _EVERY)


SIGNS = (
    Sign(
        "decisions-twice",
        "Decisions made twice",
        "Which calls are made by two, or again because nobody remembers the first?",
        _all(
            "decision/declared-twice",
            "decision/two-deciders",
            "decision/decided-twice",
            "decision/decided-elsewhere",
            "decision/no-record",
            "meeting/no-memory",
            "meeting/decider-not-invited",
            "meeting/overlaps-another",
            "forum/same-scope",
            "ownership/two-owners",
            "reporting/two-bosses",
        ),
        (
            Evidence("decision right", "decision rights", _declared(DecisionRight)),
            Evidence("logged decision", "logged decisions", _logged("decided")),
        ),
        "no decision right is declared, nor does the log tell of a decision",
    ),
    Sign(
        "late-surprise",
        "Late, with everybody surprised",
        "What will land late, and who hears of it last?",
        _all(
            "initiative/two-accountable",
            "initiative/nobody-accountable",
            "initiative/decision-unassigned",
            "initiative/no-authority",
            "initiative/nobody-above",
            "initiative/no-forum",
            "initiative/plans-do-not-meet",
            "initiative/depends-on-later",
            "initiative/depends-on-ended",
            "initiative/health-stale",
            "initiative/slipped-in-silence",
            "record/overdue",
        ),
        (
            Evidence("dated initiative", "dated initiatives", _declared(Initiative, "due", "milestones.due")),
            Evidence("slip", "slips", _logged("slipped", "known_since", "from")),
        ),
        "no initiative says its `due`, nor does the log tell of one that slipped",
    ),
    Sign(
        "charter-nobody-states",
        "A charter that nobody can state",
        "Which meetings and forums are there for a reason that nobody could name today?",
        {
            **_all(
                "meeting/no-purpose",
                "meeting/purpose-says-nothing",
                "meeting/holds-nothing",
                "meeting/no-output",
                "meeting/joins-unrelated-teams",
                "forum/no-charter",
                "forum/no-decider",
                "forum/decides-nothing",
                "lifecycle/no-decision-lately",
                "lifecycle/thin-attendance",
            ),
            # What has outlived its reason on the way of a hand-off is rework, and told there.
            "lifecycle/outlived-its-reason": _GATHERINGS,
            # A meeting goes on without the forum, the team or the chair that it was for.
            "reference/ended": ("meeting",),
            "rigidity/only-one-use": _GATHERINGS,
        },
        (
            Evidence("meeting", "meetings", _declared(Meeting)),
            Evidence("forum", "forums", _declared(Forum)),
        ),
        "no meeting and no forum is declared",
    ),
    Sign(
        "same-rework",
        "The same rework again",
        "Which hand-offs are done over each quarter, for the same reason?",
        _all(
            "handoff/same-rework-again",
            "handoff/no-acceptance",
            "handoff/accepts-what-nobody-delivers",
            "handoff/refusal-goes-nowhere",
            "handoff/chain-broken",
            "handoff/ping-pong",
            "handoff/step-without-reason",
            "handoff/step-outlived-its-reason",
            "record/two-sources",
            "term/defined-twice",
        ),
        (
            Evidence("hand-off with terms", "hand-offs with terms", _declared(Handoff, "accepts_when")),
            Evidence("return", "returns", _returned),
        ),
        "no hand-off says `accepts_when`, nor does the log tell of one that came back",
    ),
    Sign(
        "slow-escalations",
        "Slow escalations",
        "Which ways up take longer than they should, or lead nowhere?",
        _all(
            "escalation/none",
            "escalation/ends-without-decider",
            "escalation/adds-no-authority",
            "escalation/to-self",
            "escalation/target-vacant",
            "escalation/step-without-limit",
            "escalation/too-long",
            "escalation/never-used",
            "forum/not-above",
            "rigidity/forum-stack",
        ),
        # How long a case took is not weighed, so neither cases nor the times that they should take are looked at.
        (Evidence("escalation", "escalations", _declared(Escalation)),),
        "no escalation is declared",
    ),
    Sign(
        "work-that-does-not-compound",
        "Good work that does not compound",
        "What is done well, and taken up by nobody?",
        _all(
            "decision/performer-not-informed",
            "handoff/no-receiver",
            "handoff/nobody-accepts",
            "handoff/output-nobody-takes",
            "handoff/receiver-unaware",
            "record/nobody-reads",
            "reporting/nobody-carries-it",
            "reporting/status-only",
        ),
        (
            Evidence("hand-off", "hand-offs", _declared(Handoff)),
            Evidence("output", "outputs", lambda org: sum(len(team.produces) for team in org.active(Team))),
        ),
        "no hand-off is declared, and no team says what it `produces`",
    ),
)


def rules_of(signs: Iterable[Sign] = SIGNS) -> tuple[str, ...]:
    """The rules that tell of signs."""
    return tuple(rule for sign in signs for rule in sign.rules)
