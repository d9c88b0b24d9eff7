"""What is known of a person beyond the facts: what they like, and what matters to them when they decide."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.person import Person
from core.audit import audited
from core.keys import sort_key


@audited(leaving_out=["sort_key"])
class PersonInterest(models.Model):
    """An interest or a preference of a person, in a word or two, with its source and date."""

    class Kind(models.TextChoices):
        """What they care for, or how they like things done."""

        INTEREST = "interest", _("Interest")
        PREFERENCE = "preference", _("Preference")

    person = models.ForeignKey(Person, models.CASCADE, related_name="interests", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INTEREST)
    text = models.CharField(_("interest or preference"), max_length=80)
    source = models.CharField(_("source"), max_length=120, blank=True)
    noted_on = models.DateField(_("noted on"))
    sort_key = sort_key("text")

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["kind", "sort_key"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="interest_has_text"),
            models.CheckConstraint(
                condition=Q(kind__in=["interest", "preference"]), name="interest_kind_known"
            ),
            models.UniqueConstraint(fields=["person", "sort_key"], name="interest_once_per_person"),
        ]

    def __str__(self) -> str:
        return self.text


@audited()
class PersonValue(models.Model):
    """Something that matters to a person when they decide, and how much."""

    class Value(models.TextChoices):
        """What offers are argued with."""

        PRICE = "price", pgettext_lazy("what matters", "Price")
        SAFETY = "safety", pgettext_lazy("what matters", "Safety")
        SPEED = "speed", pgettext_lazy("what matters", "Speed")
        SERVICE = "service", pgettext_lazy("what matters", "Service")
        QUALITY = "quality", pgettext_lazy("what matters", "Quality")
        PRESTIGE = "prestige", pgettext_lazy("what matters", "Prestige")
        INNOVATION = "innovation", pgettext_lazy("what matters", "Innovation")
        SUSTAINABILITY = "sustainability", pgettext_lazy("what matters", "Sustainability")
        COMFORT = "comfort", pgettext_lazy("what matters", "Convenience")
        RELATIONSHIP = "relationship", pgettext_lazy("what matters", "Personal contact")

    class Weight(models.IntegerChoices):
        """How much it weighs."""

        SOME = 1, pgettext_lazy("how much it matters", "matters")
        MUCH = 2, pgettext_lazy("how much it matters", "matters much")
        DECISIVE = 3, pgettext_lazy("how much it matters", "decides")

    person = models.ForeignKey(Person, models.CASCADE, related_name="values", db_index=False)
    value = models.CharField(_("what matters"), max_length=14, choices=Value)
    weight = models.PositiveSmallIntegerField(_("how much"), choices=Weight, default=Weight.MUCH)
    source = models.CharField(_("source"), max_length=120, blank=True)
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("value of a person")
        verbose_name_plural = _("values of a person")
        ordering = ["-weight", "value"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    value__in=[
                        "price",
                        "safety",
                        "speed",
                        "service",
                        "quality",
                        "prestige",
                        "innovation",
                        "sustainability",
                        "comfort",
                        "relationship",
                    ]
                ),
                name="value_known",
            ),
            models.CheckConstraint(condition=Q(weight__in=[1, 2, 3]), name="value_weight_known"),
            models.UniqueConstraint(fields=["person", "value"], name="value_once_per_person"),
        ]

    def __str__(self) -> str:
        return str(self.get_value_display())
