"""Slips that people make, in the example organisation, each with the one finding that they give.

The rule and the line are what a reader of the file would point at, written down beside each slip.
"""

from __future__ import annotations

import re

from example_kit import Mutation

COMPANY, DEALS, DESIGN, ESCALATIONS = "company.yaml", "deals.yaml", "design.yaml", "escalations.yaml"
HOUSE, LAUNCH, LOG, PEOPLE, QUALITY = (
    "coordlint.yaml",
    "launch.yaml",
    "log.yaml",
    "people.yaml",
    "quality-and-service.yaml",
)
RECORDS, REGIONS, ROLES, SCENARIOS = "records-and-terms.yaml", "regions.yaml", "roles.yaml", "scenarios.yaml"
SUPPLY, TEAMS = "supply-chain.yaml", "teams.yaml"

_BLOCK = r": >\n(?:      .*\n)+"

# What the reader says.
YAML = [
    Mutation(
        "a line is indented one space less",
        ((LAUNCH, "    chair: chief-of-staff\n", "   chair: chief-of-staff\n"),),
        "yaml/syntax",
        "",
        "chair: chief-of-staff",
    ),
    Mutation(
        "a quote is never closed",
        ((LAUNCH, "question: Does this launch", 'question: "Does this launch'),),
        "yaml/syntax",
        "",
        'question: "Does this launch go ahead on its date?',
    ),
    Mutation(
        "a team has two leads, one below the other",
        ((TEAMS, "    lead: cpo\n", "    lead: cpo\n    lead: ceo\n"),),
        "yaml/duplicate-key",
        "",
        "lead: ceo",
    ),
    Mutation(
        "a cadence is made an anchor",
        ((COMPANY, "cadence: {every: week, day: mon", "cadence: &weekly {every: week, day: mon"),),
        "yaml/not-allowed",
        "",
        'cadence: &weekly {every: week, day: mon, at: "09:00", lasts: 75m, except: [year-end]}',
    ),
    Mutation(
        "a character that nobody sees turns the text around",
        ((TEAMS, "cold-tests every unit.", "cold-tests\u202e every unit."),),
        "yaml/hidden-character",
        "",
        "Builds and cold-tests\u202e every unit. A {{batch}} leaves the line complete or not at all.",
    ),
    Mutation(
        "a merge was left unfinished",
        (
            (
                TEAMS,
                "    lead: supply-lead\n",
                "<<<<<<< HEAD\n    lead: supply-lead\n=======\n    lead: cfo\n>>>>>>> new\n",
            ),
        ),
        "yaml/merge-conflict",
        "",
        "<<<<<<< HEAD",
    ),
    Mutation(
        "a comma ends a text inside braces",
        ((TEAMS, "because: Sales asks for terms and credit checks;", "because: Sales asks for terms, credit checks;"),),
        "yaml/text-eaten",
        "",
        "- {team: sales, mode: service, because: Sales asks for terms, credit checks; finance answers within a day.}",
    ),
    Mutation(
        "a colon ends a question",
        ((DEALS, "question: May we give this discount?", "question: One more thing: may we give this discount?"),),
        "yaml/text-eaten",
        "",
        "question: One more thing: may we give this discount?",
    ),
]

