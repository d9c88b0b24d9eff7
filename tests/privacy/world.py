"""A person of whom every table holds something, every word of it marked."""

import json
from datetime import timedelta

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from activities.models import Activity
from contacts.actions import Consent, record_consent
from contacts.models import Address, Person
from mailbox.models import Filing, IgnoredSender, Mailbox, SentMail, TakenMail
from pipeline.models import DealPerson
from tests.factories import (
    ActivityFactory,
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    FollowUpFactory,
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
