"""Users, teams and stand-ins in the Django admin."""

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import actions
from accounts.actions import UserAction
from accounts.http import Request
from accounts.models import Cover, Role, Team, User
from core.admin import AuditedAdmin
from core.errors import DomainError

for unused in (Group, AccessLog, AccessFailureLog):
    admin.site.unregister(unused)


class NewUserForm(forms.ModelForm):
    """A new colleague; the password they choose themselves, by the link in a mail."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "role", "team", "language"]

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).strip().lower()


class EditUserForm(UserChangeForm):
    """A colleague who is here already."""

    class Meta:
        model = User
        fields = [
            "email",
            "first_name",
            "last_name",
            "role",
            "team",
            "language",
            "theme",
            "land",
            "weekly_mail",
            "reminder_mail",
            "is_active",
        ]

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, object]:
        """Refuse here what the actions would refuse, so that the form can say so."""
        cleaned = super().clean() or self.cleaned_data
        stays_admin = cleaned.get("role") == Role.ADMIN and cleaned.get("is_active")
        before = User.objects.get(pk=self.instance.pk)
        if before.is_admin and before.is_active and not stays_admin and actions.is_last_admin(before):
            raise ValidationError(actions.LAST_ADMIN)
        return cleaned


@admin.register(User)
class UserAdmin(AuditedAdmin, DjangoUserAdmin):
    """Users: what they are and whether they may come in; nobody is deleted, their work stays."""

    form = EditUserForm
    add_form = NewUserForm
    add_form_template = None
    list_display = ["last_name", "first_name", "is_active", "role", "team", "email", "last_login"]
    list_display_links = ["last_name", "first_name", "email"]
    list_filter = ["is_active", "role", "team"]
    list_select_related = ["team"]
    search_fields = ["last_name", "first_name", "email"]
    ordering = ["last_name", "first_name"]
    filter_horizontal = []
    readonly_fields = ["last_login", "joined_at", "hand_over"]
    fieldsets = [
        (None, {"fields": ["email", "password", "first_name", "last_name"]}),
        (
            _("Place in the sales organisation"),
            {"fields": ["role", "team", "land", "is_active", "hand_over"]},
        ),
        (_("Interface"), {"fields": ["language", "theme", "weekly_mail", "reminder_mail"]}),
        (_("Course"), {"fields": ["joined_at", "last_login", "audit_trail"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": NewUserForm.Meta.fields,
                "description": _("A mail with a link goes out, by which the password is chosen."),
            },
        )
    ]
    actions = ["send_password_link", "end_sessions", "deactivate", "reactivate"]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Deactivate instead: history names them."""
        return False

    def save_model(  # type: ignore[override]
        self, request: Request, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        """Role, team and access go through the actions, which end the sessions."""
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            self._send_link(request, obj)
            return
        wanted = (Role(obj.role), obj.team, obj.is_active)
        before = User.objects.select_related("team").get(pk=obj.pk)
        obj.role, obj.team, obj.is_active = before.role, before.team, before.is_active
        super().save_model(request, obj, form, change)
        role, team, is_active = wanted
        actions.change_role(obj, role, actor=request.user)
        actions.change_team(obj, team, actor=request.user)
        if is_active:
            actions.reactivate_user(obj, actor=request.user)
        else:
            actions.deactivate_user(obj, actor=request.user)
        obj.refresh_from_db()

    @admin.display(description=_("hand-over"), empty_value="–")
    def hand_over(self, user: User) -> SafeString:
        """The way to the page that gives everything the user owns to a colleague."""
        url = reverse("activities:hand_over", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Hand over everything to a colleague …"))

    @admin.action(description=_("Send a link to choose a password"))
    def send_password_link(self, request: Request, queryset: models.QuerySet[User]) -> None:
        """To each of them, by mail."""
        for user in queryset:
            self._send_link(request, user)

    @admin.action(description=_("Log out everywhere"))
    def end_sessions(self, request: Request, queryset: models.QuerySet[User]) -> None:
        """With their next request they have to log in again."""
        self._do_for_each(request, queryset, actions.end_sessions)

    @admin.action(description=_("Deactivate: no longer let in"))
    def deactivate(self, request: Request, queryset: models.QuerySet[User]) -> None:
        """Whatever they own stays theirs; to give it away use the hand-over."""
        self._do_for_each(request, queryset, actions.deactivate_user)

    @admin.action(description=_("Let in again"))
    def reactivate(self, request: Request, queryset: models.QuerySet[User]) -> None:
        """With the password they had."""
        self._do_for_each(request, queryset, actions.reactivate_user)

    def _do_for_each(self, request: Request, users: models.QuerySet[User], action: UserAction) -> None:
        done = 0
        for user in users:
            try:
                action(user, actor=request.user)
            except DomainError as refusal:
                self.message_user(request, f"{user}: {refusal.message}", messages.ERROR)
            else:
                done += 1
        text = ngettext("Done for %(count)d user.", "Done for %(count)d users.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)

    def _send_link(self, request: Request, user: User) -> None:
        site = request.build_absolute_uri("/")
        if actions.request_password_link(user, site=site, actor=request.user):
            text = _("A mail with a link to choose a password is on its way to %(email)s.")
            self.message_user(request, text % {"email": user.email}, messages.SUCCESS)
        else:
            text = _("No mail was sent to %(email)s: deactivated, or one is on its way already.")
            self.message_user(request, text % {"email": user.email}, messages.WARNING)


@admin.register(Team)
class TeamAdmin(AuditedAdmin):
    """Teams and who leads them."""

    list_display = ["name", "led_by", "size", "land"]
    search_fields = ["name"]
    filter_horizontal = ["managers"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Team]:
        """With the managers and the number of active members."""
        size = models.Count("members", filter=models.Q(members__is_active=True))
        return super().get_queryset(request).prefetch_related("managers").annotate(member_count=size)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Teams that history names stay; so does the one of those without a team."""
        return False

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **options: object
    ) -> forms.ModelMultipleChoiceField | None:
        """Only managers lead."""
        if db_field.name == "managers":
            options["queryset"] = User.objects.active().filter(role=Role.MANAGER)
        return super().formfield_for_manytomany(db_field, request, **options)

    @admin.display(description=_("led by"))
    def led_by(self, team: Team) -> str:
        """Names of the managers."""
        return ", ".join(str(manager) for manager in team.managers.all())

    @admin.display(description=_("active members"))
    def size(self, team: Team) -> int:
        """Those who can log in."""
        return team.member_count  # type: ignore[attr-defined]


@admin.register(Cover)
class CoverAdmin(AuditedAdmin):
    """Who stands in for whom, from one day to another."""

    list_display = ["owner", "stand_in", "starts_on", "ends_on"]
    list_select_related = ["owner", "stand_in"]
    autocomplete_fields = ["owner", "stand_in"]
    search_fields = ["owner__last_name", "stand_in__last_name"]
    date_hierarchy = "starts_on"