# What the schemas and the small languages say.
SHAPE = [
    Mutation(
        "a key is misspelt",
        ((TEAMS, "    lead: cfo\n", "    laed: cfo\n"),),
        "shape/unknown-key",
        "team/finance",
        "laed: cfo",
    ),
    Mutation(
        "a collection is misspelt, and holds what others name",
        ((ESCALATIONS, "escalations:\n", "escalation:\n"),),
        "shape/unknown-key",
        "",
        "escalation:",
    ),
    Mutation(
        "a collection has a name of somebody's own",
        ((ESCALATIONS, "escalations:\n", "ways-up:\n"),),
        "shape/unknown-key",
        "",
        "ways-up:",
    ),
    Mutation(
        "a record does not say what it keeps",
        ((LAUNCH, "    keeps: Every public claim about a product, with the evidence for it and who agreed.\n", ""),),
        "shape/missing-key",
        "record/claims-register",
        "claims-register:",
    ),
    Mutation(
        "a day does not exist",
        ((LAUNCH, "    due: 2027-05-25\n", "    due: 2027-02-30\n"),),
        "shape/bad-value",
        "initiative/plover-launch",
        "due: 2027-02-30",
    ),
    Mutation(
        "a time limit has no unit",
        ((SUPPLY, "    time_limit: 4wh\n", "    time_limit: 4\n"),),
        "shape/bad-value",
        "decision-right/ship-in-parts",
        "time_limit: 4",
    ),
    Mutation(
        "an initiative stands in a way that nobody knows",
        ((LAUNCH, "state: on track", "state: on trak"),),
        "shape/bad-value",
        "initiative/plover-launch",
        "health: {state: on trak, as_of: 2026-11-18, forecast: 2027-05-25}",
    ),
    Mutation(
        "an id that others name is written in capitals",
        ((TEAMS, "  nordkust-freight:\n", "  Nordkust_Freight:\n"),),
        "shape/bad-value",
        "team/Nordkust_Freight",
        "Nordkust_Freight:",
    ),
    Mutation(
        "a calendar lies in a city that is none",
        (
            (
                HOUSE,
                'America/Toronto\n    working_hours: "09:00-17:00"',
                'America/Toronta\n    working_hours: "09:00-17:00"',
            ),
        ),
        "shape/bad-value",
        "calendar/ca",
        "timezone: America/Toronta",
    ),
    Mutation(
        "a council meets on no day of the week",
        ((LAUNCH, 'day: wed, at: "10:00"', 'day: midweek, at: "10:00"'),),
        "shape/bad-cadence",
        "meeting/launch-weekly",
        'cadence: {every: week, day: midweek, at: "10:00", lasts: 45m, except: [year-end]}',
    ),
    Mutation(
        "a discount begins above what can be given",
        ((DEALS, "{percent: over 35}", "{percent: over 75}"),),
        "shape/bad-condition",
        "decision-right/discount",
        "- when: {percent: over 75}",
    ),
    Mutation(
        "a case speaks of an input that is not declared",
        ((DEALS, "{percent: over 35}", "{per_cent: over 35}"),),
        "shape/bad-condition",
        "decision-right/discount",
        "- when: {per_cent: over 35}",
    ),
]

