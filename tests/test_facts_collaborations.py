"""Who works side by side, since when, and until when."""

from __future__ import annotations

from org_kit import org_of

from coordlint.facts.collaborations import collaborations

ORG = org_of("""
teams:
  a:
    since: 2020-01-01
    works_with:
      - {team: b, mode: collaboration, since: 2024-01-01}
      - {team: b, mode: collaboration}
      - {team: c, mode: collaboration}
      - {team: d, mode: service}
      - {team: a, mode: collaboration}
      - {team: nowhere, mode: collaboration}
  b: {works_with: {team: a, mode: collaboration, since: 2025-01-01}, since: 2026-01-01}
  c: {since: 2021-01-01}
  d: {works_with: [{team: c, mode: collaboration, until: 2026-12-31}, {team: e, mode: collaboration}]}
  e: {works_with: {team: d, mode: collaboration}}
""")


def test_every_two_teams_are_told_once() -> None:
    told = {(each.team.id, each.other.id): (str(each.began), each.ends) for each in collaborations(ORG)}
    assert told == {
        ("a", "b"): ("2025-01-01", False),
        ("a", "c"): ("2021-01-01", False),
        ("d", "c"): ("2021-01-01", True),
        ("d", "e"): ("None", False),
    }
