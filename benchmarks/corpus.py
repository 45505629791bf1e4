"""A number of files in, an organisation of ten declarations a file out: the same bytes for the same number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HOUSE = """\
organisation: Corpus
layer_owner: lead-0
edition: "2026"
calendars:
  office: {timezone: Europe/Berlin, working_days: [mon, tue, wed, thu, fri], working_hours: "09:00-17:30"}
"""

# One team in a file. A fifth of the declarations are meetings; prose is in blocks; every team hands over to the next.
TEAM = """\
# How team {n} works. Written once, read by everybody who hands something to it.

teams:
  team-{n}:
    purpose: >
      Takes what comes from the teams before it in the line, makes part {n} of the product from it,
      and hands it on complete, tested and with its papers.
    lead: lead-{n}
    members: [lead-{n}]
    produces: [Part {n} with its test report]
    because: >
      Part {n} is made by people who know the machines that it is made on, and who are asked when something fails
      in the field; before 2024 it was made by whoever had time, and came back in one case of seven.
    takes_in: [part-{before}-to-{n}]
    since: 2024-0{month}-01

roles:
  lead-{n}:
    purpose: Answers for everything that team {n} makes and hands on.
    accountable_for:
      - what leaves the team, complete and on its day
      - the budget of part {n}, and what is said about it
    held_by: ext/holder-{n}
    deputy: lead-{after}
    team: team-{n}
    {superior}

forums:
  council-{n}:
    charter: >
      Resolves the trade-offs of part {n} between those who make it and those who need it: what is built
      first, what may cost more, and what is left out of a release. Whoever needs part {n} earlier than
      planned asks here, and hears the answer within a week.
    chair: lead-{n}
    deputy: lead-{after}
    decider: lead-{n}
    members: [lead-{n}, lead-{after}]
    record: decisions-{n}

meetings:
  weekly-{n}:
    forum: council-{n}
    purpose: Decide what part {n} needs before the next release, and say who learns of it.
    cadence: {{every: week, day: {day}, at: "{hour}:00", lasts: 45m}}
    agenda: https://wiki.example.org/teams/{n}/weekly
    outputs: [decisions-{n}]
    tags: [part-{n}, decides]
    review_by: 2027-0{month}-15
  planning-{n}:
    forum: council-{n}
    purpose: |
      Set the order of work for the next month.

      - what must be ready for the teams behind us
      - what waits, and who is told so
    # After the numbers of the month before are in.
    cadence: {{every: month, day: workday {workday}, at: "1{minute}:30", lasts: 1h}}
    outputs: [decisions-{n}]

decision_rights:
  order-of-work-{n}:
    question: What does team {n} build first?
    description: >
      The order of work is what everybody behind the team plans by, so it changes once a week at most, and
      whoever loses a place in it hears so from the one who decided, and not from the plan.
    decider: lead-{n}
    decided_in: weekly-{n}
    time_limit: 5d
    performs: team-{n}
    reversible: true
    record: decisions-{n}
  extra-cost-{n}:
    question: May part {n} cost more than was planned?
    inputs:
      percent: {{number: 0 to 100, unit: "%"}}
    cases:
      - {{when: {{percent: up to 10}}, decider: lead-{n}, asynchronous: true, time_limit: 2d}}
      - {{when: {{percent: over 10}}, decider: council-{n}, decided_in: planning-{n}, time_limit: 10d}}
    record: decisions-{n}

handoffs:
  part-{n}-to-{after}:
    from: team-{n}
    to: team-{after}
    delivers: [Part {n} with its test report, The list of what changed]
    trigger: The order of work is set
    deliver_within: 10d
    accepts_when: [Every test has run, The list of changes names a reason for each]
    accepted_by: lead-{after}
    accept_within: 2d
    if_refused: lead-{n}
    escalation: stuck-{way}
    description: |
      What is refused goes back with a reason that the giver can act on. A part that was refused twice for
      one reason is talked about in the next weekly of both teams.
    per_month: 8

records:
  decisions-{n}:
    keeps: What council {n} decided, by whom, and what was ruled out.
    owner: lead-{n}
    at: https://wiki.example.org/teams/{n}/decisions
    updated_every: month
    read_by: [lead-{after}, planning-{n}]

{last}"""

# The tenth declaration of a file, by turns.
LAST = (
    """\
terms:
  part-{n}:
    means: >
      What team {n} makes: everything between the interface that it takes in and the one that it hands on.
    within: team-{n}
    used_by: [team-{after}]
""",
    """\
escalations:
  stuck-{n}:
    for: [part-{n}-to-{after}, order-of-work-{n}]
    when: >
      A part is late, or came back twice, and the two leads do not agree on what happens next.
    steps:
      - {{to: lead-{after}, within: 1d}}
      - {{to: lead-{top}, within: 2d}}
    target: 5d
    record: decisions-{n}
""",
    """\
context_lines:
  line-{n}:
    from: team-{n}
    to: team-{before}
    carries: [context, decisions, risks]
    back: [status, risks]
    through: weekly-{n}
    description: What was learnt from the parts that came in, so that the next ones need less work.
""",
    """\