# Names.
REFERENCE = [
    Mutation(
        "who must agree is misspelt",
        ((LAUNCH, "agrees: quality-lead  ", "agrees: qualtiy-lead  "),),
        "reference/unresolved",
        "decision-right/launch-go-no-go",
        "agrees: qualtiy-lead",
    ),
    Mutation(
        "who decides one case is misspelt",
        ((DEALS, "decider: account-executive-americas", "decider: acount-executive-americas"),),
        "reference/unresolved",
        "decision-right/discount",
        "decider: acount-executive-americas",
    ),
    Mutation(
        "the forum of a meeting is misspelt",
        ((LAUNCH, "    forum: launch-council\n    purpose", "    forum: launch-counsel\n    purpose"),),
        "reference/unresolved",
        "meeting/launch-weekly",
        "forum: launch-counsel",
    ),
    Mutation(
        "the one right that a forum decides is misspelt",
        ((DESIGN, "decides: engineering-change\n", "decides: engineering-changes\n"),),
        "reference/unresolved",
        "forum/change-board",
        "decides: engineering-changes",
    ),
    Mutation(
        "the only hand-off that a team takes in is misspelt",
        ((TEAMS, "takes_in: order-to-plan", "takes_in: order-to-plant"),),
        "reference/unresolved",
        "team/planning",
        "takes_in: order-to-plant",
    ),
    Mutation(
        "the holder of a role is misspelt",
        ((ROLES, "held_by: dilan-kaya", "held_by: dylan-kaya"),),
        "reference/unresolved",
        "role/launch-lead",
        "held_by: dylan-kaya",
    ),
    Mutation(
        "what a meeting is like is misspelt",
        ((REGIONS, "like: pipeline-emea", "like: pipeline-emae"),),
        "reference/unresolved",
        "meeting/pipeline-americas",
        "like: pipeline-emae",
    ),
    Mutation(
        "what one meeting puts out, and another takes over from it, is misspelt",
        ((REGIONS, "    outputs: pipeline\n", "    outputs: pipelines\n"),),
        "reference/unresolved",
        "meeting/pipeline-emea",
        "outputs: pipelines",
    ),
    Mutation(
        "what is escalated is misspelt",
        ((ESCALATIONS, "for: field-action", "for: field-actions"),),
        "reference/unresolved",
        "escalation/warm-unit-call",
        "for: field-actions",
    ),
    Mutation(
        "the owner of the layer is misspelt",
        ((HOUSE, "layer_owner: chief-of-staff", "layer_owner: chief-of-stuff"),),
        "reference/unresolved",
        "",
        "layer_owner: chief-of-stuff",
    ),
    Mutation(
        "a meeting that was held is misspelt",
        ((LOG, "{held: product-review,", "{held: product-reviews,"),),
        "reference/unresolved",
        "log/",
        "- {held: product-reviews, date: 2026-11-10, attended: 6, decisions: roadmap-change}",
    ),
    Mutation(
        "a record is named as a venue",
        ((DESIGN, "decided_in: change-board", "decided_in: change-log"),),
        "reference/wrong-kind",
        "decision-right/engineering-change",
        "decided_in: change-log",
    ),
    Mutation(
        "a meeting is named as a decider",
        ((LAUNCH, "decider: vp-marketing\n", "decider: go-to-market\n"),),
        "reference/wrong-kind",
        "decision-right/public-claim",
        "decider: go-to-market",
    ),
    Mutation(
        "a record bears the name of a meeting, where either may stand",
        (
            (
                RECORDS,
                "terms:\n",
                "  planning-weekly: {keeps: What the board said., at: https://example.org, owner: supply-lead}\n\nterms:\n",
            ),
        ),
        "reference/ambiguous",
        "handoff/plan-to-build",
        "through: planning-weekly",
    ),
    Mutation(
        "a record is declared in two files",
        ((RECORDS, "terms:\n", "  deal-log:\n    keeps: Every discount.\n\nterms:\n"),),
        "reference/duplicate-id",
        "record/deal-log",
        "deal-log:",
    ),
    Mutation(
        "a forum bears the name of a role",
        (
            (
                QUALITY,
                "forums:\n",
                "forums:\n  controller:\n    charter: Settles what is booked where.\n    asynchronous: true\n",
            ),
        ),
        "reference/duplicate-id",
        "role/controller",
        "controller:",
    ),
    Mutation(
        "a team is part of what is part of it",
        ((TEAMS, "    lead: vp-engineering\n", "    lead: vp-engineering\n    part_of: plant\n"),),
        "reference/cycle",
        "team/engineering",
        "part_of: plant",
    ),
    Mutation(
        "the last step of four leads back to the first",
        (
            (
                SUPPLY,
                "    if_refused: logistics-lead\n    escalation: order-stuck\n    per_month: 160\n\ninitiatives",
                "    if_refused: logistics-lead\n    then: order-to-plan\n    escalation: order-stuck\n    per_month: 160\n\ninitiatives",
            ),
        ),
        "reference/cycle",
        "handoff/build-to-ship",
        "then: ship-to-invoice",
    ),
    Mutation(
        "a charter's file is written with a capital",
        ((DESIGN, "./charters/change-board.md", "./charters/Change-board.md"),),
        "reference/missing-file",
        "forum/change-board",
        "charter: ./charters/Change-board.md",
    ),
    Mutation(
        "a line runs through a meeting that was replaced",
        ((REGIONS, "through: forecast-call", "through: regional-sync"),),
        "reference/ended",
        "context-line/council-to-regions",
        "through: regional-sync",
    ),
    Mutation(
        "a forum ends, and three places still lean on it",
        ((SUPPLY, "    since: 2021-06-07\n", "    since: 2021-06-07\n    status: ended\n"),),
        "reference/ended",
        "meeting/planning-weekly",
        "forum: planning-board",
    ),
    Mutation(
        "a right is decided in a forum that does not list it",
        ((QUALITY, "decided_in: quality-board", "decided_in: change-board"),),
        "reference/one-sided",
        "decision-right/hold-batch",
        "decided_in: change-board",
    ),
    Mutation(
        "a meeting takes in what does not name it as a reader",
        ((LAUNCH, "read_by: [launch-weekly, go-to-market]", "read_by: [go-to-market]"),),
        "reference/one-sided",
        "meeting/launch-weekly",
        "inputs: [launch-plan, production-plan, campaign-plan, sales-plan, launch-budget]",
    ),
    Mutation(
        "a term is used nowhere any more",
        (
            (SUPPLY, "      - It is a {{complete order}}\n", "      - Nothing is missing in it\n"),
            (
                RECORDS,
                "    owner: order-desk-lead\n    used_by: [sales, planning, finance]\n",
                "    owner: order-desk-lead\n",
            ),
        ),
        "reference/orphan",
        "term/complete-order",
        "complete-order:",
    ),
]

