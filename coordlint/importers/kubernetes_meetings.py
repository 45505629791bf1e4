"""The meetings of one group or subproject in sigs.yaml in; meetings, and the records of what was said there, out."""

from __future__ import annotations

from typing import Any, NamedTuple

from coordlint.importers import GUESSED, frequencies
from coordlint.importers.foreign import LONGEST_LINE, Part
from coordlint.importers.ids import Ids, slug
from coordlint.importers.kubernetes_people import link, one_or_more

MET_OVER = "a meeting whose link leads to a document: that one keeps its notes"
_DOCUMENTS = "https://docs.google.com/document/"


class Host(NamedTuple):
    """Whose meetings they are: how their ids begin, what it is called, and what each of its meetings says of it."""

    id: str
    name: str
    says: dict[str, Any]


class Meetings:
    """All meetings; one document of notes is one record, whoever meets over it."""

    def __init__(self) -> None:
        self._ids = Ids()
        self._record_ids = Ids()
        self._record_at: dict[str, str] = {}

    def add(self, part: Part, host: Host, told: dict[str, dict[str, Any]]) -> None:
        """Adds the meetings of a group or subproject to what is told of it."""
        for meeting in part.parts("meetings"):
            name = meeting.line("description")
            own = self._ids.give(_id(host.id, name))
            told["meetings"][own] = self._meeting(meeting, own, name, host, told["records"])
            meeting.note_unread()

    def _meeting(self, part: Part, own: str, name: str, host: Host, records: dict[str, Any]) -> dict[str, Any]:
        read = frequencies.read(*(part.line(key) for key in ("frequency", "day", "time", "tz")))
        for kind, reason in read.remarks:
            part.note(kind, reason, what=f"{own}: {read.words or part.line('frequency')}")
        links = [link(part, key) for key in ("url", "calendar_url", "recordings_url")]
        notes = link(part, "archive_url")
        if not notes and links[0].startswith(_DOCUMENTS):
            notes = links[0]
            part.note(GUESSED, MET_OVER, "url")
        fields = {
            "name": name,
            "description": f"As written: {read.words}." if read.words else "",
            **host.says,
            "cadence": read.cadence,
            # The community keeps a meeting's agenda and its notes in one document.
            "agenda": notes,
            "record": self._record(notes, own, f"{host.name}, {name}" if name else host.name, records),
            "links": one_or_more([each for each in links if each != notes]),
        }
        return {key: value for key, value in fields.items() if value not in ("", [])}

    def _record(self, notes: str, meeting: str, whose: str, records: dict[str, Any]) -> str:
        """The id of the record that is kept at a link."""
        if notes and notes not in self._record_at:
            own = self._record_ids.give(slug(f"{meeting}-notes"))
            self._record_at[notes] = own
            records[own] = {"name": f"{whose}: notes"[:LONGEST_LINE], "keeps": f"Notes of {whose}", "at": notes}
        return self._record_at.get(notes, "")


def _id(host: str, name: str) -> str:
    """`sig-apps-regular-sig-meeting`; words with which a name begins like its host are not said twice."""
    known, words = host.split("-"), slug(name).split("-")
    while known and words and known[0] == words[0]:
        del known[0], words[0]
    return slug(f"{host} {' '.join(words) or 'meeting'}")
