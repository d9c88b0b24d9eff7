"""Telephone numbers, e-mail addresses and web sites: typed, kept, shown."""

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Channel
from contacts.phones import parsed, readable
from contacts.reach_forms import ChannelForm
from contacts.templatetags.channels import channel_href, channel_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("030 / 123 45-67", "+49301234567"),
        ("0049 30 1234567", "+49301234567"),
        ("+41 44 668 18 00", "+41446681800"),
        ("(0171) 1234567", "+491711234567"),
    ],
)
def test_numbers_are_kept_in_one_form(typed, kept):
    assert parsed(typed) == kept


@pytest.mark.parametrize("typed", ["", "Zentrale", "12", "+49" + "1" * 200, "٠٣٠", "\u202e"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        parsed(typed)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("+49301234567", "030 1234567"), ("+41446681800", "+41 44 668 18 00"), ("unklar", "unklar")],
)
def test_numbers_are_shown_as_people_write_them(kept, shown):
    assert readable(kept) == shown


def line(kind, value):
    form = ChannelForm({"kind": kind, "value": value, "label": ""})
    return form.cleaned_data["value"] if form.is_valid() else form.errors["value"]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("email", "Eva.Weiß@Möller.example", "Eva.Weiß@möller.example"),
        ("web", "www.moeller.example", "https://www.moeller.example"),
        ("web", "http://moeller.example/kontakt", "http://moeller.example/kontakt"),
        ("mobile", "0171 1234567", "+491711234567"),
    ],
)
def test_each_kind_is_kept_in_its_form(kind, typed, kept):
    assert line(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("email", "kein-at.example"),
        ("email", "zwei@@at.example"),
        ("web", "javascript:alert(1)"),
        ("web", "javascript://moeller.example/%0aalert(1)"),
        ("web", "ftp://moeller.example"),
        ("web", "https://" + "a" * 300 + ".example"),
        ("phone", "nicht da"),
    ],
)
def test_what_leads_nowhere_is_refused_with_a_sentence(kind, typed):
    assert "." in str(line(kind, typed))


def test_a_web_site_that_came_in_otherwise_is_no_link():
    channel = Channel(kind="web", value="javascript:alert(1)")

    assert channel_href(channel) == ""


def test_a_web_site_is_shown_without_its_protocol():
    assert channel_text(Channel(kind="web", value="https://www.moeller.example/")) == "www.moeller.example"
