"""Views of the board and of lists: filters kept under a name, and the one a user starts with."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.rights import led_team_ids
from core.keys import sort_key

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

# Longer than any query that somebody reads; a page full of extra fields could ask for more.
QUERY_LENGTH = 6000


class ViewPage(models.TextChoices):
    """The pages one can keep views of."""

    BOARD = "board", _("Funnel")
    LIST = "list", _("Deals")
    COMPANIES = "companies", _("Companies")
    PERSONS = "persons", _("People")
    LEADS = "leads", _("Leads")
    ORDERS = "orders", _("Orders")
    EXPLORER = "explorer", _("Explore")

    @property
    def url(self) -> str:
        """The page without a filter."""
        return reverse(ROUTES[self.value])


ROUTES = {
    "board": "pipeline:deal_board",
    "list": "pipeline:deal_list",
    "companies": "contacts:company_list",
    "persons": "contacts:person_list",
    "leads": "leads:lead_list",
    "orders": "offers:order_list",
    "explorer": "explorer:explorer",
}


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """The words we use to talk about many views at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own and those shared with the home team or a team one leads; being an admin adds none."""
        return self.filter(Q(owner=user) | Q(shared_with__in=_shown_teams(user)))

    def owned_by(self, user: "User") -> "Self":
        """Those a user may rename, overwrite and share."""
        return self.filter(owner=user)

    def editable_by(self, user: "User") -> "Self":
        """Those a user may withdraw: the owner, managers of the team they are shared with, admins."""
        return self.all() if user.is_admin else self.filter(_withdrawable(user))

    def for_bar(self, user: "User") -> "Self":
        """Everything the bar above a page shows, one's own first, with the user's rights to each."""
        may_withdraw = Value(True) if user.is_admin else _as_answer(_withdrawable(user))
        return (
            self.visible_to(user)
            .select_related("owner", "shared_with")
            .annotate(
                is_own=_as_answer(Q(owner=user)),
                is_editable=may_withdraw,
                is_start=Exists(StartView.objects.filter(user=user, view=OuterRef("pk"))),
            )
            .order_by("-is_own", "name_key", "pk")
        )


class SavedView(models.Model):
    """A filter of the board or of a list with its order and columns, under a name.

    `query` is what `lists.saved_views` understood of an address, never the address itself. `me` in it is
    whoever looks.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("saved by")
    )
    page = models.CharField(_("page"), max_length=9, choices=ViewPage)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filter"), max_length=QUERY_LENGTH)
    # Without its team a view is its owner's alone again.
    shared_with = models.ForeignKey(
        "accounts.Team",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shared_views",
        verbose_name=_("shared with"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    name_key = sort_key("name")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.CheckConstraint(condition=Q(page__in=ViewPage.values), name="saved_view_page_known"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_named"),
            models.UniqueConstraint(fields=["owner", "page", "name_key"], name="saved_view_name_once"),
        ]
        indexes = [models.Index(fields=["shared_with", "page", "name_key"], name="saved_view_shared")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The page under this filter."""
        return f"{ViewPage(self.page).url}?{self.query}"


class StartView(models.Model):
    """What a user starts with instead of the board: a view, or without one what is due today."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("user"),
    )
    view = models.ForeignKey(
        SavedView,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="starts",
        verbose_name=_("saved view"),
    )

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")

    def __str__(self) -> str:
        return f"{self.user}: {self.view or _('Today')}"


def _shown_teams(user: "User") -> list[int]:
    """The teams whose views a user sees; sharing the lack of a team makes nobody colleagues."""
    home = [] if user.team.is_unassigned else [user.team_id]
    return [*home, *led_team_ids(user)]


def _withdrawable(user: "User") -> Q:
    return Q(owner=user) | Q(shared_with__in=led_team_ids(user))


def _as_answer(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
