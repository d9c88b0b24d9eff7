"""Which products go together: counted over all purchases in the background, for pages to look up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AffinityQuerySet(models.QuerySet["Affinity"]):
    """The words we use to talk about many affinities at once."""

    def together(self) -> "AffinityQuerySet":
        """Those of one basket."""
        return self.filter(kind=Affinity.Kind.TOGETHER)

    def moved_up(self) -> "AffinityQuerySet":
        """Those of customers who went on to something better."""
        return self.filter(kind=Affinity.Kind.MOVED_UP)


class Affinity(models.Model):
    """Of `base` baskets with `has` (or customers who bought it), `count` hold `other` too (bought it later).

    `other_base` and `baskets` say how common the other one is anyway; of moves they are not needed.
    """

    class Kind(models.TextChoices):
        """What was counted."""

        TOGETHER = "together", _("bought together")
        MOVED_UP = "moved_up", _("bought the higher priced one of the group later")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    has = models.ForeignKey("catalog.Product", models.CASCADE, related_name="+", verbose_name=_("product"))
    other = models.ForeignKey(
        "catalog.Product", models.CASCADE, related_name="+", verbose_name=_("other product")
    )
    count = models.PositiveIntegerField(_("both"))
    base = models.PositiveIntegerField(_("with the product"))
    other_base = models.PositiveIntegerField(_("with the other product"), default=0)
    baskets = models.PositiveIntegerField(_("baskets in all"), default=0)
    confidence = models.FloatField(_("share"))
    lift = models.FloatField(_("lift"), null=True)
    counted_at = models.DateTimeField(_("counted at"))

    objects = AffinityQuerySet.as_manager()

    class Meta:
        verbose_name = _("affinity of products")
        verbose_name_plural = _("affinities of products")
        constraints = [
            models.UniqueConstraint(fields=["kind", "has", "other"], name="affinity_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["together", "moved_up"]), name="affinity_kind_known"
            ),
            models.CheckConstraint(condition=Q(count__gt=0, base__gte=F("count")), name="affinity_is_a_part"),
        ]
        indexes = [models.Index(fields=["kind", "-lift", "-count"], name="affinity_strongest")]

    @property
    def confidence_back(self) -> float:
        """The share of the baskets with the other one that hold the first."""
        return self.count / self.other_base if self.other_base else 0

    def __str__(self) -> str:
        return f"{self.has_id} → {self.other_id}: {self.count}/{self.base}"
