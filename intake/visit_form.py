"""What the script on a web site tells of a page view: checked field by field, and cut to what is kept."""

from urllib.parse import urlsplit
from uuid import UUID

from django import forms

from intake.actions import Seen

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
LONGEST_PAGE, LONGEST_TITLE, LONGEST_HOST, LONGEST_UTM = 300, 200, 100, 100


class VisitForm(forms.Form):
    """One page view; what is longer than is kept is cut, what is nobody's is refused."""

    visitor = forms.UUIDField()
    page = forms.CharField(max_length=2000)
    title = forms.CharField(max_length=2000, required=False)
    referrer = forms.CharField(max_length=2000, required=False)

    def __init__(self, data: dict[str, object]) -> None:
        super().__init__({name: value for name, value in data.items() if isinstance(value, str)})
        for name in UTM:
            self.fields[name] = forms.CharField(max_length=2000, required=False)

    def visitor_id(self) -> UUID:
        """Under which id it is kept."""
        key: UUID = self.cleaned_data["visitor"]
        return key

    def seen(self) -> Seen:
        """The path without its parameters, which may hold names; the host that led here without its path."""
        said = self.cleaned_data
        return Seen(
            page=(said["page"].split("?")[0].split("#")[0] or "/")[:LONGEST_PAGE],
            title=said["title"][:LONGEST_TITLE],
            referrer=_host(said["referrer"])[:LONGEST_HOST],
            utm={name: said[name][:LONGEST_UTM] for name in UTM if said[name]},
        )


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2]
    except ValueError:
        return ""