# Who answers for what.
OWNERSHIP = [
    Mutation(
        "nobody owns the layer",
        ((HOUSE, "layer_owner: chief-of-staff\n", ""),),
        "ownership/layer-unowned",
        "",
        "organisation: Wintermere",
    ),
    Mutation(
        "a team loses its lead",
        ((TEAMS, "    lead: service-lead\n", ""),),
        "ownership/unowned",
        "team/service",
        "service:",
    ),
    Mutation(
        "the door that is open to everybody loses its owner",
        ((DESIGN, "    owner: cpo\n    # The only door", "    # The only door"),),
        "ownership/unowned",
        "handoff/idea-to-roadmap",
        "idea-to-roadmap:",
    ),
    Mutation(
        "somebody left a month ago, and a deputy acts",
        ((PEOPLE, "team: logistics, joined: 2019-01-07", "team: logistics, joined: 2019-01-07, left: 2026-10-23"),),
        "ownership/owner-left",
        "role/logistics-lead",
        "held_by: femke-bos",
        "warning",
    ),
    Mutation(
        "somebody left a month ago, and nobody acts",
        (
            (PEOPLE, "team: logistics, joined: 2019-01-07", "team: logistics, joined: 2019-01-07, left: 2026-10-23"),
            (ROLES, "    held_by: femke-bos\n    deputy: production-planner\n", "    held_by: femke-bos\n"),
        ),
        "ownership/owner-left",
        "role/logistics-lead",
        "held_by: femke-bos",
        "error",
    ),
    Mutation(
        "the contact at the carrier has left, whom two places name",
        (
            (
                PEOPLE,
                "    external: true\n    reports_to: ext",
                "    external: true\n    left: 2026-11-01\n    reports_to: ext",
            ),
        ),
        "ownership/owner-left",
        "team/nordkust-freight",
        "lead: astrid-lund",
    ),
    Mutation(
        "two teams own the same customers",
        (
            (
                TEAMS,
                "owns: Customers in North and South America",
                "owns: Customers in Europe, the Middle East and Africa",
            ),
        ),
        "ownership/two-owners",
        "team/sales-emea",
        "owns: Customers in Europe, the Middle East and Africa",
    ),
    Mutation(
        "quality chairs the council whose date it watches over",
        ((LAUNCH, "    chair: chief-of-staff\n", "    chair: quality-lead\n"),),
        "ownership/overseer-leads",
        "role/quality-lead",
        "independent_of: [engineering, plant, launch-council]",
    ),
    Mutation(
        "two hold one role, and nobody says how",
        ((ROLES, "    held_as: each\n    per: product line\n", ""),),
        "ownership/many-holders",
        "role/product-manager",
        "held_by: [ruben-oost, priya-nair]",
    ),
    Mutation(
        "a rota does not say that it is one, and another takes that over",
        ((ROLES, "    held_as: in_turn\n", ""),),
        "ownership/many-holders",
        "role/duty-engineer-emea",
        "held_by: [wim-de-groot, sofia-marques]",
    ),
]

