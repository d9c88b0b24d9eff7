"""The columns of activities, under the names that the usual systems give them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from imports.column_specs import Column, ColumnKind, choice

TASK = "task"
DONE, OPEN = "done", "open"
# Longer ones are cut, as those of mails are.
LONGEST = 100_000


def what_columns() -> list[Column]:
    """What was done, how, and what it came to."""
    return [
        choice(
            "kind",
            _("kind"),
            "kind, type, activity type, engagement type, art, typ, aktivitätsart, tasksubtype, task subtype",
            words={
                "call": "call, anruf, telefonat, phone call, telefon",
                "note": "note, notiz, kommentar, comment",
                "mail": "mail, email, e mail, incoming email, forwarded email, sent email, logged email",
                "appointment": "appointment, meeting, termin, besuch, visit, event, treffen, lunch, vor ort",
                "meeting": "online meeting, online termin, video call, videokonferenz, web meeting, zoom, "
                "teams, google meet, online demo",
                "letter": "letter, brief, post, postal mail, fax, mailing",
                TASK: "task, aufgabe, todo, to do, deadline, wiedervorlage, follow up, reminder",
            },
            choices=[*Activity.Kind.choices, (TASK, _("Follow-up"))],
        ),
        Column(
            "subject",
            _("subject"),
            "subject, betreff, titel, title, note title, call subject, "
            "meeting name, task name, email subject, hs email subject, call title",
            longest=LONGEST,
        ),
        Column(
            "text",
            _("text"),
            "text, note, notes, body, note body, hs note body, call notes, body preview, description, "
            "beschreibung, notiz, inhalt, content, note content, hs body preview, email body, meeting notes",
            longest=LONGEST,
        ),
        choice(
            "result",
            _("result"),
            "result, ergebnis, outcome, call outcome, call result, disposition",
            words={
                "not_reached": "not reached, no answer, nicht erreicht, busy, left voicemail, wrong number",
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
            "direction, richtung, call direction, calltype, call type, email direction",
            words={
                "out": "outbound, ausgehend, outgoing, sent, gesendet, email",
                "in": "inbound, eingehend, incoming, received, empfangen, incoming email",
            },
            choices=Activity.Direction.choices,
        ),
        choice(
            "status",
            _("state"),
            "status, state, stand, done, erledigt, completed, meeting outcome, task status",
            words={
                DONE: "done, completed, complete, erledigt, abgeschlossen, held, stattgefunden, yes, ja, "
                "true, wahr, 1, x, closed",
                OPEN: "open, offen, not started, in progress, waiting, deferred, scheduled, rescheduled, "
                "geplant, no, nein, false, falsch, 0",
                "no_show": "no show, noshow, nicht erschienen",
                "cancelled": "cancelled, canceled, abgesagt, storniert",
            },
            choices=[
                (DONE, _("done, held")),
                (OPEN, pgettext_lazy("activity", "open, agreed")),
                ("no_show", _("no-show")),
                ("cancelled", _("cancelled")),
            ],
        ),
    ]


def when_columns() -> list[Column]:
    """When, how long and where."""
    return [
        Column(
            "at",
            pgettext_lazy("moment", "at"),
            "at, date, datum, activity date, hs timestamp, timestamp, due date, activitydate, start, "
            "start date, start time, beginn, activitydatetime, startdatetime, meeting start time, fällig am, "
            "zeitpunkt, erledigt am, done at, created date, create date, createdate, created at, "
            "hs createdate, zeit",
            ColumnKind.MOMENT,
        ),
        Column(
            "ends_at",
            _("ends at"),
            "ends at, end, ende, end date, end time, enddatetime, meeting end time",
            ColumnKind.MOMENT,
        ),
        Column(
            "duration",
            _("duration in minutes"),
            "duration, dauer, duration minutes, dauer in minuten, "
            "duration in minutes, durationinminutes, call duration, minuten, minutes",
            longest=20,
        ),
        Column(
            "place",
            _("place of the appointment"),
            "location, place, treffpunkt, meeting location, ort des termins, wo",
            longest=200,
        ),
    ]


def whom_columns() -> list[Column]:
    """With whom, about which deal, and by whom."""
    return [
        Column(
            "company_id",
            _("company (id)"),
            "company id, company ids, account id, accountid, "
            "organization id, associated company ids, related to id, account name id",
            longest=200,
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
            "person id, contact id, contactid, whoid, who id, associated contact ids, contact ids, "
            "contact name id",
            longest=200,
        ),
        Column(
            "email", _("E-mail of the person"), "email, e mail, contact email, person email", ColumnKind.EMAIL
        ),
        Column(
            "person",
            _("person"),
            "person, contact person, contact, contact name, ansprechpartner, "
            "kontakt, associated contact, full name, name",
            longest=160,
        ),
        Column(
            "deal_id",
            _("deal (id)"),
            "deal id, deal ids, opportunity id, associated deal ids, whatid, what id",
            longest=200,
        ),
        Column(
            "author",
            _("author"),
            "author, autor, owner, assigned to, zuständig, activity assigned to, assigned to user, "
            "created by, hubspot owner id, ownerid, verfasser, von, user, creator",
            ColumnKind.USER,
        ),
    ]
