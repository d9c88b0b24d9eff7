"""Input checks of saved views: their names, whom they are shown to, which one is overwritten."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from core.keys import folded
from lists.errors import ViewNameTaken
from lists.models import SavedView, StartView, ViewPage
from lists.saved_views import Question

MOST_OFFERED = 200


class NameForm(forms.Form):
    """What a view is called; its owner has one of that name on the page."""

    title = _("Rename the view")
    submit_label = _("Rename")

    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, view: SavedView, data: object = None) -> None:
        super().__init__(data, initial={"name": view.name})  # type: ignore[arg-type]
        self.others = SavedView.objects.filter(owner=view.owner_id, page=view.page).exclude(pk=view.pk)

    def clean_name(self) -> str:
        """Something one can read, and no other view is called by."""
        name = " ".join(self.cleaned_data["name"].split())
        if not any(char.isprintable() and not char.isspace() for char in name):
            raise forms.ValidationError(_("Please give the view a name that can be read."))
        if self.others.filter(name_key=folded(name)).exists():
            raise forms.ValidationError(str(ViewNameTaken()))
        return name


class SaveForm(NameForm):
    """A new view of what the page shows now."""

    title = _("Save the view")
    submit_label = _("Save")

    shared_with = forms.ModelChoiceField(
        label=_("Who sees it"), queryset=Team.objects.none(), required=False, empty_label=_("only me")
    )
    is_start = forms.BooleanField(label=_("Begin with this view after the log-in"), required=False)

    def __init__(self, question: Question, data: object = None) -> None:
        user, page, kept = question.filter.user, question.page, question.kept
        super().__init__(SavedView(owner=user, page=page), data)
        # Sent twice, the form answers the view it saved.
        self.others = self.others.exclude(query=kept)
        _offer(self, "shared_with", Team.objects.to_share_with(user))


class ReplaceForm(forms.Form):
    """One of the user's views, to show from now on what the page shows now."""

    view = forms.ModelChoiceField(
        label=_("Or update one of your views"),
        queryset=SavedView.objects.none(),
        empty_label=_("choose …"),
    )

    def __init__(self, question: Question, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        own = SavedView.objects.owned_by(question.filter.user).filter(page=question.page)
        _offer(self, "view", own.order_by("name_key"))


class TeamForm(forms.Form):
    """The team a view is to be shown to."""

    team = forms.ModelChoiceField(queryset=Team.objects.none())

    def __init__(self, user: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        _offer(self, "team", Team.objects.to_share_with(user))


class StartForm(forms.Form):
    """Whether to begin with a view."""

    is_start = forms.BooleanField(required=False)


class StartPageForm(forms.Form):
    """What a user begins with: the board, what is due today, or a view of theirs."""

    title = _("Start page")
    submit_label = _("Save")
    BOARD, TODAY = "board", "today"

    start = forms.ChoiceField(label=_("After the log-in I begin with"))

    def __init__(self, user: User, data: object = None) -> None:
        views = list(SavedView.objects.visible_to(user).order_by("name_key")[:MOST_OFFERED])
        super().__init__(data, initial={"start": self._present(user)})  # type: ignore[arg-type]
        groups = [(page.label, [(str(v.pk), v.name) for v in views if v.page == page]) for page in ViewPage]
        field = self.fields["start"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (self.BOARD, _("Funnel")),
                (self.TODAY, _("Today")),
                *(group for group in groups if group[1]),
            ]

    def _present(self, user: User) -> str:
        start = StartView.objects.filter(user=user).first()
        if start is None:
            return self.BOARD
        return str(start.view_id) if start.view_id else self.TODAY


def _offer(form: forms.Form, name: str, rows: QuerySet[Team] | QuerySet[SavedView]) -> None:
    """Let a field choose among rows; where it may stay empty and there are none, there is nothing to ask."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
    if not field.required and not rows.exists():
        del form.fields[name]
