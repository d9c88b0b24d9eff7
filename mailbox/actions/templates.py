"""Templates of the house and the users' signatures."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import events
from core.errors import StaleError
from mailbox.models import MailTemplate, Signature


@dataclass(frozen=True)
class TemplateFacts:
    """What a template says."""

    name: str
    language: str
    subject: str
    text: str


@transaction.atomic
def add_template(facts: TemplateFacts, *, actor: User) -> MailTemplate:
    """Enter a template."""
    template = MailTemplate.objects.create(**vars(facts))
    events.record("mail_template.added", template, actor=actor)
    return template


@transaction.atomic
def edit_template(
    template: MailTemplate, facts: TemplateFacts, *, seen_version: int, actor: User
) -> MailTemplate:
    """Change a template; StaleError when somebody else saved since `seen_version`."""
    template = MailTemplate.objects.select_for_update().get(pk=template.pk)
    if template.version != seen_version:
        raise StaleError(_("Someone else has changed this template in the meantime. Nothing was saved yet."))
    for name, value in vars(facts).items():
        setattr(template, name, value)
    template.version += 1
    template.save()
    events.record("mail_template.edited", template, actor=actor)
    return template


@transaction.atomic
def archive_template(template: MailTemplate, *, actor: User) -> MailTemplate:
    """Offer it no longer. Twice is a no-op."""
    template = MailTemplate.objects.select_for_update().get(pk=template.pk)
    if template.archived_at is None:
        template.archived_at = timezone.now()
        template.save(update_fields=["archived_at"])
        events.record("mail_template.archived", template, actor=actor)
    return template


@transaction.atomic
def keep_signature(user: User, text: str) -> Signature:
    """What stands below this user's mails from now on."""
    signature, _is_new = Signature.objects.update_or_create(user=user, defaults={"text": text})
    return signature