# Meetings.
MEETING = [
    Mutation(
        "a meeting does not say what it is for",
        ((SUPPLY, re.compile(r"    purpose: >\n      Go through every late.*\n"), ""),),
        "meeting/no-purpose",
        "meeting/carrier-review",
        "carrier-review:",
    ),
    Mutation(
        "a meeting does not say what it is for, nor does the one that is like it",
        ((REGIONS, re.compile(r"    purpose: >\n      Go through every deal.*\n"), ""),),
        "meeting/no-purpose",
        "meeting/pipeline-emea",
        "pipeline-emea:",
    ),
    Mutation(
        "a purpose could stand over any meeting",
        ((SUPPLY, re.compile("Say what yesterday's shifts .*"), "Weekly sync to align the team and share updates."),),
        "meeting/purpose-says-nothing",
        "meeting/plant-daily",
        "purpose: >",
    ),
    Mutation(
        "nothing comes out of a meeting that nobody would miss, and its record is orphaned",
        ((QUALITY, "    outputs: service-log\n", ""),),
        "meeting/holds-nothing",
        "meeting/service-handover",
        "service-handover:",
    ),
    Mutation(
        "a meeting loses its chair, who decides there",
        ((COMPANY, "    chair: chief-of-staff\n    attendees: [launch", "    attendees: [launch"),),
        "meeting/no-owner",
        "meeting/coordination-review",
        "coordination-review:",
    ),
    Mutation(
        "nothing comes out of a meeting through which a line runs",
        ((REGIONS, "    outputs: demand-forecast\n", ""),),
        "meeting/no-output",
        "meeting/forecast-call",
        "forecast-call:",
    ),
    Mutation(
        "nothing keeps what a meeting decides",
        (
            (COMPANY, "the log holds\n    record: coordination-log\n", "the log holds\n"),
            (COMPANY, "    time_limit: 6w\n    record: coordination-log\n", "    time_limit: 6w\n"),
        ),
        "meeting/no-memory",
        "meeting/coordination-review",
        "coordination-review:",
    ),
    Mutation(
        "the CFO is taken out of the deal desk, where two of his calls are made",
        ((DEALS, "order-desk-lead, cfo, controller]", "order-desk-lead, controller]"),),
        "meeting/decider-not-invited",
        "decision-right/customer-credit",
        "- {when: {amount: over 5000}, decider: cfo, decided_in: deal-desk-session, time_limit: 4d}",
    ),
    Mutation(
        "the chief executive decides what is left over, where he never sits",
        ((LAUNCH, "otherwise: {decider: ceo, asynchronous: true,", "otherwise: {decider: ceo,"),),
        "meeting/decider-not-invited",
        "decision-right/move-launch-date",
        "otherwise: {decider: ceo, time_limit: 3d}",
    ),
    Mutation(
        "four account executives join the deal desk",
        ((DEALS, "cfo, controller]", "cfo, controller, account-executive-emea]"),),
        "meeting/too-many-people",
        "meeting/deal-desk-session",
        "deal-desk-session:",
    ),
    Mutation(
        "the house wants fewer people where something is decided",
        (
            (
                HOUSE,
                "  reference/orphan: info\n",
                "  reference/orphan: info\n  meeting/too-many-people: {max: 8, severity: info}\n",
            ),
        ),
        "meeting/too-many-people",
        "meeting/launch-weekly",
        "launch-weekly:",
        "info",
    ),
]

