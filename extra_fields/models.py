"""Which fields a company adds to its customers and deals; what they say stands in the row itself."""

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit import audited
from core.languages import in_readers_language

CODE_LENGTH = 30
# A single underscore between words: two of them stand before `from` and `to` in the names of filters.
CODE_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
# Before a code in the names of columns, of imports and exports alike.
KEY_PREFIX = "extra:"
# Before a code in the names of form fields and in addresses.
NAME_PREFIX = "extra_"


class ExtraFieldQuerySet(models.QuerySet["ExtraField"]):
    """The words we use to talk about many fields at once."""

    def of(self, subject: str) -> "ExtraFieldQuerySet":
        """Those of companies, persons, deals or leads, in the order in which they are shown."""
        return self.filter(subject=subject).order_by("position", "pk")

    def in_use(self) -> "ExtraFieldQuerySet":
        """Those that are still asked for."""
        return self.filter(is_archived=False)


@pgtrigger.register(pgtrigger.ReadOnly(name="extra_field_keeps_its_kind", fields=["subject", "code", "kind"]))
@audited()
class ExtraField(models.Model):
    """A field an administrator defined; an archived one is asked for no more, what it said stays shown."""

    class Subject(models.TextChoices):
        """Whose field it is; the words are the names of the models."""

        COMPANY = "company", _("Company")
        PERSON = "person", _("Person")
        DEAL = "deal", _("Deal")
        LEAD = "lead", _("Lead")

    class Kind(models.TextChoices):
        """What can be said in it."""

        TEXT = "text", pgettext_lazy("kind of field", "Text")
        NUMBER = "number", pgettext_lazy("kind of field", "Number")
        DATE = "date", pgettext_lazy("kind of field", "Date")
        CHOICE = "choice", pgettext_lazy("kind of field", "Choice")
        YES_NO = "yes_no", pgettext_lazy("kind of field", "Yes or no")

    subject = models.CharField(pgettext_lazy("of a field", "belongs to"), max_length=7, choices=Subject)
    code = models.CharField(
        _("code"),
        max_length=CODE_LENGTH,
        validators=[
            RegexValidator(CODE_PATTERN, _("Small letters, digits and single underscores, a letter first."))
        ],
        help_text=_("Names the field in addresses, imports and exports; it stays."),
    )
    label_de = models.CharField(_("German label"), max_length=60)
    label_en = models.CharField(_("English label"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(
        _("choices"),
        max_length=5000,
        blank=True,
        help_text=_("One per line; behind a | the same in English. What is kept is the German word."),
    )
    is_required = models.BooleanField(_("required in forms"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_archived = models.BooleanField(_("archived"), default=False)

    objects = ExtraFieldQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra field")
        verbose_name_plural = _("extra fields")
        ordering = ["subject", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "code"],
                name="extra_field_code_once",
                violation_error_message=_("There is a field with this code."),
            ),
            models.CheckConstraint(
                condition=Q(subject__in=["company", "person", "deal", "lead"]),
                name="extra_field_subject_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["text", "number", "date", "choice", "yes_no"]),
                name="extra_field_kind_known",
            ),
            models.CheckConstraint(condition=Q(code__regex=CODE_PATTERN), name="extra_field_code_plain"),
            models.CheckConstraint(
                condition=~Q(kind="choice", choices=""),
                name="extra_field_has_choices",
                violation_error_message=_("Please say what there is to choose from."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What it is called in the language of the reader."""
        return in_readers_language(self.label_de, self.label_en)

    @property
    def key(self) -> str:
        """Its name as a column: `extra:code`."""
        return KEY_PREFIX + self.code

    @property
    def form_name(self) -> str:
        """Its name in forms and addresses: `extra_code`."""
        return NAME_PREFIX + self.code

    @property
    def options(self) -> dict[str, str]:
        """What there is to choose from: the word that is kept, and what the reader is shown for it."""
        lines = (line.partition("|") for line in self.choices.splitlines())
        pairs = [(german.strip(), english.strip()) for german, _bar, english in lines]
        return {german: in_readers_language(german, english) for german, english in pairs if german}
