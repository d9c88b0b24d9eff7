"""Input checks of negotiations: a round with its points, what became of one, the ground, the guide."""

from dataclasses import fields
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contacts.models import PersonValue
from core.money import amount_field
from core.versions import VersionedForm
from offers.actions import GroundFacts, GuideFacts, PointFacts, RoundFacts
from offers.models import GuideEntry, NegotiationGround, NegotiationPoint, NegotiationRound, OfferVersion
from pipeline.models import Deal

MOST_POINTS = 6
SHOWN_POINTS = 3


class PointForm(forms.Form):
    """One thing that was wanted or given; empty ones count for nothing."""

    move = forms.ChoiceField(label=_("Move"), choices=NegotiationPoint.Move)
    kind = forms.ChoiceField(label=_("About"), choices=NegotiationPoint.Kind)
    text = forms.CharField(label=_("What"), max_length=300, required=False)
    amount = amount_field(_("Worth, net"), blank=True).formfield(required=False, min_value=0)
    in_return_for = forms.ModelChoiceField(
        label=_("In return for"),
        queryset=NegotiationPoint.objects.none(),
        required=False,
        empty_label=_("nothing in particular"),
    )

    def __init__(self, *args: object, deal: Deal, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        points = NegotiationPoint.objects.filter(round__deal=deal).select_related("round")
        self.fields["in_return_for"].queryset = points.order_by("-round__number", "pk")  # type: ignore[attr-defined]

    def point(self) -> PointFacts | None:
        """As the action takes it."""
        given = self.cleaned_data
        return PointFacts(**given) if given.get("text") else None


PointFormSet = forms.formset_factory(
    PointForm, extra=SHOWN_POINTS, max_num=MOST_POINTS, absolute_max=MOST_POINTS, validate_max=True
)


class RoundForm(forms.Form):
    """Whose move it was, about which version, and what was said."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    side = forms.ChoiceField(
        label=_("Whose move"),
        choices=NegotiationRound.Side,
        initial=NegotiationRound.Side.CUSTOMER,
        widget=forms.RadioSelect,
    )
    version = forms.ModelChoiceField(
        label=_("Version of the offer"),
        queryset=OfferVersion.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    note = forms.CharField(
        label=_("In words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, deal: Deal, data: QueryDict | None = None) -> None:
        super().__init__(data)
        sent = OfferVersion.objects.filter(offer__deal=deal, sent_at__isnull=False).select_related("offer")
        self.fields["version"].queryset = sent.order_by("-sent_at")  # type: ignore[attr-defined]
        self.initial["version"] = sent.order_by("-sent_at").first()
        self.points = PointFormSet(data, prefix="points", form_kwargs={"deal": deal})

    def is_valid(self) -> bool:
        """With its points, of which there is one at least, or words."""
        both = super().is_valid() and self.points.is_valid()
        if both and not self.cleaned_data["note"].strip() and not self._points():
            self.add_error("note", _("Please say what was asked for or given."))
            return False
        return both

    def facts(self) -> RoundFacts:
        """As the action takes them."""
        given = self.cleaned_data
        return RoundFacts(
            side=given["side"], version=given["version"], note=given["note"], points=self._points()
        )

    def _points(self) -> tuple[PointFacts, ...]:
        said = (form.point() for form in self.points.forms if form.has_changed())
        return tuple(point for point in said if point is not None)


class SettleForm(forms.Form):
    """What became of a demand."""

    state = forms.ChoiceField(choices=NegotiationPoint.State)


class GroundForm(forms.ModelForm):
    """What we know and want."""

    class Meta:
        model = NegotiationGround
        fields = ("walk_away_value", "walk_away_note", "deciders", "competitors")
        help_texts = {"walk_away_value": _("Only those who may change this deal see it.")}

    def facts(self) -> GroundFacts:
        """As the action takes them."""
        return GroundFacts(**self.cleaned_data)


class GuideForm(forms.ModelForm):
    """An entry of the guide."""

    motive = forms.ChoiceField(
        label=_("Buying motive"), choices=[("", _("any")), *PersonValue.Value.choices], required=False
    )

    class Meta:
        model = GuideEntry
        fields = ("kind", "text", "answer", "motive", "stage", "group")
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}

    @property
    def facts(self) -> GuideFacts:
        """What was typed, as the actions take it."""
        return GuideFacts(**{field.name: self.cleaned_data[field.name] for field in fields(GuideFacts)})


class EditGuideForm(VersionedForm, GuideForm):
    """Another wording of an entry."""

    def __init__(self, data: QueryDict | None, instance: GuideEntry) -> None:
        # A form of a model writes into the row it is given while it checks: the row of now is kept apart.
        version = instance.version
        super().__init__(data, instance=instance)
        self.carry_version(version)
