"""A web form as its visitor fills it in: built from the rows that describe it."""

from hashlib import sha256

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from activities.errors import FileRefused
from activities.files import ACCEPTED, HEAD, check_file
from contacts.models import Means
from intake.models import FormField, LeadForm

Kind = FormField.Kind
LONGEST = {Kind.COMPANY: 200, Kind.MESSAGE: 5000, Kind.TEXT: 500, Kind.POSTAL_CODE: 12, Kind.PHONE: 60}
MOST_FILES = 3
SALT = "intake.form"
QUICKEST, SLOWEST = 3, 24 * 60 * 60
AUTOCOMPLETE = {
    Kind.COMPANY: "organization",
    Kind.FIRST_NAME: "given-name",
    Kind.LAST_NAME: "family-name",
    Kind.EMAIL: "email",
    Kind.PHONE: "tel",
    Kind.POSTAL_CODE: "postal-code",
    Kind.CITY: "address-level2",
}
# Where a visitor came from, as far as the page that shows the form says so.
ORIGIN = ("page", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


class SeveralFilesInput(forms.ClearableFileInput):
    """Takes more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to three files of the kinds that are taken."""

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        """Each checked by its ending and by how it begins."""
        sent: list[UploadedFile] = data if isinstance(data, list) else [data]  # type: ignore[list-item]
        files = [file for file in sent if file]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(count)d files, please.") % {"count": MOST_FILES})
        for file in files:
            head = file.read(HEAD)
            file.seek(0)
            try:
                check_file(file.name or "", file.size or 0, head)
            except FileRefused as refusal:
                raise ValidationError(str(refusal.message)) from refusal
        return files


class PublicForm(forms.Form):
    """The questions of one web form, its traps for machines, and where the visitor came from."""

    # People neither see nor reach it.
    website = forms.CharField(required=False, max_length=500, widget=forms.TextInput)
    began = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    visitor = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        form: LeadForm,
        data: QueryDict | dict[str, object] | None = None,
        files: MultiValueDict | None = None,
        *,
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(
            data,
            files,
            initial={"began": signing.dumps(form.pk, salt=SALT), **(initial or {})},
            label_suffix="",
        )
        self.form = form
        self.asked = list(form.fields.all())
        self.asked_consents = list(form.consents.all())
        for each in self.asked:
            self.fields[each.input_name] = _field(each)
        if form.takes_files:
            self.fields["files"] = FilesField(
                label=_("Files"), required=False, widget=SeveralFilesInput(attrs={"accept": ACCEPTED})
            )
        for consent in self.asked_consents:
            self.fields[consent.input_name] = forms.BooleanField(label=consent.wording, required=False)
        for name in ORIGIN:
            self.fields[name] = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """A consent needs the address it is about, and nobody can be answered who says nothing."""
        cleaned: dict[str, object] = super().clean() or {}
        for consent in self.asked_consents:
            kind = Kind.EMAIL if consent.means == Means.EMAIL else Kind.PHONE
            if cleaned.get(consent.input_name) and kind in self.fields and not cleaned.get(kind):
                self.add_error(kind, _("Please enter it, or do not tick the consent."))
        if not self.errors and not any(cleaned.get(each.input_name) for each in self.asked):
            raise ValidationError(_("Please fill in the form."))
        return cleaned

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields a visitor sees, in order."""
        hidden = {"website", "began", "visitor", *ORIGIN}
        return [self[name] for name in self.fields if name not in hidden]

    @property
    def silent(self) -> list[forms.BoundField]:
        """The fields that are only sent along."""
        return [self[name] for name in ("began", "visitor", *ORIGIN)]

    def answers(self) -> list[dict[str, str]]:
        """What was answered, with the words it was asked in."""
        given = [(each, self.cleaned_data.get(each.input_name) or "") for each in self.asked]
        return [
            {"name": each.input_name, "kind": each.kind, "label": each.label, "value": str(value)}
            for each, value in given
            if value
        ]

    def origin(self) -> dict[str, str]:
        """Where the visitor came from."""
        return {name: self.cleaned_data[name] for name in ORIGIN if self.cleaned_data.get(name)}

    def once(self) -> str:
        """The same for the same answers from the same page: a double click is one submission."""
        said = [self.cleaned_data.get("began", ""), *(f"{a['name']}={a['value']}" for a in self.answers())]
        return sha256("\x1f".join(map(str, said)).encode("utf-8", "replace")).hexdigest()

    @property
    def is_trapped(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))

    def was_typed(self, *, is_elsewhere: bool) -> bool:
        """Whether it took as long as typing takes; only our own pages say when they were opened."""
        began = self.cleaned_data.get("began", "")
        return (is_elsewhere and not began) or _was_typed(began, self.form.pk)


def _was_typed(began: str, form: int) -> bool:
    try:
        if signing.loads(began, salt=SALT, max_age=SLOWEST) != form:
            return False
    except signing.BadSignature:
        return False
    try:
        signing.loads(began, salt=SALT, max_age=QUICKEST)
    except signing.SignatureExpired:
        return True
    return False


def _field(each: FormField) -> forms.Field:
    most = LONGEST.get(Kind(each.kind), 120)
    attrs = {"autocomplete": AUTOCOMPLETE[Kind(each.kind)]} if each.kind in AUTOCOMPLETE else {}
    if each.kind == Kind.CHOICE:
        answers = [("", "–"), *((answer, answer) for answer in each.answers)]
        return forms.ChoiceField(label=each.label, required=each.is_required, choices=answers)
    if each.kind == Kind.EMAIL:
        return forms.EmailField(
            label=each.label, required=each.is_required, max_length=254, widget=forms.EmailInput(attrs)
        )
    widget: forms.Widget = forms.TextInput(attrs)
    if each.kind == Kind.MESSAGE:
        widget = forms.Textarea(attrs={"rows": 5})
    elif each.kind == Kind.PHONE:
        widget = forms.TextInput({**attrs, "type": "tel"})
    return forms.CharField(label=each.label, required=each.is_required, max_length=most, widget=widget)
