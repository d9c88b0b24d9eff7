"""Web sites and social profiles in one spelling."""

import pytest
from django.core.exceptions import ValidationError

from contacts.web_addresses import kind_of, profile


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (
            "linkedin",
            "https://de.linkedin.com/in/eva-weiss/?trk=abc",
            "https://www.linkedin.com/in/eva-weiss",
        ),
        ("linkedin", "eva-weiss", "https://www.linkedin.com/in/eva-weiss"),
        ("linkedin", "linkedin.com/company/möller", "https://www.linkedin.com/company/m%C3%B6ller"),
        ("xing", "xing.com/profile/Eva_Weiss/cv", "https://www.xing.com/profile/Eva_Weiss"),
        ("profile", "github.com/eva", "https://github.com/eva"),
    ],
)
def test_a_profile_is_kept_in_one_spelling(kind, typed, kept):
    assert profile(kind, typed) == kept


@pytest.mark.parametrize(
    "typed", ["https://evil.example/in/eva", "https://linkedin.com.evil.example/in/eva", "a b", "http://["]
)
def test_what_is_no_profile_there_is_refused(typed):
    with pytest.raises(ValidationError):
        profile("linkedin", typed)


def test_a_web_site_that_is_a_profile_is_seen_as_one():
    assert kind_of("https://www.linkedin.com/in/eva") == "linkedin"
    assert kind_of("www.xing.com/profile/Eva") == "xing"
    assert kind_of("moeller.example") == "web"
    assert kind_of("http://[") == "web"
