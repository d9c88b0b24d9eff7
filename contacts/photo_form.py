"""Input check of a photo."""

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from contacts.photos import redrawn


class PhotoForm(forms.Form):
    """A picture from the disk, or the wish to have none."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 8 MB. Only a small copy is kept, without place and time."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove = forms.BooleanField(label=_("Take the photo away"), required=False)

    def clean_photo(self) -> ContentFile | None:
        """Drawn anew."""
        upload = self.cleaned_data["photo"]
        return redrawn(upload) if upload else None

    def clean(self) -> dict[str, object]:
        """One of both."""
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and not cleaned.get("photo") and not cleaned.get("remove"):
            self.add_error("photo", _("Please choose a photo."))
        if cleaned.get("remove"):
            cleaned["photo"] = None
        return cleaned
