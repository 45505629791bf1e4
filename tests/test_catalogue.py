"""The catalogue: every rule there is to be, and of those that are still missing, what they wait for."""

from __future__ import annotations

from coordlint.rules import all_rules

# Every family with its rules.
CATALOGUE = {
    "yaml": "syntax duplicate-key not-allowed too-large hidden-character merge-conflict text-eaten not-utf8",
    "shape": "unknown-key missing-key bad-value bad-cadence bad-condition",
    "coordlint": "rule-crashed unreadable-file",
    "waiver": "expired unused unknown-rule no-reason stale-baseline",
    "reference": "unresolved wrong-kind ambiguous duplicate-id cycle missing-file ended one-sided orphan",
    "ownership": "layer-unowned unowned owner-left two-owners overseer-leads many-holders person-contradicts",
    "meeting": (
        "no-purpose purpose-says-nothing holds-nothing no-owner no-output no-memory decider-not-invited "
        "only-optional too-many-people declared-twice overlaps-another joins-unrelated-teams status-only "
        "no-agenda"
    ),
    "forum": (
        "no-charter never-meets no-decider no-deputy decides-nothing misses-a-team same-scope house-cadence "
        "not-above for-two no-tie-break"
    ),
    "decision": (
        "no-decider two-deciders cases-overlap cases-repeat cases-gap declared-twice delegated-beyond "
        "table-too-large units-differ no-venue no-time-limit no-record too-many-vetoes everyone-consulted "
        "performer-not-informed veto-from-below far-from-the-work approval-on-reversible decided-twice "
        "decided-elsewhere"
    ),
    "handoff": (
        "no-receiver no-acceptance nobody-accepts no-time-limit receiver-unaware refusal-goes-nowhere "
        "delivers-undeclared chain-broken too-many-steps step-without-reason step-outlived-its-reason "
        "ping-pong output-nobody-takes accepts-what-nobody-delivers cases-gap same-rework-again cases-overlap"
    ),
    "escalation": (
        "ends-without-decider to-self target-vacant none step-without-limit slower-than-target "
        "slower-than-need only-by-meeting adds-no-authority too-long uncovered-hours stops-halfway never-used"
    ),
    "cadence": "no-anchor clash possible-clash clash-after-clock-change outside-hours never-happens inverted pile-up",
    "latency": (
        "slower-than-limit later-than-need review-slower-than-risk freeze-hides-forum no-bound pre-read-impossible"
    ),
    "reporting": "two-bosses no-boss status-only no-way-back nobody-carries-it same-report-twice no-carrier span",
    "initiative": (
        "two-accountable nobody-accountable no-authority nobody-above decision-unassigned no-forum "
        "plans-do-not-meet depends-on-later depends-on-ended health-stale slipped-in-silence no-done-when "
        "no-dates"
    ),
    "record": "no-owner two-sources nobody-reads nobody-writes overdue",
    "term": "defined-twice undefined forbidden-word confusable-names",
    "load": "too-many-hours too-many-hats one-decider-for-too-much house-limit",
    "fragility": "no-deputy deputy-is-holder single-point single-thread",
    "lifecycle": (
        "review-overdue no-review past-until status-expired outlived-its-reason not-held no-decision-lately "
        "thin-attendance no-because"
    ),
    "rigidity": "collaboration-without-end forum-stack only-one-use",
    "scenario": "fails",
    "change": "removed-without-a-home decider-moved escalation-longer latency-worse hours-up authority-lost",
}

# What brings the rules that are not here yet.
LATER = {
    "dated occurrences of every cadence, waits and load in hours": (
        "forum/house-cadence load/too-many-hours escalation/slower-than-target "
        "escalation/slower-than-need escalation/only-by-meeting escalation/uncovered-hours "
        "escalation/stops-halfway lifecycle/not-held cadence/no-anchor cadence/clash "
        "cadence/possible-clash cadence/clash-after-clock-change cadence/outside-hours "
        "cadence/never-happens cadence/inverted cadence/pile-up latency/slower-than-limit "
        "latency/later-than-need latency/review-slower-than-risk latency/freeze-hides-forum "
        "latency/no-bound latency/pre-read-impossible"
    ),
    "decision tables, computed": (
        "decision/cases-overlap decision/cases-repeat decision/cases-gap "
        "decision/delegated-beyond decision/table-too-large decision/units-differ "
        "handoff/cases-gap handoff/cases-overlap"
    ),
    "scenarios as tests": "scenario/fails",
    "the difference of two states": (
        "change/removed-without-a-home change/decider-moved change/escalation-longer "
        "change/latency-worse change/hours-up change/authority-lost"
    ),
}


def names(rules: dict[str, str]) -> list[str]:
    return [f"{family}/{name}" for family, listed in rules.items() for name in listed.split()]


def test_the_rules_are_those_of_the_catalogue() -> None:
    every, later = names(CATALOGUE), [name for listed in LATER.values() for name in listed.split()]
    assert len(every) == len({*every})
    assert len(later) == len({*later})
    assert {*later} <= {*every}
    assert {rule.name for rule in all_rules()} == {*every} - {*later}
