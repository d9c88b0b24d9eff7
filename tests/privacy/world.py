"""A person of whom every table holds something, every word of it marked."""

import json
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.utils import timezone

from activities.models import Activity, Attachment
from contacts.actions import Consent, record_consent
from contacts.models import Address, Person
from core.models import Job
from imports.models import Import, ImportDoubt, ImportFile, ImportReject, ImportRow
from leads.models import Touch
from lists.models import ExportLog, SavedView
from mailbox.models import Filing, IgnoredSender, Mailbox, SentMail, TakenMail
from pipeline.models import DealPerson
from tests.factories import (
    ActivityFactory,
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    FollowUpFactory,
    LeadFactory,
    PersonFactory,
    UserFactory,
)

TEXTS = (models.CharField, models.TextField, models.JSONField)
# Whose words are ours: users, settings, and what Django and the tools keep.
OTHERS = {"accounts", "auth", "sessions", "contenttypes", "axes", "admin", "pghistory"}


def known_person(mark: str, *, number: str = "+493012345678", company: object = None) -> Person:
    """A person whose every text holds `mark`, with changes in the past and rows that are gone."""
    owner = UserFactory()
    person = PersonFactory(first_name=f"Vor{mark}", last_name=f"Nach{mark}", note=f"Notiz {mark}")
    person.note, person.title, person.external_id = f"Notiz neu {mark}", f"Dr. {mark}", f"X-{mark}"
    person.birthday, person.extra = timezone.localdate() - timedelta(days=9999), {"hobby": f"Segeln {mark}"}
    person.save()
    ChannelFactory(company=None, person=person, value=number, label=f"privat {mark}")
    ChannelFactory(company=None, person=person, kind="email", value=f"{mark}@kunde.example".lower())
    old = f"alt.{mark}@kunde.example".lower()
    ChannelFactory(company=None, person=person, kind="email", value=old).delete()
    Address.objects.create(person=person, street=f"Straße {mark} 1", postal_code="10115", city="Berlin")
    employer = company or CompanyFactory(name="Weltfirma GmbH")
    EmploymentFactory(person=person, company=employer, position=f"Einkauf {mark}")
    said = {"wording": f"Ja, {mark}", "way": "paper", "source": f"Messe {mark}", "at": timezone.now()}
    record_consent(person, Consent("email", **said), actor=owner)
    ActivityFactory(author=owner, company=None, person=person, text=f"Gespräch {mark}")
    ActivityFactory(
        author=owner,
        company=employer,
        person=person,
        kind=Activity.Kind.CALL,
        result="no_need",
        direction="out",
        text=f"Anruf {mark}",
    )
    FollowUpFactory(owner=owner, company=None, person=person, text=f"Anrufen {mark}")
    DealFactory(owner=owner, company=None, person=person, title=f"Wintergarten {mark}", note=f"Wunsch {mark}")
    write_mails(person, mark)
    shared = DealFactory(owner=owner, company=employer, title="Wartung")
    DealPerson.objects.create(deal=shared, person=person, role="influencer")
    return person


