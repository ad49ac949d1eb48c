"""The demo's past visits as rows of the register: what is too old has lost its names, as retention would have it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from cli.demo import clocks
from cli.demo.history import History, Past
from cli.demo.staff import People
from shared import company, directory, notice
from shared.deadlines import history as old_clocks
from shared.lib import db, text
from shared.lib.phone import normalise
from shared.visits import history

ACT = 80  # visits an act: with their journal rows and clocks below 500 rows
NO_SHOW_DAYS = 30


class Writer:
    """Writes the register of the past; `now` decides what has been erased since."""

    def __init__(self, now: datetime, people: People, device: int | None, desk: Sequence[int]) -> None:
        facts = company.facts()
        self.now, self.people, self.device, self.desk = now, people, device, desk
        self.names_from = now - timedelta(days=facts.visit_days)
        self.phones_from = now - timedelta(days=facts.phone_days)
        self.no_shows_from = now - timedelta(days=NO_SHOW_DAYS)
        self.notice = notice.current("zh_Hans").version

    def write(self, past: History, after: date | None, until: date) -> Iterator[int]:
        """Keeps every day after `after` and before `until`; says after each act how many visits there are so far."""
        waiting: list[dict[str, Any]] = []
        count = 0
        for day, visits in past.days(until):
            if after is not None and day <= after:
                continue
            waiting += [self._row(visit) for visit in visits if self._kept(visit)]
            if len(waiting) >= ACT:
                count += len(waiting)
                self._write(waiting)
                waiting = []
                yield count
        self._write(waiting)
        yield count + len(waiting)

    @db.act
    def _write(self, rows: list[dict[str, Any]]) -> None:
        """The visits, and the clocks that ran for them."""
        known = history.insert_many(rows)
        made = [
            {**clock, "subject": f"visit:{token}", "visit_id": key}
            for row, (key, token) in zip(rows, known, strict=True)
            for clock in clocks.of(row, self.desk)
        ]
        old_clocks.insert_many(made)

    def _kept(self, visit: Past) -> bool:
        return visit.expected is None or visit.arrived is not None or visit.expected >= self.no_shows_from

    def _row(self, visit: Past) -> dict[str, Any]:
        invited = visit.expected is not None
        escort = visit.first or not invited
        return {
            "state": visit.state,
            "source": "demo",
            "party_size": visit.party,
            "purpose": visit.purpose,
            "expected_at": visit.expected,
            "expected_by": self.desk[0] if invited and self.desk else None,
            "arrived_at": visit.arrived,
            "met_at": visit.met,
            "left_at": visit.left,
            "left_how": visit.how,
            "first_visit": visit.first,
            "escort": escort,
            "badge_number": visit.badge,
            "badge_returned": visit.badge_back,
            "closed_at": visit.left if visit.badge_back else None,
            "drink": "",
            "created_at": visit.arrived or visit.expected,
            "row_version": 3 if visit.met else 2,
            **self._visitor(visit),
            **self._host(visit),
            **self._let_in(visit, escort=escort),
            **self._registered(visit),
        }

    def _visitor(self, visit: Past) -> dict[str, Any]:
        """Who came, as far as it is still kept."""
        named = visit.left is None or visit.left >= self.names_from
        phone = normalise(visit.phone) if visit.phone and (visit.left or self.now) >= self.phones_from else None
        name, firm = visit.visitor.name, visit.visitor.company
        return {
            "language": visit.visitor.language,
            "visitor_name": name if named else directory.shortened(name),
            "visitor_company": firm if named else "",
            "visitor_key": text.keyed_hash("visitor", text.fold(name), text.fold(firm)) if named else "",
            "phone": phone,
            "phone_key": text.keyed_hash("phone", phone) if phone else None,
            "purpose_note": visit.note if named else "",
            "remark": visit.remark if named else "",
        }

    def _host(self, visit: Past) -> dict[str, Any]:
        """Whom they came for, and what that person said."""
        host = self.people.get(visit.host.place) if visit.host else None
        return {
            "host_id": host.id if host else None,
            "host_text": "" if host else visit.host_text or (visit.host.name if visit.host else ""),
            "host_answer": visit.answer,
            "host_minutes": visit.minutes,
            "host_answered_at": visit.answered,
        }

    def _let_in(self, visit: Past, *, escort: bool) -> dict[str, Any]:
        """Who said that somebody might go in who came unannounced or for the first time."""
        at = visit.met if escort and self.desk else None
        return {"confirmed_at": at, "confirmed_by": self.desk[(visit.badge or 0) % len(self.desk)] if at else None}

    def _registered(self, visit: Past) -> dict[str, Any]:
        """Who took the visitor in: the tablet, with consent to the notice, or somebody at the desk."""
        came = visit.arrived is not None
        by_kiosk = came and visit.at_kiosk and self.device is not None
        by_desk = came and not by_kiosk and bool(self.desk)
        return {
            "device_id": self.device if by_kiosk else None,
            "receptionist_id": self.desk[(visit.badge or 0) % len(self.desk)] if by_desk else None,
            "notice_version": self.notice if came else "",
            "lawful_basis": "consent" if came else "",
            "consent_at": visit.arrived,
        }
