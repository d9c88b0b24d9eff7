"""Input checks of mails: writing one, deciding about one, templates, the signature."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.actions import About
from activities.subjects import MOST_PEOPLE, Subject
from contacts.choosers import ChooserField
from contacts.models import Channel, Company, Person
from core.versions import VersionedForm
from mailbox.actions import MailText, TemplateFacts
from mailbox.models import MailTemplate, Purpose, Reason, Signature, TakenMail
from mailbox.placeholders import Occasion, filled, names, salutation, unknown
from pipeline.models import Deal

REFUSING = (Reason.SPAM, Reason.PRIVATE, Reason.OTHER)


class ReceiverField(forms.ModelChoiceField):
    """An address of a contact, shown with whose it is."""

    def label_from_instance(self, channel: Channel) -> str:
        """`Petra Weiß <petra@weiss.example>`."""
        return f"{channel.person or channel.company} <{channel.value}>"


class WriteForm(forms.Form):
    """A mail to somebody at the customer of a page."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    to = ReceiverField(label=_("To"), queryset=Channel.objects.none(), empty_label=None)
    deal = forms.ModelChoiceField(
        label=_("Deal"), queryset=Deal.objects.none(), required=False, empty_label=_("none in particular")
    )
    template = forms.ModelChoiceField(
        label=_("Template"), queryset=MailTemplate.objects.none(), required=False, empty_label=_("none")
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=Purpose.choices, initial=Purpose.CONTRACT, widget=forms.RadioSelect
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12, "data-mail-text": ""})
    )

    def __init__(self, about: Subject, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.about, self.user = about, user
        self.fields["to"].queryset = receivers(about)  # type: ignore[attr-defined]
        deals = about.deals(user).select_related("company", "person")
        self.fields["deal"].queryset = deals  # type: ignore[attr-defined]
        self.fields["deal"].label_from_instance = lambda deal: deal.title  # type: ignore[attr-defined]
        if isinstance(about.row, Deal) or not deals.exists():
            del self.fields["deal"]
        self.fields["template"].queryset = MailTemplate.objects.visible_to(user).offered()  # type: ignore[attr-defined]
        self.initial = self._usual()

    @property
    def has_receiver(self) -> bool:
        """Whether an address is known at all."""
        return self.fields["to"].queryset.exists()  # type: ignore[attr-defined]

    def chosen(self) -> Channel | None:
        """The address chosen so far, else the one that is offered first."""
        key = str(self["to"].value() or "")
        offered: object = self.fields["to"].queryset  # type: ignore[attr-defined]
        return offered.filter(pk=key).first() if key.isdecimal() else None  # type: ignore[attr-defined]

    def about_what(self) -> About:
        """What the entry on the timeline hangs on."""
        to: Channel = self.cleaned_data["to"]
        about = self.about.about(deal=self.cleaned_data.get("deal"), person=to.person)
        return About(deal=about.deal, company=about.company or to.company, person=about.person or to.person)

    def mail(self) -> MailText:
        """What is written."""
        given = self.cleaned_data
        return MailText(given["subject"], given["text"], given["purpose"])

    def with_template(self) -> dict[str, object]:
        """What the form shows once a template is taken: its text above what was typed."""
        typed = {name: self[name].value() for name in self.fields}
        template = self.fields["template"].queryset.filter(pk=_key(typed["template"])).first()  # type: ignore[attr-defined]
        if template is None:
            return typed
        occasion = self._occasion()
        begun = str(typed["text"] or "").strip()
        is_own = begun and begun != self._usual_text().strip()
        below = begun if is_own else self._signature()
        typed["text"] = f"{filled(template.text, occasion)}\n\n{below}".rstrip() + "\n"
        typed["subject"] = typed["subject"] or filled(template.subject, occasion)
        return typed

    def _usual(self) -> dict[str, object]:
        first = self.fields["to"].queryset.first()  # type: ignore[attr-defined]
        usual_deal = self.about.usual_deal(self.user) if "deal" in self.fields else None
        return {"to": first, "deal": usual_deal, "text": self._usual_text(first)}

    def _usual_text(self, to: Channel | None = None) -> str:
        to = to or self.chosen()
        person = to.person if to else None
        return f"{salutation(person)},\n\n\n\n{self._signature()}".rstrip() + "\n"

    def _signature(self) -> str:
        kept = Signature.objects.filter(user=self.user).first()
        return kept.text if kept and kept.text else self.user.get_full_name()

    def _occasion(self) -> Occasion:
        to, row = self.chosen(), self.about.row
        deal = row if isinstance(row, Deal) else self._chosen_deal()
        person = to.person if to else None
        company = (to.company if to else None) or getattr(row, "company", None)
        if isinstance(row, Company):
            company = row
        return Occasion(author=self.user, person=person, company=company, deal=deal)

    def _chosen_deal(self) -> Deal | None:
        if "deal" not in self.fields:
            return None
        return self.fields["deal"].queryset.filter(pk=_key(self["deal"].value())).first()  # type: ignore[attr-defined]


def receivers(about: Subject) -> object:
    """The e-mail addresses of the people of a page and of the company itself, persons first."""
    people = list(about.people().values_list("pk", flat=True)[:MOST_PEOPLE])
    row = about.row
    if isinstance(row, Person):
        people = [row.pk]
    company = row if isinstance(row, Company) else getattr(row, "company", None)
    known = Q(person__in=people) | (Q(company=company) if company else Q(pk__in=[]))
    channels = Channel.objects.filter(known, kind=Channel.Kind.EMAIL).select_related("person", "company")
    return channels.order_by("company", "person__sort_key", "pk")


class AssignForm(forms.Form):
    """Whom a waiting mail belongs to."""

    person = ChooserField(
        Person, label=_("Person"), required=False, creates=True, help_text=_("A new name enters a person.")
    )
    company = ChooserField(Company, label=_("or company"), required=False)
    remember = forms.BooleanField(
        label=_("Keep this address with the contact; other mails from it that wait are filed, too"),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, object]:
        """One of the two."""
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and bool(cleaned.get("person")) == bool(cleaned.get("company")):
            raise ValidationError(_("Please choose a person or a company."))
        return cleaned


class RejectForm(forms.Form):
    """Why a mail is none of a customer."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, reason.label) for reason in REFUSING],
        widget=forms.RadioSelect,
        initial=Reason.OTHER,
    )
    ignore_sender = forms.BooleanField(label=_("Reject later mails of this sender, too"), required=False)


class QueueFilter(forms.Form):
    """What of the mails is shown."""

    state = forms.ChoiceField(choices=TakenMail.State.choices, required=False)
    q = forms.CharField(max_length=100, required=False)

    def rows(self, user: User) -> object:
        """The mails of this state that the user may see; those that wait when nothing else is asked."""
        asked = self.cleaned_data if self.is_valid() else {}
        rows = TakenMail.objects.visible_to(user).filter(state=asked.get("state") or TakenMail.State.QUEUED)
        if text := asked.get("q"):
            found = (
                Q(subject__icontains=text) | Q(from_address__icontains=text) | Q(from_name__icontains=text)
            )
            rows = rows.filter(found)
        return rows


class TemplateForm(VersionedForm, forms.ModelForm):
    """A template of the house; unknown placeholders are named."""

    class Meta:
        model = MailTemplate
        fields = ("name", "language", "subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, data: QueryDict | None = None, *, row: MailTemplate | None = None) -> None:
        super().__init__(data, instance=row)
        if row:
            self.carry_version(row.version)
        offered = ", ".join(f"{{{name}}}" for name in names(translation.get_language() or "de"))
        self.fields["text"].help_text = _("Filled in when it is used: %(names)s") % {"names": offered}

    def clean(self) -> dict[str, object]:
        """Every placeholder means something."""
        cleaned: dict[str, object] = super().clean() or {}
        for name in ("subject", "text"):
            strange = unknown(str(cleaned.get(name) or ""))
            if strange:
                text = _("Nothing is known by the name %(names)s.")
                self.add_error(name, text % {"names": ", ".join(f"{{{word}}}" for word in strange)})
        return cleaned

    def facts(self) -> TemplateFacts:
        """As the action wants them."""
        return TemplateFacts(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class SignatureForm(forms.ModelForm):
    """What stands below one's mails."""

    class Meta:
        model = Signature
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data, instance=Signature.objects.filter(user=user).first())


def _key(value: object) -> int:
    """The key a choice carries; 0, which no row has, for what is none."""
    text = str(getattr(value, "pk", value) or "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0