def leave_traces(person: Person, mark: str) -> None:
    """What nothing ties to the person: files brought in, texts about others, filters, an inquiry."""
    author, name = UserFactory(), f"{person.first_name} {person.last_name}"
    run = Import.objects.create(actor=author, title="Messe", as_of=timezone.now())
    cells = [person.first_name, person.last_name, f"Messe {mark}"]
    content = ContentFile(";".join(cells).encode(), name="messe.csv")
    preview = {"headers": ["Name"], "first": [cells], "columns": [{"examples": cells[:1], "words": None}]}
    file = ImportFile.objects.create(
        run=run, name="messe.csv", file=content, preview=preview, table="persons"
    )
    before = {"note": f"vor dem Import {mark}"}
    told = {"model": "contacts.person", "row": person.pk, "is_new": False, "before": before, "mark": 1}
    ImportRow.objects.create(run=run, file=file, line=2, **told)
    ImportReject.objects.create(file=file, line=3, cells=cells, reason=f"Unklar: {mark}")
    ImportDoubt.objects.create(file=file, line=4, label=name, twin=person.pk, twin_label=name)
    ExportLog.objects.create(by=author, page="persons", file_format="csv", asked=f"Suche: {name}", rows=1)
    SavedView.objects.create(owner=author, page="persons", name=name[:60], query=f"q={name}")
    kind = ContentType.objects.get_for_model(Person)
    LogEntry.objects.log_actions(author.pk, [person], 2, f"Notiz von {name}", single_object=True)
    assert LogEntry.objects.filter(content_type=kind).exists()
    other = CompanyFactory(note=f"Früher war {name} hier.")
    other.note = "Niemand."
    other.save()
    PersonFactory(note=f"Verheiratet mit {name}")
    Job.objects.create(kind="import.run", message=f"Zeile von {name}", params={})
    lead = LeadFactory(
        email=f"{mark}@kunde.example".lower(), last_name=person.last_name, note=f"Wunsch {mark}"
    )
    Touch.objects.create(
        lead=lead,
        at=timezone.now(),
        channel="web_form",
        content=f"Bitte melden, {mark}",
        details={"name": name},
    )
    activity = person.activities.filter(company=None).first()
    photo = ContentFile(f"Bild {mark}".encode(), name=f"{mark}.jpg")
    Person.objects.filter(pk=person.pk).update(photo=default_storage.save(f"person_photos/{mark}.jpg", photo))
    Attachment.objects.create(
        activity=activity,
        name=f"Vertrag {mark}.txt",
        content_type="text/plain",
        size=9,
        file=ContentFile(f"Vertrag mit {mark}".encode(), name="vertrag.txt"),
        uploaded_by=author,
    )


def files_with(mark: str) -> set[str]:
    """The stored files whose name or content holds the mark."""
    return {
        path.name
        for path in Path(settings.MEDIA_ROOT).rglob("*")
        if path.is_file() and (mark in path.name or mark.encode() in path.read_bytes())
    }


def write_mails(person: Person, mark: str) -> None:
    """A mail that was filed, one that nobody has filed yet, one that was sent, and an ignored address."""
    address, author = f"{mark}@kunde.example".lower(), UserFactory()
    server = {"address": "info@trichter.example", "host": "h", "username": "u", "keeper": author}
    inbox, _made = Mailbox.objects.get_or_create(name="Eingang", defaults=server)
    said = {"mailbox": inbox, "from_address": address, "from_name": f"Vor{mark}", "at": timezone.now()}
    words = {"subject": f"Frage {mark}", "text": f"Guten Tag {mark}", "others": [address]}
    filed = TakenMail.objects.create(message_id=f"<1-{person.pk}@x>", state="filed", **said, **words)
    queued = {"state": "queued", "reason": "unknown"}
    TakenMail.objects.create(message_id=f"<2-{person.pk}@x>", **queued, **said, **words)
    theirs = {"author": author, "company": None, "person": person}
    Filing.objects.create(mail=filed, activity=ActivityFactory(text=f"Mail {mark}", **theirs))
    SentMail.objects.create(
        activity=ActivityFactory(text=f"Antwort {mark}", **theirs),
        to_address=address,
        message_id=f"<3-{person.pk}@x>",
        text=f"Sehr geehrte {mark}",
        due_at=timezone.now(),
    )
    IgnoredSender.objects.create(address=address, by=author)


def places_of(mark: str) -> set[str]:
    """Every column of every table in which a text holds the mark: the whole database is searched."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('character varying', 'text', 'jsonb', 'json', 'ARRAY')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1', [f"%{mark}%"])
            if cursor.fetchone():
                found.add(f"{table}.{column}")
    return found


def columns_of_persons() -> set[str]:
    """Every column of words in a table that points at a person, as the models declare it."""
    return {
        f"{model._meta.db_table}.{column.column}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in OTHERS
        and (model is Person or any(column.related_model is Person for column in model._meta.concrete_fields))
        for column in model._meta.concrete_fields
        if isinstance(column, TEXTS) and not column.choices and not column.generated
    }


def everything(text: str) -> str:
    """A report as one text, escapes undone."""
    return json.dumps(json.loads(text), ensure_ascii=False)
