"""Web forms: what they ask, what they promise, where they may stand, and whom their leads go to."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team, User
from contacts.models import Means
from core.audit import audited
from core.languages import in_readers_language
from leads.models import Campaign, Source

if TYPE_CHECKING:
    from typing import Self

ADDRESS_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_address() -> str:
    """The last part of a form's public address; it need not be secret, only its own."""
    return get_random_string(10, ADDRESS_SIGNS)


class LeadFormQuerySet(models.QuerySet["LeadForm"]):
    """The words we use to talk about many forms."""

    def visible_to(self, user: "User") -> "Self":
        """All of them: whoever sells may know what customers are asked."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Managers and admins build them."""
        return self.all() if user.is_manager or user.is_admin else self.none()

    def open(self) -> "Self":
        """Those that take submissions."""
        return self.filter(is_active=True)


@audited()
class LeadForm(models.Model):
    """A form for inquiries: on a page of ours, in a frame on another site, or as plain HTML there."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.CharField(max_length=20, unique=True, default=new_address, editable=False)
    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120, blank=True)
    intro_de = models.TextField(_("introduction (German)"), max_length=1000, blank=True)
    intro_en = models.TextField(_("introduction (English)"), max_length=1000, blank=True)
    thanks_de = models.TextField(_("words of thanks (German)"), max_length=1000, blank=True)
    thanks_en = models.TextField(_("words of thanks (English)"), max_length=1000, blank=True)
    thanks_url = models.URLField(
        _("page of thanks"),
        blank=True,
        help_text=_("Where visitors go afterwards; without one they see our page of thanks."),
    )
    privacy_url = models.URLField(
        _("privacy notice"), blank=True, help_text=_("Linked below the form (Art. 13 GDPR).")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="forms", verbose_name=_("source"))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="forms", verbose_name=_("campaign")
    )
    # At most one of the two; with neither the rules of assignment decide.
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    hosts = ArrayField(
        models.CharField(max_length=100), default=list, blank=True, verbose_name=_("allowed web sites")
    )
    takes_files = models.BooleanField(_("files may be sent along"), default=False)
    is_active = models.BooleanField(_("takes submissions"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LeadFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("web form")
        verbose_name_plural = _("web forms")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None) | Q(owner=None),
                name="lead_form_team_or_owner",
                violation_error_message=_("Please choose a team or a person, not both."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """In the language of whoever looks."""
        return in_readers_language(self.title_de, self.title_en)

    @property
    def intro(self) -> str:
        """In the language of whoever looks."""
        return in_readers_language(self.intro_de, self.intro_en)

    @property
    def thanks(self) -> str:
        """In the language of whoever looks."""
        return in_readers_language(self.thanks_de, self.thanks_en)


class FormField(models.Model):
    """One question of a form: a fact we know by name, or a question of the form's own."""

    class Kind(models.TextChoices):
        """What is asked for."""

        COMPANY = "company", _("Company")
        FIRST_NAME = "first_name", _("First name")
        LAST_NAME = "last_name", _("Last name")
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        POSTAL_CODE = "postal_code", _("Postal code")
        CITY = "city", _("Place")
        MESSAGE = "message", pgettext_lazy("field of a form", "Message")
        TEXT = "text", _("own question: a line of text")
        CHOICE = "choice", _("own question: one of several answers")

    OWN = (Kind.TEXT, Kind.CHOICE)

    form = models.ForeignKey(LeadForm, models.CASCADE, related_name="fields")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a row", "order"), default=0)
    kind = models.CharField(_("asks for"), max_length=12, choices=Kind)
    label_de = models.CharField(_("label (German)"), max_length=120, blank=True)
    label_en = models.CharField(_("label (English)"), max_length=120, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    choices = models.CharField(
        _("answers"), max_length=500, blank=True, help_text=_("Separated by semicolons.")
    )

    class Meta:
        verbose_name = _("field of a form")
        verbose_name_plural = _("fields of forms")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "company",
                        "first_name",
                        "last_name",
                        "email",
                        "phone",
                        "postal_code",
                        "city",
                        "message",
                        "text",
                        "choice",
                    ]
                ),
                name="form_field_kind_known",
            ),
            models.UniqueConstraint(
                fields=["form", "kind"],
                condition=~Q(kind__in=["text", "choice"]),
                name="form_field_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["text", "choice"]) | ~Q(label_de=""), name="form_field_own_has_label"
            ),
            models.CheckConstraint(
                condition=Q(kind="choice") & ~Q(choices="") | ~Q(kind="choice") & Q(choices=""),
                name="form_field_choices_iff_choice",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def input_name(self) -> str:
        """How the field is called in HTML, on our page and on any other."""
        return f"q{self.pk}" if self.kind in self.OWN else self.kind

    @property
    def label(self) -> str:
        """What is asked, in the language of whoever looks."""
        return in_readers_language(self.label_de, self.label_en) or self.get_kind_display()

    @property
    def answers(self) -> list[str]:
        """What may be chosen."""
        return [answer.strip() for answer in self.choices.split(";") if answer.strip()]


class FormConsent(models.Model):
    """A box nobody has to tick: how the sender may be reached, in words that are kept as evidence."""

    form = models.ForeignKey(LeadForm, models.CASCADE, related_name="consents")
    position = models.PositiveSmallIntegerField(pgettext_lazy("in a row", "order"), default=0)
    means = models.CharField(
        _("for"),
        max_length=6,
        choices=[(Means.EMAIL.value, Means.EMAIL.label), (Means.PHONE.value, Means.PHONE.label)],
    )
    wording_de = models.TextField(_("wording (German)"), max_length=1000)
    wording_en = models.TextField(_("wording (English)"), max_length=1000, blank=True)
    # A mail proves who owns the address, not whose telephone it is (BGH I ZR 164/09).
    needs_confirmation = models.BooleanField(_("confirmed by mail (double opt-in)"), default=True)

    class Meta:
        verbose_name = _("consent asked for")
        verbose_name_plural = _("consents asked for")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(means__in=["email", "phone"]), name="form_consent_means_known"
            ),
            models.CheckConstraint(
                condition=Q(means="email") | Q(needs_confirmation=False),
                name="form_consent_mail_confirms_mail",
            ),
            models.UniqueConstraint(fields=["form", "means"], name="form_consent_once"),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def input_name(self) -> str:
        """How the box is called in HTML."""
        return f"consent_{self.means}"

    @property
    def wording(self) -> str:
        """In the language of whoever looks."""
        return in_readers_language(self.wording_de, self.wording_en)
