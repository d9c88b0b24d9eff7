"""Postal codes with their places."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.keys import sort_key


class PostalCode(models.Model):
    """A place that a postal code belongs to, as `manage.py load_postal_codes` read it; a code has several."""

    country = models.CharField(_("country"), max_length=2)
    code = models.CharField(_("postal code"), max_length=12)
    place = models.CharField(_("place"), max_length=180)
    region = models.CharField(_("region"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    sort_key = sort_key("place")

    class Meta:
        verbose_name = _("postal code")
        verbose_name_plural = _("postal codes")
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(place=""), name="postal_code_of_a_place"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="postal_code_on_earth",
            ),
            models.UniqueConstraint(fields=["country", "code", "place"], name="postal_code_once"),
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="postal_code_position"),
            models.Index(fields=["sort_key", "country"], name="postal_code_place"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"
