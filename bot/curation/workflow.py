"""An entry's way: draft -> in review -> approved -> published -> retired, and back again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from bot.curation.check_entry import SLUG, check_entry, not_a_name, retiring
from bot.curation.live import Live
from bot.curation.names import name_for
from bot.curation.records import (
    Conflict,
    Decision,
    Fault,
    Faulty,
    Fields,
    Going,
    Kind,
    Listed,
    NeedsAnother,
    NotNow,
    Publication,
    State,
    fields_of,
)
from bot.knowledge.entry import Entry
from bot.knowledge.instrument import InstrumentStatus
from bot.knowledge.library import Library, Mark
from bot.store.entries import Entries
from bot.store.publications import Publications

REVIEW_AGAIN_AFTER = timedelta(days=183)
ONE_PERSON = "one_person_may_publish"


class Workflow:
    """The steps that people take; each is refused by name where it does not lead on from here."""

    def __init__(
        self,
        entries: Entries,
        publications: Publications,
        live: Live,
        letters: frozenset[str],
        today: Callable[[], date],
    ) -> None:
        self._entries = entries
        self._publications = publications
        self._live = live
        self._letters = letters
        self._today = today

    def begin(self, entry: str, fields: Fields, author: str, note: str = "") -> Listed:
        """A new entry as a draft; its id is a name for good."""
        if not SLUG.fullmatch(entry):
            raise Faulty(entry, (not_a_name("id"),))
        return self._entries.create(entry, self._framed(entry, fields), author, note)

    def free_id(self, topic: str, title: str) -> str:
        """A name that no entry bears yet."""
        name = name_for(topic, title)
        numbered = (name if n == 1 else f"{name}-{n}" for n in count(1))
        return next(each for each in numbered if not self._entries.exists(each))

    def save(
        self, entry: str, fields: Fields, expected: int, author: str, note: str = ""
    ) -> Listed:
        """Keep a draft; what was in review or approved goes back to being one."""
        framed = self._framed(entry, fields)
        return self._entries.save(entry, framed, expected, author, note, retires=False)

    def faults(self, fields: Fields) -> tuple[Fault, ...]:
        """What keeps a text from being published."""
        return check_entry(self._dated(fields), self._live.library(), self._letters)

    def faults_answering(self, entry: str) -> tuple[Fault, ...]:
        """What keeps an entry from being an exact answer: it is not live, or breaks a rule today."""
        library = self._live.library()
        text = library.entry.get(entry)
        if text is None:
            return (Fault("id", None, "not-live", "no borrower can read this entry"),)
        return check_entry(fields_of(text), library, self._letters)

    def submit(self, entry: str, expected: int, author: str, text: str = "") -> Listed:
        """Ask a second person to look at the draft; Faulty where it breaks a rule."""
        self._expect(entry, expected, State.DRAFT)
        version = self._entries.version(entry)
        if not version.retires and (faults := self.faults(version.fields)):
            raise Faulty(entry, faults)
        return self._entries.move(
            entry, expected, State.IN_REVIEW, Decision.SUBMITTED, author, text
        )

    def retire(self, entry: str, expected: int, author: str, note: str) -> Listed:
        """Ask a second person to agree that the entry goes; Faulty where a button leads to it."""
        if faults := retiring(entry, self._live.library()):
            raise Faulty(entry, faults)
        live = self._expect(entry, expected, *State).live_version
        if live is None:
            raise NotNow(f"{entry} is not published")
        fields = self._entries.version(entry, live).fields
        saved = self._entries.save(entry, fields, expected, author, note, retires=True)
        return self._entries.move(
            entry, saved.revision, State.IN_REVIEW, Decision.SUBMITTED, author, note
        )

    def send_back(self, entry: str, expected: int, reviewer: str, text: str) -> Listed:
        """Give a text back to be worked on."""
        self._expect(entry, expected, State.IN_REVIEW, State.APPROVED)
        return self._entries.move(entry, expected, State.DRAFT, Decision.RETURNED, reviewer, text)

    def approve(
        self,
        entry: str,
        expected: int,
        reviewer: str,
        text: str = "",
        publish_at: datetime | None = None,
    ) -> Listed:
        """A second person's word that the text may go live, at once or at a time that is set."""
        self._expect(entry, expected, State.IN_REVIEW)
        version = self._entries.version(entry)
        return self._entries.move(
            entry,
            expected,
            State.APPROVED,
            self._decision(version.author, reviewer),
            reviewer,
            text,
            approved_by=reviewer,
            fields=version.fields if version.retires else in_one_form(self._dated(version.fields)),
            publish_at=publish_at,
        )

    def confirm(self, entry: str, expected: int, reviewer: str, text: str = "") -> Publication:
        """A reviewer's word that what is live is still right; it goes live with new dates."""
        found = self._expect(entry, expected, State.PUBLISHED)
        version = self._entries.version(entry, found.live_version)
        self._decision(version.author, reviewer)
        dated = in_one_form(self._dated(version.fields))
        if faults := self.faults(dated):
            raise Faulty(entry, faults)
        note = text or "still right"
        saved = self._entries.save(entry, dated, expected, version.author, note, retires=False)
        moved = self._entries.move(
            entry,
            saved.revision,
            State.APPROVED,
            Decision.CONFIRMED,
            reviewer,
            text,
            approved_by=reviewer,
        )
        return self.publish([(entry, moved.revision)], reviewer, text)

    def publish(
        self,
        approved: Sequence[tuple[str, int]],
        author: str,
        note: str = "",
        evaluation: Mapping[str, Any] | None = None,
    ) -> Publication:
        """Make approved texts live; each is given with the revision that was seen."""
        going = Going(Kind.ENTRIES, author, note, approved=tuple(approved))
        return self._live.make_live(going, evaluation, partial(self._check, going))

    def publish_due(self, now: datetime) -> tuple[str, ...]:
        """Make live what was approved for a time that has come; the entries that broke a rule."""
        failed = []
        for entry in self._entries.due(now):
            found = self._entries.get(entry)
            approver = self._entries.version(entry).approved_by or found.author
            try:
                self.publish([(entry, found.revision)], approver, "scheduled")
            except Faulty:
                self._hold_back(entry, found.revision, approver)
                failed.append(entry)
            except (Conflict, NotNow):
                continue  # another replica, or its author, was faster
        return tuple(failed)

    def roll_back(self, entry: str, version: int | None, author: str, note: str) -> Publication:
        """Make an earlier approved version live again, or none; unfinished drafts stay."""
        going = Going(Kind.ROLLBACK, author, note, restored=((entry, version),))
        return self._live.make_live(going)

    def roll_back_publication(self, number: int, author: str, note: str) -> Publication:
        """Undo a publication, except where an entry was published anew since."""
        made = self._publications.get(number)
        restored = tuple(
            (change.entry, change.before)
            for change in made.changes
            if self._entries.get(change.entry).live_version == change.after
        )
        answers = self._publications.answers_before(made)
        if not restored and not answers:
            raise NotNow(f"nothing of publication {number} is live any more")
        going = Going(Kind.ROLLBACK, author, note, restored=restored, exact_answers=answers)
        return self._live.make_live(going)

    def mark_instrument(
        self, instrument: str, status: InstrumentStatus, since: date, author: str, note: str
    ) -> Publication:
        """Say that an instrument was amended or repealed: what cites it waits to be checked."""
        mark = Mark(instrument=instrument, status=status, since=since)
        return self._live.make_live(Going(Kind.INSTRUMENT, author, note, marks={instrument: mark}))

    def unmark_instrument(self, instrument: str, author: str, note: str) -> Publication:
        """Take a mark back, or away once the instrument's file says the same."""
        return self._live.make_live(Going(Kind.INSTRUMENT, author, note, marks={instrument: None}))

    def comment(self, entry: str, author: str, text: str) -> None:
        """Say something about the newest version."""
        self._entries.say(entry, author, text)

    def take_file(self, entry: str, expected: int, author: str, fields: Fields) -> Listed:
        """Make the file's newer text the draft."""
        left = self._entries.leave_file(entry, expected, author, Decision.FILE_TAKEN)
        return self.save(entry, fields, left.revision, author, "as in the file")

    def leave_file(self, entry: str, expected: int, author: str) -> Listed:
        """Keep the workspace's text although the file has another."""
        return self._entries.leave_file(entry, expected, author, Decision.FILE_LEFT)

    def one_person_may_publish(self) -> bool:
        """Whether the administrator lets people approve their own texts."""
        return self._publications.note(ONE_PERSON) == "yes"

    def let_one_person_publish(self, allowed: bool) -> None:
        """Let a team of one approve its own texts, or not; each such approval is marked."""
        self._publications.set_note(ONE_PERSON, "yes" if allowed else "no")

    def _check(self, going: Going, library: Library) -> None:
        """Faulty where a text that is to go live breaks a rule beside what will be live then."""
        for entry, _revision in going.approved:
            if (text := library.entry.get(entry)) is not None and (
                faults := check_entry(fields_of(text), library, self._letters)
            ):
                raise Faulty(entry, faults)

    def _hold_back(self, entry: str, expected: int, approver: str) -> None:
        decision = Decision.HELD_BACK
        self._entries.move(entry, expected, State.DRAFT, decision, approver)

    def _expect(self, entry: str, expected: int, *states: State) -> Listed:
        found = self._entries.get(entry)
        if found.revision != expected:
            raise Conflict(entry, found.revision, found.author, found.changed_at)
        if found.state not in states:
            raise NotNow(f"{entry} is {found.state}, not {' or '.join(states)}")
        return found

    def _decision(self, author: str, reviewer: str) -> Decision:
        if author != reviewer:
            return Decision.APPROVED
        if not self.one_person_may_publish():
            raise NeedsAnother("a second person has to approve this text")
        return Decision.APPROVED_ALONE

    def _framed(self, entry: str, fields: Fields) -> dict[str, Any]:
        """The fields with what no person fills in."""
        today = self._today().isoformat()
        kept = {name: value for name, value in fields.items() if name in Entry.model_fields}
        return {"created": today, "reviewed": today} | kept | {"id": entry}

    def _dated(self, fields: Fields) -> dict[str, Any]:
        """The fields as reviewed today; a wish for an earlier next review stays."""
        today = self._today()
        latest = today + REVIEW_AGAIN_AFTER
        wished = str(fields.get("review_due") or "")
        due = wished if today.isoformat() < wished < latest.isoformat() else latest.isoformat()
        return {**fields, "reviewed": today.isoformat(), "review_due": due}


def in_one_form(fields: Fields) -> dict[str, Any]:
    """A whole text as every version that may go live is kept: what is as usual left out."""
    return fields_of(Entry.model_validate(fields))