# Forums.
FORUM = [
    Mutation(
        "a forum has no charter",
        ((LAUNCH, re.compile(f"    charter{_BLOCK}"), ""),),
        "forum/no-charter",
        "forum/launch-council",
        "launch-council:",
        "warning",
    ),
    Mutation(
        "a forum has no charter, and its meeting no purpose",
        (
            (LAUNCH, re.compile(f"    charter{_BLOCK}"), ""),
            (LAUNCH, re.compile(r"    purpose: >\n      Read the five.*\n.*\n"), ""),
        ),
        "forum/no-charter",
        "forum/launch-council",
        "launch-council:",
        "error",
    ),
    Mutation(
        "no forum has a charter",
        (("*", re.compile(f"    charter(?:{_BLOCK}|: .*\n)"), ""),),
        "forum/no-charter",
        "forum/",
        "executive-committee:",
    ),
    Mutation(
        "a forum that works in writing no longer says so",
        ((DESIGN, "    asynchronous: true\n    record: change-log\n    since", "    record: change-log\n    since"),),
        "forum/never-meets",
        "forum/change-board",
        "change-board:",
    ),
    Mutation(
        "nobody decides in the forum of five teams",
        ((SUPPLY, "    decider: supply-lead\n    members", "    members"),),
        "forum/no-decider",
        "forum/planning-board",
        "planning-board:",
    ),
    Mutation(
        "a forum hangs on one chair",
        (
            (LAUNCH, "    chair: chief-of-staff\n    deputy: launch-lead\n", "    chair: chief-of-staff\n"),
            (ROLES, "    held_by: tomas-brandao\n    deputy: launch-lead\n", "    held_by: tomas-brandao\n"),
        ),
        "forum/no-deputy",
        "forum/launch-council",
        "chair: chief-of-staff",
    ),
    Mutation(
        "two forums list one right",
        (
            (
                LAUNCH,
                "decides: [launch-go-no-go, move-launch-date]",
                "decides: [launch-go-no-go, move-launch-date, list-price]",
            ),
        ),
        "forum/same-scope",
        "forum/launch-council",
        "decides: [launch-go-no-go, move-launch-date, list-price]",
    ),
    Mutation(
        "a vote of four has nobody who breaks a tie",
        ((QUALITY, "plant-manager, logistics-lead]\n      tie_break: ceo\n", "plant-manager]\n"),),
        "forum/no-tie-break",
        "forum/quality-board",
        "votes:",
    ),
]

# Decision rights.
DECISION = [
    Mutation(
        "nobody decides what an initiative needs",
        ((LAUNCH, "    decider: cpo\n    agrees: quality-lead  ", "    agrees: quality-lead  "),),
        "decision/no-decider",
        "decision-right/launch-go-no-go",
        "launch-go-no-go:",
    ),
    Mutation(
        "nobody decides one case",
        ((DEALS, "        decider: vp-sales\n", ""),),
        "decision/no-decider",
        "decision-right/discount",
        "- when: {percent: over 20 up to 35}",
    ),
    Mutation(
        "two decide about the launch, one of whom is never there",
        (
            (
                LAUNCH,
                "    decider: cpo\n    agrees: quality-lead  ",
                "    decider: [cpo, ceo]\n    agrees: quality-lead  ",
            ),
        ),
        "decision/two-deciders",
        "decision-right/launch-go-no-go",
        "decider: [cpo, ceo]",
    ),
    Mutation(
        "two decide one case",
        ((DEALS, "        decider: vp-sales\n", "        decider: [vp-sales, sales-lead-emea]\n"),),
        "decision/two-deciders",
        "decision-right/discount",
        "decider: [vp-sales, sales-lead-emea]",
    ),
    Mutation(
        "one question is asked twice",
        (
            (
                DEALS,
                "question: May we credit the contents of a warm unit, on the spot?\n    delegated_from: customer-credit\n",
                "question: May we credit customers for something that went wrong?\n",
            ),
        ),
        "decision/declared-twice",
        "decision-right/warranty-credit",
        "question: May we credit customers for something that went wrong?",
    ),
    Mutation(
        "a claim is decided nowhere",
        ((LAUNCH, "    asynchronous: true\n    time_limit: 3d\n", "    time_limit: 3d\n"),),
        "decision/no-venue",
        "decision-right/public-claim",
        "public-claim:",
    ),
    Mutation(
        "nothing keeps which claims were agreed to, and their register is orphaned",
        ((LAUNCH, "    record: claims-register\n", ""),),
        "decision/no-record",
        "decision-right/public-claim",
        "public-claim:",
    ),
    Mutation(
        "three may stop a claim",
        (
            (
                LAUNCH,
                "    agrees: quality-lead\n    consulted: product-manager\n",
                "    agrees: [quality-lead, cfo, service-lead]\n",
            ),
        ),
        "decision/too-many-vetoes",
        "decision-right/public-claim",
        "agrees: [quality-lead, cfo, service-lead]",
    ),
    Mutation(
        "what is carried out by somebody else is not told to them",
        ((LAUNCH, "    performs: launch-marketer\n", "    performs: service-lead\n"),),
        "decision/performer-not-informed",
        "decision-right/public-claim",
        "performs: service-lead",
    ),
    Mutation(
        "what cannot be taken back has no time limit",
        ((LAUNCH, "    time_limit: 7d\n", ""),),
        "decision/no-time-limit",
        "decision-right/launch-go-no-go",
        "launch-go-no-go:",
        "info",
        "strict",
    ),
]

