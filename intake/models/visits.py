"""Visits of a company's own web sites: which sites tell of them, whose they are, and what was looked at."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Person
from core.audit import audited
from intake.models.lead_form import new_address
from leads.models import Lead, Source

if TYPE_CHECKING:
    from typing import Self

LEAST_DAYS, MOST_DAYS = 1, 365


@audited()
class WebSite(models.Model):
    """A web site of the house that tells of visits, once an admin has switched it on.

    `hosts` may send; what nobody was recognised by is kept for `keep_days`.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.CharField(max_length=20, unique=True, default=new_address, editable=False)
    hosts = ArrayField(
        models.CharField(max_length=100), default=list, blank=True, verbose_name=_("allowed web sites")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="web_sites", verbose_name=_("source"))
    keep_days = models.PositiveSmallIntegerField(
        _("visits are kept for (days)"),
        default=90,
        validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)],
        help_text=_("Counted from the last visit of somebody who has not made themselves known."),
    )
    is_active = models.BooleanField(
        _("takes visits"),
        default=False,
        help_text=_(
            "Only with a consent that names this purpose (§ 25 TDDDG); ask your data protection officer."
        ),
    )

    class Meta:
        verbose_name = _("web site that tells of visits")
        verbose_name_plural = _("web sites that tell of visits")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_days__range=(LEAST_DAYS, MOST_DAYS)), name="web_site_keeps_for_a_while"
            )
        ]

    def __str__(self) -> str:
        return self.name


class VisitorQuerySet(models.QuerySet["Visitor"]):
    """The words we use to talk about many visitors at once."""

    def known(self) -> "Self":
        """Those that made themselves known."""
        return self.filter(Q(lead__isnull=False) | Q(person__isnull=False))


class Visitor(models.Model):
    """Somebody who consented, under the random id their browser made; a lead or person once they said who."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(WebSite, models.CASCADE, related_name="visitors", verbose_name=_("web site"))
    lead = models.ForeignKey(
        Lead, models.CASCADE, null=True, blank=True, related_name="visitors", verbose_name=_("lead")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="visitors", verbose_name=_("person")
    )
    first_at = models.DateTimeField(_("first seen at"), default=timezone.now)
    last_at = models.DateTimeField(_("last seen at"), default=timezone.now)

    objects = VisitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("visitor of a web site")
        verbose_name_plural = _("visitors of web sites")
        indexes = [models.Index(fields=["site", "last_at"], name="visitor_last_seen")]

    def __str__(self) -> str:
        return str(self.id)


class PageView(models.Model):
    """A page somebody looked at; it goes once it is told by a touch, or was kept long enough."""

    visitor = models.ForeignKey(
        Visitor, models.CASCADE, related_name="views", verbose_name=_("visitor of a web site")
    )
    at = models.DateTimeField(_("happened at"), default=timezone.now)
    page = models.CharField(_("page"), max_length=300)
    title = models.CharField(_("title of the page"), max_length=200, blank=True)
    # The host of the site that led here; never its path.
    referrer = models.CharField(_("came from"), max_length=100, blank=True)
    # utm_source, utm_medium, utm_campaign, utm_term, utm_content, as far as the address had them.
    utm = models.JSONField(_("campaign parameters"), default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = _("page view")
        verbose_name_plural = _("page views")
        indexes = [models.Index(fields=["visitor", "at"], name="page_view_in_order")]

    def __str__(self) -> str:
        return self.page
