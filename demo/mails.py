"""The mails of the demo company: a mailbox, what it brought, and the templates of the house."""

from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from random import Random

from accounts.models import User
from contacts.models import Channel
from demo.company import DOMAIN
from mailbox.actions import take_in
from mailbox.models import FetchRun, Mailbox, MailTemplate
from pipeline.models import Deal

ADDRESS = f"vertrieb@{DOMAIN}"
MAILS_OF_CUSTOMERS = 36
QUOTE = (
    "\n\nAm {day:%d.%m.%Y} schrieb {owner} <{address}>:\n"
    "> Guten Tag,\n> anbei wie besprochen unsere Unterlagen."
)
ANSWERS = (
    ("AW: Unterlagen", "Guten Tag,\n\nvielen Dank. Wie lange gilt der Preis?"),
    ("AW: Ihr Besuch", "Guten Tag,\n\nder Dienstag passt, bitte melden Sie sich am Empfang."),
    ("Frage zur Lieferzeit", "Guten Tag,\n\nkönnen Sie noch in diesem Quartal liefern?"),
    (
        "AW: Angebot",
        "Guten Tag,\n\nwir haben ein zweites Angebot vorliegen. Können wir über den Preis sprechen?",
    ),
    ("Pläne der Halle", "Guten Tag,\n\nim Anhang finden Sie die Pläne, um die Sie gebeten hatten."),
)
STRANGERS = (
    (
        "Nora Quandt",
        "n.quandt@quandt-keramik.example",
        "Anfrage Solardach",
        "Wir bauen eine Halle an. Beraten Sie uns?",
    ),
    ("", "einkauf@lorbeer-logistik.example", "Ladepunkte", "Bitte senden Sie uns Ihre Preisliste."),
    ("Henrik Aasgaard", "h.aasgaard@fjordbau.example", "Wärmepumpe Neubau", "Wer ist unser Ansprechpartner?"),
)
MACHINES = (
    ("Newsletter", "news@energie-aktuell.example", "Die Woche in Zahlen", {"List-Id": "<woche.example>"}),
    ("", "noreply@terminportal.example", "Ihre Registrierung", {"Auto-Submitted": "auto-generated"}),
)
TEMPLATES = (
    ("Nach dem ersten Gespräch", "Unser Gespräch: {Verkaufschance}",
     "{Anrede},\n\nvielen Dank für das Gespräch. Wie besprochen sende ich Ihnen "
     "Unterlagen zu {Verkaufschance}.\n\n"
     "Welche Fragen darf ich bis zu unserem Termin für Sie klären?"),
    ("Termin bestätigen", "Unser Termin bei Ihnen",
     "{Anrede},\n\nhiermit bestätige ich unseren Termin bei {Firma}. Ich freue mich auf das Gespräch."),
    ("Angebot nachfassen", "Ihr Angebot zu {Verkaufschance}",
     "{Anrede},\n\nSie haben unser Angebot zu {Verkaufschance} erhalten. "
     "Was ist Ihnen bei der Entscheidung wichtig?"),
)  # fmt: skip


def write_mails(keeper: User, end: datetime, rng: Random) -> None:
    """The templates, and the mails of the last four weeks, taken in as real ones are."""
    for name, subject, text in TEMPLATES:
        MailTemplate.objects.create(name=name, subject=subject, text=text)
    mailbox = Mailbox.objects.create(
        name="Vertrieb",
        address=ADDRESS,
        host=f"imap.{DOMAIN}",
        username="vertrieb",
        secret="VERTRIEB",  # noqa: S106 - the name of a variable
        keeper=keeper,
        # There is no such server: the mails below are all it ever brought.
        is_active=False,
    )
    counts = Counter(take_in(raw, mailbox) for raw in [*_of_customers(end, rng), *_of_strangers(end)])
    FetchRun.objects.create(
        mailbox=mailbox,
        seen=counts.total(),
        **{state: counts[state] for state in ("filed", "queued", "rejected", "known")},
    )


def _of_customers(end: datetime, rng: Random) -> list[bytes]:
    """Answers of people whose deals are open."""
    writing = Channel.objects.filter(kind=Channel.Kind.EMAIL, person__deals__in=Deal.objects.open())
    channels = list(writing.select_related("person__owner").distinct().order_by("pk"))
    mails = []
    for channel in rng.sample(channels, min(MAILS_OF_CUSTOMERS, len(channels))):
        subject, text = rng.choice(ANSWERS)
        at = end - timedelta(days=rng.randint(0, 27), minutes=rng.randint(0, 500))
        owner = channel.person.owner if channel.person else None
        quote = QUOTE.format(day=at - timedelta(days=2), owner=owner or "Vertrieb", address=ADDRESS)
        text = f"{text}\n\nMit freundlichen Grüßen\n{channel.person}{quote}"
        mails.append(_raw(str(channel.person), channel.value, subject, text, at))
    return mails


def _of_strangers(end: datetime) -> list[bytes]:
    """Who is not known yet, and what machines write."""
    people = [
        _raw(name, address, subject, text, end - timedelta(hours=5 * number))
        for number, (name, address, subject, text) in enumerate(STRANGERS)
    ]
    machines = [
        _raw(name, address, subject, "Automatisch erstellt.", end - timedelta(days=number + 1), headers)
        for number, (name, address, subject, headers) in enumerate(MACHINES)
    ]
    return people + machines


def _raw(
    name: str, address: str, subject: str, text: str, at: datetime, headers: dict[str, str] | None = None
) -> bytes:
    message = EmailMessage()
    message["From"] = f'"{name}" <{address}>' if name else address
    message["To"] = ADDRESS
    message["Subject"], message["Date"] = subject, format_datetime(at)
    message["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{address}>"
    for header, value in (headers or {}).items():
        message[header] = value
    message.set_content(text)
    return message.as_bytes()
