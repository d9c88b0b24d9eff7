"""What was done with customers before they came here: notes and calls."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from contacts.models import Channel, Company, Person
from imports.column_specs import Column, ColumnKind, choice
from imports.employers import Employers
from imports.kinds.base import TableKind
from imports.read_rows import ReadRow
from imports.run import Run
from pipeline.models import Deal

LONGEST = 9000
WORDS = {
    "call": _("Call"),
    "note": _("Note"),
    "email": _("E-mail"),
    "meeting": _("Appointment"),
    "task": pgettext_lazy("activity", "Task"),
}


class Activities(TableKind):
    """Notes and calls with their day and author; what has no place of its own yet comes in as a note."""

    code = "activities"
    label = _("Activities")
    one = _("Activity")
    order = 40
    is_for_reps = True
    prefixes = ("activity", "engagement", "property", "hs", "aktivität")

    def columns(self) -> list[Column]:
        """What was done, when, by whom, and with whom."""
        return [
            choice(
                "kind",
                _("kind"),
                "kind, type, activity type, engagement type, art, typ, aktivitätsart, tasksubtype",
                words={
                    "call": "call, anruf, telefonat, phone call, telefon",
                    "note": "note, notiz, kommentar, comment",
                    "email": "email, e mail, mail, incoming email",
                    "meeting": "meeting, termin, besuch, visit, event, treffen, appointment, lunch",
                    "task": "task, aufgabe, todo, to do, deadline",
                },
                choices=[(code, str(word)) for code, word in WORDS.items()],
            ),
            Column(
                "at",
                pgettext_lazy("moment", "at"),
                "at, date, datum, activity date, hs timestamp, timestamp, due date, activitydate, "
                "zeitpunkt, erledigt am, done at, created date, create date, createdate, created at, "
                "hs createdate, zeit",
                ColumnKind.MOMENT,
            ),
            Column("subject", _("subject"), "subject, betreff, titel, title, note title, call subject"),
            Column(
                "text",
                _("text"),
                "text, note, notes, body, note body, hs note body, call notes, body preview, description, "
                "beschreibung, notiz, inhalt, content, note content, hs body preview",
                longest=LONGEST,
            ),
            choice(
                "result",
                _("result"),
                "result, ergebnis, outcome, call outcome, call result, disposition",
                words={
                    "not_reached": "not reached, no answer, nicht erreicht, busy, left voicemail, "
                    "wrong number",
                    "front_desk": "front desk, vorzimmer, zentrale, left live message",
                    "decision_maker": "decision maker, entscheider erreicht, connected, erreicht",
                    "call_back": "call back, rückruf, rückruf vereinbart",
                    "no_need": "no need, kein bedarf, no interest",
                },
                choices=Activity.Result.choices,
            ),
            choice(
                "direction",
                pgettext_lazy("call", "direction"),
                "direction, richtung, call direction, calltype, call type",
                words={"out": "outbound, ausgehend, outgoing", "in": "inbound, eingehend, incoming"},
                choices=Activity.Direction.choices,
            ),
            Column(
                "company_id",
                _("company (id)"),
                "company id, company ids, account id, accountid, "
                "organization id, associated company ids, related to id, account name id",
                longest=80,
            ),
            Column(
                "company",
                _("company"),
                "company, firma, account, organization, kunde, related to, "
                "account name, company name, organisation, associated company",
            ),
            Column(
                "person_id",
                _("person (id)"),
                "person id, contact id, contactid, whoid, who id, "
                "associated contact ids, contact ids, contact name id",
                longest=80,
            ),
            Column(
                "email",
                _("E-mail of the person"),
                "email, e mail, contact email, person email",
                ColumnKind.EMAIL,
            ),
            Column(
                "deal_id",
                _("deal (id)"),
                "deal id, deal ids, opportunity id, associated deal ids, whatid, what id",
                longest=80,
            ),
            Column(
                "author",
                _("author"),
                "author, autor, owner, assigned to, zuständig, activity assigned to, "
                "created by, hubspot owner id, ownerid, verfasser, von, user",
                ColumnKind.USER,
            ),
        ]

    def missing(self, mapped: Collection[str]) -> str:
        """An activity says something, has a moment and belongs to somebody."""
        if not {"text", "subject"} & set(mapped):
            return str(_("Please say which column holds the text."))
        if "at" not in mapped:
            return str(_("Please say which column holds the day."))
        if not {"company_id", "company", "person_id", "email", "deal_id"} & set(mapped):
            return str(_("Please say which column names the company, the person or the deal."))
        return ""

    def take_in(self, rows: Sequence[ReadRow], run: Run) -> None:
        """Write what is not here yet; the same text of the same moment is no second one."""
        links = _Links(rows, run)
        made = []
        for row in rows:
            activity = _activity(row, run, links)
            if activity is not None:
                made.append((row.line, activity))
        moments = {activity.at for _line, activity in made}
        same = Activity.objects.filter(at__in=moments).values_list("at", "text", "company", "person", "deal")
        here: set[tuple[object, ...]] = set(same)
        new = []
        for line, activity in made:
            print_ = (activity.at, activity.text, activity.company_id, activity.person_id, activity.deal_id)
            if print_ in here:
                run.tally.counts["unchanged"] += 1
                continue
            here.add(print_)
            new.append((line, activity))
        Activity.objects.bulk_create([activity for _line, activity in new])
        run.made(new)
        run.tally.counts["created"] += len(new)


class _Links:
    """Whom the rows are about."""

    def __init__(self, rows: Sequence[ReadRow], run: Run) -> None:
        self._run = run
        ids = {run.key_of(row.text("person_id")) for row in rows} - {""}
        emails = {row.text("email") for row in rows} - {""}
        deals = {run.key_of(row.text("deal_id")) for row in rows} - {""}
        self._persons = {row.external_id: row for row in Person.objects.filter(external_id__in=ids)}
        channels = Channel.objects.filter(kind=Channel.Kind.EMAIL, value__in=emails, person__isnull=False)
        self._reached = {row.value: row.person for row in channels.select_related("person").order_by("-pk")}
        visible = Deal.objects.visible_to(run.actor).filter(external_id__in=deals)
        self._deals = {row.external_id: row for row in visible}
        self._companies = Employers(rows, run).of(rows)

    def of(self, row: ReadRow) -> tuple[Company | None, Person | None, Deal | None]:
        """Company, person and deal of a row, as far as they are known."""
        deal = self._deals.get(self._run.key_of(row.text("deal_id")))
        foreign = self._run.key_of(row.text("person_id"))
        person = self._persons.get(foreign) or self._reached.get(row.text("email"))
        company = self._companies.get(row.line) or (deal.company if deal else None)
        return company, person or (deal.person if deal else None), deal


def _activity(row: ReadRow, run: Run, links: _Links) -> Activity | None:
    company, person, deal = links.of(row)
    at: datetime | None = row.moment("at")
    text = "\n".join(filter(None, [row.text("subject"), row.text("text")]))
    problem = ""
    if not (company or person or deal):
        problem = str(_("Nobody is known here whom this is about."))
    elif not text:
        problem = str(_("The text is missing."))
    elif at is None or at > run.now:
        problem = str(_("The day is missing or lies in the future."))
    if problem or at is None:
        run.reject(row.line, row.cells, problem)
        return None
    kind, result = row.text("kind"), row.text("result")
    is_call = kind == "call" and bool(result)
    if not is_call and kind not in ("", "note"):
        text = f"{WORDS[kind]}: {text}"
    author = None if run.is_own_only else row.key("author")
    return Activity(
        kind=Activity.Kind.CALL if is_call else Activity.Kind.NOTE,
        at=at,
        author_id=author or run.actor.pk,
        company=company,
        person=person,
        deal=deal,
        text=text[:10_000],
        result=result if is_call else "",
        direction=(row.text("direction") or Activity.Direction.OUTBOUND) if is_call else "",
    )
