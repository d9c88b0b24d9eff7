"""Building web forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from core import events
from intake.errors import FormChangedMeanwhile
from intake.models import FormConsent, FormField, LeadForm
from leads.models import Campaign, Source


@dataclass(frozen=True, kw_only=True)
class FieldFacts:
    """One question; `pk` is that of a question that stays."""

    kind: str
    label_de: str = ""
    label_en: str = ""
    is_required: bool = False
    choices: str = ""
    pk: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    """One consent that is asked for."""

    means: str
    wording_de: str
    wording_en: str = ""
    needs_confirmation: bool = False
    pk: int | None = None


@dataclass(frozen=True, kw_only=True)
class FormFacts:
    """What a form is, says and asks."""

    name: str
    title_de: str
    source: Source
    title_en: str = ""
    intro_de: str = ""
    intro_en: str = ""
    thanks_de: str = ""
    thanks_en: str = ""
    thanks_url: str = ""
    privacy_url: str = ""
    campaign: Campaign | None = None
    team: Team | None = None
    owner: User | None = None
    hosts: Sequence[str] = ()
    takes_files: bool = False
    is_active: bool = True
    fields: Sequence[FieldFacts] = ()
    consents: Sequence[ConsentFacts] = ()

    def columns(self) -> dict[str, object]:
        """Those of the form itself."""
        parts = ("fields", "consents")
        return {
            **{name: value for name, value in vars(self).items() if name not in parts},
            "hosts": [*self.hosts],
        }


@transaction.atomic
def add_form(facts: FormFacts, *, actor: User) -> LeadForm:
    """Build a form."""
    form = LeadForm.objects.create(**facts.columns())
    _keep(form, facts)
    events.record("lead_form.added", form, actor=actor)
    return form


@transaction.atomic
def edit_form(form: LeadForm, facts: FormFacts, *, seen_version: int, actor: User) -> LeadForm:
    """Change a form; FormChangedMeanwhile when somebody else saved since `seen_version`.

    What was sent keeps the words it was asked in.
    """
    form = LeadForm.objects.select_for_update().get(pk=form.pk)
    if form.version != seen_version:
        raise FormChangedMeanwhile(
            _("Someone else has changed this form in the meantime. Nothing was saved yet.")
        )
    for name, value in facts.columns().items():
        setattr(form, name, value)
    form.version += 1
    form.save()
    _keep(form, facts)
    events.record("lead_form.edited", form, actor=actor)
    return form


def _keep(form: LeadForm, facts: FormFacts) -> None:
    _keep_rows(FormField, form, facts.fields)
    _keep_rows(FormConsent, form, facts.consents)


def _keep_rows(
    model: type[FormField] | type[FormConsent],
    form: LeadForm,
    rows: Sequence[FieldFacts] | Sequence[ConsentFacts],
) -> None:
    """The questions in this order: those that stay keep their names on other web sites."""
    present: models.QuerySet = model._default_manager.filter(form=form)
    kept: list[FieldFacts | ConsentFacts] = list(rows)
    present.exclude(pk__in=[row.pk for row in kept if row.pk]).delete()
    for position, row in enumerate(kept, start=1):
        said = {name: value for name, value in vars(row).items() if name != "pk"}
        # A key that is none of this form's makes a new row.
        if not (row.pk and present.filter(pk=row.pk).update(**said, position=position)):
            model._default_manager.create(form=form, position=position, **said)
