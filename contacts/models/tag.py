"""Words that companies and persons are sorted by."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.person import Person
from core.audit import audited
from core.keys import folded, sort_key

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class TagQuerySet(models.QuerySet["Tag"]):
    """Tags are everybody's."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def starting(self, text: str) -> "Self":
        """Those that begin with this text, case and accents folded."""
        return self.filter(sort_key__startswith=folded(text))


class Tag(models.Model):
    """A word; the same word in another case or with other accents is the same tag."""

    name = models.CharField(_("name"), max_length=40)
    sort_key = sort_key("name")

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_name"),
            models.UniqueConstraint(fields=["sort_key"], name="tag_once"),
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class Tagging(models.Model):
    """A tag on a company or a person."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="taggings", db_index=False
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="taggings", db_index=False
    )

    class Meta:
        verbose_name = _("tagging")
        verbose_name_plural = _("taggings")
        ordering = ["tag__sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, person__isnull=False) | Q(company__isnull=False, person=None),
                name="tagging_of_company_or_person",
            ),
            models.UniqueConstraint(fields=["company", "tag"], name="tagging_once_per_company"),
            models.UniqueConstraint(fields=["person", "tag"], name="tagging_once_per_person"),
        ]

    def __str__(self) -> str:
        return str(self.tag)