# Hand-offs and initiatives.
HANDOFF = [
    Mutation(
        "a delivery goes to nobody",
        ((SUPPLY, "    from: logistics\n    to: finance\n", "    from: logistics\n"),),
        "handoff/no-receiver",
        "handoff/ship-to-invoice",
        "ship-to-invoice:",
    ),
    Mutation(
        "an idea may be refused for any reason",
        ((DESIGN, "    accepts_when: It names a customer, a ward or a route on which it would matter\n", ""),),
        "handoff/no-acceptance",
        "handoff/idea-to-roadmap",
        "idea-to-roadmap:",
    ),
    Mutation(
        "nobody accepts a delivery",
        ((SUPPLY, "    accepted_by: controller\n", ""),),
        "handoff/nobody-accepts",
        "handoff/ship-to-invoice",
        "ship-to-invoice:",
    ),
    Mutation(
        "an order may wait for ever",
        ((SUPPLY, "    accept_within: 1d\n    through: order-book\n", "    through: order-book\n"),),
        "handoff/no-time-limit",
        "handoff/order-to-plan",
        "order-to-plan:",
    ),
    Mutation(
        "no hand-off says how soon it is accepted",
        (("*", re.compile(r"    accept_within: .*\n"), ""),),
        "handoff/no-time-limit",
        "handoff/",
        "brief-to-design:",
    ),
    Mutation(
        "the plant does not know of the plan",
        ((TEAMS, "takes_in: [plan-to-build, design-to-plant]", "takes_in: [design-to-plant]"),),
        "handoff/receiver-unaware",
        "handoff/plan-to-build",
        "to: plant",
    ),
    Mutation(
        "a region does not know of the kit, which is handed to it in a case too",
        (
            (
                TEAMS,
                "    headcount: 5\n    takes_in: kit-to-regions\n",
                "    headcount: 5\n    takes_in: field-to-quality\n",
            ),
        ),
        "handoff/receiver-unaware",
        "handoff/kit-to-regions",
        "to: [sales-emea, sales-americas]",
    ),
]
INITIATIVE = [
    Mutation(
        "two are accountable for the launch",
        ((LAUNCH, "    accountable: launch-lead\n", "    accountable: [launch-lead, vp-sales]\n"),),
        "initiative/two-accountable",
        "initiative/plover-launch",
        "accountable: [launch-lead, vp-sales]",
    ),
    Mutation(
        "nobody is accountable for the invoice",
        ((SUPPLY, "    accountable: controller\n", ""),),
        "initiative/nobody-accountable",
        "initiative/quick-invoice",
        "quick-invoice:",
    ),
    Mutation(
        "an initiative needs a call that is only proposed, and that nobody would make",
        (
            (
                COMPANY,
                "    question: May we spend this money?\n",
                "    question: May we spend this money?\n    status: proposed\n",
            ),
            (COMPANY, "decider: ceo, decided_in: exec-weekly, time_limit", "decided_in: exec-weekly, time_limit"),
        ),
        "initiative/decision-unassigned",
        "initiative/toronto-depot",
        "- {decision: spend, by: 2027-03-12}",
    ),
    Mutation(
        "an initiative does not say when it is done",
        ((SUPPLY, re.compile(r"    done_when: >\n      A pharmacy.*\n"), ""),),
        "initiative/no-done-when",
        "initiative/toronto-depot",
        "toronto-depot:",
        "info",
        "strict",
    ),
    Mutation(
        "an initiative has no date",
        (
            (SUPPLY, "    due: 2027-09-30\n", ""),
            (SUPPLY, "name: Lease signed, due: 2027-03-31", "name: Lease signed"),
            (SUPPLY, "name: First forty cabinets in stock, due: 2027-07-16", "name: First forty cabinets in stock"),
        ),
        "initiative/no-dates",
        "initiative/toronto-depot",
        "toronto-depot:",
        "info",
        "strict",
    ),
]

MUTATIONS = [*YAML, *SHAPE, *REFERENCE, *OWNERSHIP, *MEETING, *FORUM, *DECISION, *HANDOFF, *INITIATIVE]
