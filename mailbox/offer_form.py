"""Input check of the mail an offer goes out with."""

from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from activities.subjects import Subject
from contacts.models import Channel
from mailbox.actions import MailText
from mailbox.forms import WriteForm
from mailbox.placeholders import LINK, NUMBER, salutation
from offers.models import OfferVersion


class OfferMailForm(WriteForm):
    """A mail with an offer: written before, so that it only has to be read and sent."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, version: OfferVersion, about: Subject, user: User, data: QueryDict | None = None
    ) -> None:
        self.version = version
        super().__init__(about, user, data)
        del self.fields["purpose"]
        with translation.override(version.language):
            words = _("Our offer %(number)s: %(title)s") % {**_places(), "title": version.title}
        self.initial["subject"] = words[:200]
        self.initial["revision"] = version.revision

    def _usual_text(self, to: Channel | None = None) -> str:
        to = to or self.chosen()
        person = to.person if to else None
        with translation.override(self.version.language):
            said = [
                _("as agreed we send you our offer %(number)s, attached as a PDF.") % _places(),
                _("Here you can read it, ask us questions and accept it:") + f"\n{_places()['link']}",
                _("We look forward to hearing from you."),
            ]
        return "\n\n".join([f"{salutation(person)},", *said, self._signature()]) + "\n"

    def mail(self) -> MailText:
        """What is written: running business."""
        return MailText(self.cleaned_data["subject"], self.cleaned_data["text"])


def _places() -> dict[str, str]:
    """What is filled in when the offer is sent, and when its mail leaves."""
    at = 0 if (translation.get_language() or "de").startswith("de") else 1
    return {"number": f"{{{NUMBER[at].capitalize()}}}", "link": f"{{{LINK[at].capitalize()}}}"}
