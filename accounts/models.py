"""People who work with the CRM: users, their teams, and who stands in for whom."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import audited
from core.lands import LANDS

if TYPE_CHECKING:
    from typing import Self


class TeamQuerySet(models.QuerySet["Team"]):
    """The words we use to talk about many teams at once."""

    def led_by(self, user: "User") -> "Self":
        """The teams a manager leads; every team for an admin, none for a rep."""
        if user.is_admin:
            return self.all()
        return self.filter(managers=user) if user.is_manager else self.none()

    def to_share_with(self, user: "User") -> "Self":
        """The teams a user may show something of their own: the home team and those they lead."""
        led = Q(managers=user) if user.is_manager else Q()
        return self.filter(Q(pk=user.team_id) | led, is_unassigned=False).distinct()

    def unassigned(self) -> "Team":
        """The seeded team of those who belong to none; membership in it gives no rights."""
        return self.get(is_unassigned=True)


@audited()
class Team(models.Model):
    """A sales team with one or more managers."""

    name = models.CharField(_("name"), max_length=80)
    managers = models.ManyToManyField(
        "accounts.User", related_name="led_teams", blank=True, verbose_name=_("managers")
    )
    is_unassigned = models.BooleanField(_("home of those without a team"), default=False, editable=False)
    land = models.CharField(
        _("public holidays of"),
        max_length=5,
        choices=LANDS,
        blank=True,
        default="",
        db_default="",
        help_text=_("Working days of the team are counted without them; empty: as the site says."),
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="team_name_once",
                violation_error_message=_("There is a team of this name."),
            ),
            models.UniqueConstraint(
                fields=["is_unassigned"], condition=Q(is_unassigned=True), name="team_one_unassigned"
            ),
            models.CheckConstraint(condition=Q(land__in=["", *LANDS]), name="team_land_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a user is in the sales organisation."""

    REP = "rep", _("Sales representative")
    MANAGER = "manager", _("Sales manager")
    ADMIN = "admin", _("Administrator")


class Theme(models.TextChoices):
    """Light, dark, or as the device says."""

    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class UserManager(BaseUserManager["User"]):
    """Creates users; the address is the name to log in with."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A user of a team; without one, of the team of those without a team."""
        fields.setdefault("team", None)
        if fields["team"] is None:
            fields["team"] = Team.objects.unassigned()
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """An admin, for `manage.py createsuperuser`."""
        return self.create_user(email, password, **{**fields, "role": Role.ADMIN})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses are compared without regard to case."""
        return self.get(email=(username or "").strip().lower())


class UserQuerySet(models.QuerySet["User"]):
    """The words we use to talk about many users at once."""

    def active(self) -> "Self":
        """Those who can log in."""
        return self.filter(is_active=True)

    def by_name(self) -> "Self":
        """In the order of a telephone book."""
        return self.order_by("last_name", "first_name", "pk")


@audited(leaving_out=["password", "last_login", "session_version"])
class User(AbstractBaseUser):
    """Someone who logs in with an e-mail address; reps sell, managers lead teams, admins configure."""

    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is a user with this e-mail address.")},
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.REP)
    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name=_("team"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
    )
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme, default=Theme.AUTO)
    land = models.CharField(
        _("public holidays of"),
        max_length=5,
        choices=LANDS,
        blank=True,
        default="",
        db_default="",
        help_text=_("Next steps and working days are planned without them; empty: as the team."),
    )
    weekly_mail = models.BooleanField(
        _("Mail on Monday morning: what changed in the week before"),
        default=False,
        db_default=False,
        help_text=_("Sent at 6:30. Managers are told of their teams, everyone else of their own deals."),
    )
    reminder_mail = models.BooleanField(
        _("Mail for each reminder of a follow-up"),
        default=False,
        db_default=False,
        help_text=_("Reminders stand in “Today” in any case."),
    )
    is_active = models.BooleanField(_("can log in"), default=True)
    session_version = models.PositiveIntegerField(default=1, editable=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="user_theme_known"),
            models.CheckConstraint(condition=Q(land__in=["", *LANDS]), name="user_land_known"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        """Addresses are kept in lower case, so that they can be unique."""
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """How the admin greets."""
        return self.first_name

    @property
    def initials(self) -> str:
        """Two letters for where the name has no room."""
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def works_in(self) -> str:
        """The land whose public holidays are free: one's own, else the team's; empty: the site's."""
        return self.land or self.team.land

    @property
    def is_admin(self) -> bool:
        """May everything, and configures the system."""
        return self.role == Role.ADMIN

    @property
    def is_manager(self) -> bool:
        """Leads teams."""
        return self.role == Role.MANAGER

    @property
    def is_staff(self) -> bool:
        """Django's word for: may enter the admin."""
        return self.is_admin

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Rights in the Django admin come with the role; elsewhere querysets decide."""
        return self.is_active and self.is_admin

    def has_module_perms(self, app_label: str) -> bool:
        """See has_perm."""
        return self.is_active and self.is_admin

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # A new session_version ends every session, as a new password does.
        own = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # not in the stubs
        return f"{own}{self.session_version}"


class CoverQuerySet(models.QuerySet["Cover"]):
    """The words we use to talk about many stand-ins at once."""

    def running(self, on: date | None = None) -> "Self":
        """Those in force on a day (Berlin), today when none is named."""
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def not_over(self) -> "Self":
        """Running or planned."""
        return self.filter(ends_on__gte=timezone.localdate())

    def of(self, user: User) -> "Self":
        """Those a user is absent in, or stands in for someone."""
        return self.filter(Q(owner=user) | Q(stand_in=user))


@audited()
class Cover(models.Model):
    """A colleague standing in for a rep from one day to another, both included.

    The stand-in may edit what the rep owns and receives what falls due; figures stay with the rep.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="covers", verbose_name=_("absent"))
    stand_in = models.ForeignKey(User, models.CASCADE, related_name="covering", verbose_name=_("stand-in"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cover_ends_after_start",
                violation_error_message=_("The end must not lie before the start."),
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("stand_in")),
                name="cover_by_someone_else",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
        ]
        indexes = [models.Index(fields=["stand_in", "ends_on"], name="cover_stand_in")]

    def __str__(self) -> str:
        return f"{self.stand_in} / {self.owner}"
