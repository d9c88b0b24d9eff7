"""Input checks of the steps of an import."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from imports.actions import MOST_FILES
from imports.cells import folded
from imports.column_specs import Column, ColumnKind, parted
from imports.columns import normal_name
from imports.kinds import TableKind, kinds_for
from imports.models import Import, ImportDoubt, ImportFile
from imports.reading import ENCODINGS
from imports.systems import System
from imports.tables import Limits

SEPARATORS = [(";", _("semicolon")), (",", _("comma")), ("\t", _("tab")), ("|", "|")]
FOUND_OUT = ("", _("found out"))
# Asked only where a file holds leads.
OF_LEADS = ("legal_basis", "gives_out")


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each within the limits."""

    widget = ManyFiles

    def clean(self, data: object, initial: object = None) -> object:
        """The list of files."""
        files = [one for one in _listed(data) if super(FilesField, self).clean(one, initial)]
        if not files:
            raise forms.ValidationError(_("Please choose a file."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Please choose at most %(limit)s files."), params={"limit": MOST_FILES}
            )
        limit = Limits().file_bytes
        if sum(file.size or 0 for file in files) > limit:
            text = _("The files are larger than %(limit)s MB.")
            raise forms.ValidationError(text, params={"limit": limit // 2**20})
        return files


class UploadForm(forms.Form):
    """The files, and of which day they are."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_("CSV, Excel (.xlsx) or vCard (.vcf); several together if they belong together."),
    )
    as_of = forms.DateField(
        label=_("State of the data"),
        required=False,
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("What was confirmed here after this day is not overwritten."),
    )

    def clean_as_of(self) -> datetime | None:
        """The end of that day, but not later than now."""
        return end_of(self.cleaned_data["as_of"])


class SettleForm(forms.ModelForm):
    """Where the data comes from, of which day it is, what is done with doubtful rows."""

    as_of = UploadForm.base_fields["as_of"]
    system = forms.ChoiceField(
        label=_("Comes from"),
        choices=System.choices,
        required=False,
        help_text=_("The ids of another system are kept apart from ours."),
    )

    class Meta:
        model = Import
        fields = ("system", "as_of", "doubts", *OF_LEADS)
        labels = {"doubts": _("Doubtful rows that nobody decided")}
        help_texts = {
            "legal_basis": _(
                "For example the consent at the stand with its date, or who sold the addresses and what "
                "people agreed to. It stands at the first touch of each lead whose row says nothing else."
            ),
        }

    def __init__(self, brought: Import, data: QueryDict | None = None) -> None:
        day = timezone.localtime(brought.as_of).date()
        super().__init__(data, instance=brought, initial={"as_of": day})
        if not brought.files.filter(table="leads").exists():
            for name in OF_LEADS:
                del self.fields[name]

    def clean_as_of(self) -> datetime:
        """The end of that day, but not later than now."""
        return end_of(self.cleaned_data["as_of"]) or timezone.now()


class ReadForm(forms.Form):
    """How a file is read."""

    table = forms.ChoiceField(label=_("What it holds"), required=False)
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[FOUND_OUT, *((name, name) for name in ENCODINGS)], required=False
    )
    delimiter = forms.ChoiceField(label=_("Separator"), choices=[FOUND_OUT, *SEPARATORS], required=False)
    sheet = forms.CharField(
        label=pgettext_lazy("of a workbook", "Sheet"), max_length=100, required=False, strip=True
    )
    dates = forms.ChoiceField(
        label=_("Dates like 3/4/2025"),
        choices=[FOUND_OUT, ("dmy", _("day first")), ("mdy", _("month first"))],
        required=False,
    )
    decimals = forms.ChoiceField(
        label=_("Numbers like 1.234"),
        choices=[FOUND_OUT, ("comma", _("decimal comma")), ("point", _("decimal point"))],
        required=False,
    )

    def __init__(self, file: ImportFile, user: User, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"table": file.table, **file.given})
        choices = [(code, kind.label) for code, kind in kinds_for(user).items()]
        self.fields["table"].choices = [("", _("found out")), *choices]  # type: ignore[attr-defined]

    def given(self) -> dict[str, str]:
        """What is said of reading it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "table"}


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class ColumnsForm(forms.Form):
    """Which column of a file is which field, and by what existing rows are found."""

    def __init__(self, file: ImportFile, kind: TableKind, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.file, self.kind = file, kind
        fields = [("", _("– leave out –")), *((column.code, column.label) for column in kind.columns())]
        shown = zip(file.preview.get("headers", []), file.preview.get("columns", []), strict=True)
        self.shown = list(shown)
        for index, (header, _column) in enumerate(self.shown):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=header,
                choices=fields,
                required=False,
                initial=file.columns.get(str(index), ""),
                widget=_select(),
            )
        self.fields["key"] = forms.ChoiceField(
            label=_("Existing rows are found by"), choices=list(kind.keys.items()), initial=file.key
        )

    def rows(self) -> list[tuple[forms.BoundField, dict[str, object]]]:
        """Each column with its choice."""
        return [(self[f"column_{index}"], column) for index, (_header, column) in enumerate(self.shown)]

    def clean(self) -> dict[str, object]:
        """A field is filled by one column, and what is needed is there."""
        cleaned: dict[str, object] = super().clean() or {}
        said = list(self.columns().values())
        for code in {code for code in said if said.count(code) > 1}:
            twice = [name for name, value in cleaned.items() if value == code]
            self.add_error(twice[-1], _("Another column fills this field already."))
        missing = self.kind.missing(set(said))
        if missing and not self.errors:
            self.add_error(None, missing)
        return cleaned

    def columns(self) -> dict[str, str]:
        """Index of the column to code of the field."""
        found = {}
        for index in range(len(self.shown)):
            code = self.cleaned_data.get(f"column_{index}")
            if code:
                found[str(index)] = code
        return found


class ValuesForm(forms.Form):
    """What the words of a file mean here: those of stages, kinds, persons in charge."""

    def __init__(
        self, file: ImportFile, kind: TableKind, users: dict[str, int], data: QueryDict | None = None
    ):
        super().__init__(data)
        self.groups: list[tuple[Column, list[str]]] = []
        self._theirs: dict[str, tuple[str, str]] = {}
        specs = {column.code: column for column in kind.columns() if column.is_mapped}
        places = {code: int(index) for index, code in file.columns.items()}
        people = [(str(user.pk), str(user)) for user in User.objects.active().by_name()]
        for code, spec in specs.items():
            words = _words(file, places.get(code), spec)
            names = []
            for number, (word, count) in enumerate(words):
                name = f"{code}_{number}"
                choices = people if spec.kind == ColumnKind.USER else [*spec.choices]
                said = file.values.get(code, {}).get(folded(word))
                usual = (
                    users.get(folded(word))
                    if spec.kind == ColumnKind.USER
                    else spec.words.get(normal_name(word))
                )
                self.fields[name] = forms.ChoiceField(
                    label=word,
                    choices=[("", _("– nothing –")), *choices],
                    required=False,
                    initial=str(said if said is not None else usual or ""),
                    help_text=str(count),
                    widget=_select(),
                )
                self._theirs[name] = (code, word)
                names.append(name)
            if names:
                self.groups.append((spec, names))

    def shown(self) -> list[tuple[Column, list[forms.BoundField]]]:
        """The fields by column."""
        return [(column, [self[name] for name in names]) for column, names in self.groups]

    def values(self) -> dict[str, dict[str, str]]:
        """Code of the field to the file's word to ours."""
        found: dict[str, dict[str, str]] = {}
        for name, (code, word) in self._theirs.items():
            found.setdefault(code, {})[folded(word)] = self.cleaned_data.get(name, "")
        return found


class DoubtsForm(forms.Form):
    """What is done with each doubtful row of a page."""

    def __init__(self, doubts: Sequence[ImportDoubt], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.doubts = doubts
        for doubt in doubts:
            self.fields[f"doubt_{doubt.pk}"] = forms.ChoiceField(
                label=doubt.label,
                choices=ImportDoubt.Decision.choices,
                required=False,
                initial=doubt.decision,
                widget=_select(),
            )

    def rows(self) -> list[tuple[ImportDoubt, forms.BoundField]]:
        """Each doubt with its choice."""
        return [(doubt, self[f"doubt_{doubt.pk}"]) for doubt in self.doubts]

    def decisions(self) -> dict[int, str]:
        """Key of the doubt to what was decided."""
        return {doubt.pk: self.cleaned_data.get(f"doubt_{doubt.pk}", "") for doubt in self.doubts}


def end_of(day: object) -> datetime | None:
    """The last moment of a day that has passed, now for today and later."""
    if not day:
        return None
    end = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))  # type: ignore[arg-type]
    return min(end, timezone.now())


def _listed(data: object) -> list[UploadedFile]:
    given = data if isinstance(data, list | tuple) else [data]
    return [one for one in given if isinstance(one, UploadedFile)]


def _words(file: ImportFile, place: int | None, spec: Column) -> list[tuple[str, int]]:
    columns = file.preview.get("columns", [])
    if place is None or place >= len(columns):
        return []
    counted = Counter[str]()
    for words, count in columns[place].get("words") or []:
        for word in parted(words) if spec.holds_many else [words]:
            counted[word] += count
    return list(counted.items())
