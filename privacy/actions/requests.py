"""Requests of people about their data: noted by whoever hears them, answered by admins."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.models import Person
from core import events
from privacy.errors import RequestNoted
from privacy.models import PrivacyRequest

TIME_TO_ANSWER = relativedelta(months=1)


@transaction.atomic
def note_request(
    person: Person, kind: str, *, actor: User | None, received_on: date | None = None, note: str = ""
) -> PrivacyRequest:
    """Note that a person asks for their rights: due within a month (Art. 12 (3) GDPR); once at a time."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.privacy_requests.filter(kind=kind, answered_at=None).exists():
        raise RequestNoted(_("Such a request is noted already."))
    received_on = received_on or timezone.localdate()
    request = PrivacyRequest.objects.create(
        person=person,
        kind=kind,
        received_on=received_on,
        due_on=received_on + TIME_TO_ANSWER,
        note=note,
        noted_by=actor,
    )
    events.record("person.rights_asked_for", person, actor=actor, asked=kind)
    return request


@transaction.atomic
def answer_request(request: PrivacyRequest, *, actor: User) -> PrivacyRequest:
    """Note that it was answered. Twice is a no-op."""
    request = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
    if request.answered_at is None:
        request.answered_at, request.answered_by = timezone.now(), actor
        request.save(update_fields=["answered_at", "answered_by"])
        events.record("person.rights_answered", request.person, actor=actor, asked=request.kind)
    return request