initiatives:
  renewal-{n}:
    accountable: lead-{n}
    sponsor: lead-{top}
    teams: [team-{n}, team-{after}]
    forum: council-{n}
    done_when: Part {n} is made on the new machines, and no order waits for it longer than before.
    reviewed_in: weekly-{n}
    due: 2027-0{month}-28
    health: {{state: on track, as_of: 2026-11-20}}
""",
)

_DAYS = ("mon", "tue", "wed", "thu", "fri")
# One file in a hundred has something to find.
_EVERY = 100


def write(folder: Path, files: int) -> int:
    """Write an organisation of so many files, and give the number of its declarations."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "coordlint.yaml").write_text(HOUSE, encoding="utf-8")
    for n in range(files):
        text = team(n, files)
        if n % _EVERY == _EVERY // 2:
            text = text.replace("    accepted_by:", "    # accepted_by:")
            text = text.replace("decided_in: weekly", "decided_in: wekly")
        (folder / f"team-{n:05}.yaml").write_text(text, encoding="utf-8")
    return files * 10


# What is found in the files of an organisation that has been lived in: what stands there, what stands in its place, the
# rule that speaks, and in which declaration.
FLAWS = (
    ("decided_in: weekly-{n}\n", "decided_in: wekly-{n}\n", "reference/unresolved", "decision-right/order-of-work-{n}"),
    ("deputy: lead-{after}\n    team:", "deputy: lead-{n}\n    team:", "fragility/deputy-is-holder", "role/lead-{n}"),
    ("    lead: lead-{n}\n", "    lead: leed-{n}\n", "reference/unresolved", "team/team-{n}"),
)
LOG_LINES = 20_000


def write_lived_in(folder: Path, files: int, *, accepted: bool) -> int:
    """An organisation with five things to find in every two files; give how many there are.

    Where `accepted`, a third of them is waived by a comment, a third in its declaration and a third in coordlint.yaml,
    and a log tells of a year.
    """
    folder.mkdir(parents=True, exist_ok=True)
    house, count = HOUSE + "waive:\n" * accepted, 0
    for n in range(files):
        text = team(n, files)
        for flaw in FLAWS[: 2 + n % 2]:
            text, entry = _flawed(text, [part.format(n=n, after=(n + 1) % files) for part in flaw], count, accepted)
            house += entry
            count += 1
        (folder / f"team-{n:05}.yaml").write_text(text, encoding="utf-8")
    (folder / "coordlint.yaml").write_text(house, encoding="utf-8")
    if accepted:
        (folder / "log.yaml").write_text("log:\n" + "".join(_entries(files)), encoding="utf-8")
    return count


def _flawed(text: str, flaw: list[str], count: int, accepted: bool) -> tuple[str, str]:
    """A file with a flaw in it, and what coordlint.yaml says of that."""
    right, wrong, rule, about = flaw
    why = "As it is until the move"
    if not accepted:
        return text.replace(right, wrong, 1), ""
    if count % 3 == 0:
        line, _, more = wrong.partition("\n")
        return text.replace(right, f"{line}  # coordlint: ignore[{rule}] {why} (until 2027-06-30)\n{more}", 1), ""
    text = text.replace(right, wrong, 1)
    if count % 3 == 1:
        key = f"\n  {about.partition('/')[2]}:\n"
        return text.replace(key, f"{key}    waive: {{rule: {rule}, reason: {why}, until: 2027-06-30}}\n", 1), ""
    return text, f"  - {{rule: {rule}, for: {about}, reason: {why}, until: 2027-06-30}}\n"


def _entries(files: int) -> Iterator[str]:
    """A line of the log each: meetings held, records brought up to date, decisions, hand-offs that came back."""
    first = date(2025, 11, 24)
    for number in range(LOG_LINES):
        day, n = first + timedelta(days=number * 364 // LOG_LINES), number * 7 % files
        if number % 10 < 6:
            said = f"held: weekly-{n}, date: {day}, attended: 2"
        elif number % 10 < 8:
            said = f"updated: decisions-{number % 80}, date: {day}"
        elif number % 10 == 8:
            percent = number // 7 % 1000 / 100
            said = f"decided: extra-cost-{n}, date: {day}, by: lead-{n}, given: {{percent: {percent}}}"
        else:
            said = f"returned: part-{n}-to-{(n + 1) % files}, date: {day}, reason: Paper {number} was not there"
        yield f"  - {{{said}}}\n"


def team(n: int, of: int) -> str:
    """One file: team `n` of so many in a line that closes."""
    said = {
        "n": n,
        "before": (n - 1) % of,
        "after": (n + 1) % of,
        "top": n // 8,
        "way": min(n // len(LAST) * len(LAST) + 1, of - 1),
        "superior": f"reports_to: lead-{n // 8}" if n else "tags: [head]",
        "month": n % 9 + 1,
        "day": _DAYS[n % 5],
        "hour": ("09", "10", "11", "14", "15")[n // 5 % 5],
        "workday": n % 10 + 1,
        "minute": n % 4,
    }
    return TEAM.format(**said, last=LAST[n % len(LAST)].format(**said))
