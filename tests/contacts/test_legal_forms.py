"""Legal forms are recognised however they are written, and taken off the name."""

import pytest

from contacts.legal_forms import legal_form, legal_forms, taken_apart


@pytest.mark.parametrize(
    ("name", "core", "form"),
    [
        ("Möller GmbH", "Möller", "GmbH"),
        ("Holz Möller G.m.b.H. u. Co KG", "Holz Möller", "GmbH & Co. KG"),
        ("Müller GmbH&Co.KG", "Müller", "GmbH & Co. KG"),
        ("Kessler & Söhne GmbH & Co. KG", "Kessler & Söhne", "GmbH & Co. KG"),
        ("Alpha Handels GmbH & Co. Tacitus KG", "Alpha Handels Tacitus", "GmbH & Co. KG"),
        ("Fritz Müller & Co. KG", "Fritz Müller", "KG"),
        ("Müller e.K.", "Müller", "e. K."),
        ("Müller eK", "Müller", "e. K."),
        ("Wohnungsbaugesellschaft mbH", "Wohnungsbaugesellschaft", "GmbH"),
        ("Möller Gesellschaft mit beschränkter Haftung", "Möller", "GmbH"),
        ("Nano UG (haftungsbeschränkt)", "Nano", "UG (haftungsbeschränkt)"),
        ("Nano UG", "Nano", "UG (haftungsbeschränkt)"),
        ("Nano UG (haftungsbeschränkt) & Co. KG", "Nano", "UG (haftungsbeschränkt) & Co. KG"),
        ("Huber Ges.m.b.H.", "Huber", "GmbH"),
        ("Huber e.U.", "Huber", "e. U."),
        ("Dupont S.à r.l.", "Dupont", "Sàrl"),
        ("Meier AG in Liquidation", "Meier", "AG"),
        ("Anwälte Partnerschaft mbB", "Anwälte", "PartG mbB"),
        ("TSV Kiel e. V.", "TSV Kiel", "e. V."),
        ("Möller GmbH Niederlassung Kiel", "Möller Niederlassung Kiel", "GmbH"),
    ],
)
def test_a_form_is_recognised_and_taken_off(name, core, form):
    named = taken_apart(name)

    assert (named.core, named.form) == (core, form)


@pytest.mark.parametrize("name", ["Max Berg", "Online-Tag", "Nordbeg", "Stiftung Warentest", "GmbH", ""])
def test_what_only_looks_like_a_form_is_none(name):
    assert legal_form(name) == ""


def test_a_recognised_form_can_be_chosen():
    assert {"GmbH & Co. KG", "e. K.", "UG (haftungsbeschränkt) & Co. KG", "Sàrl"} <= set(legal_forms())


def test_endless_names_take_no_time():
    assert legal_form("GmbH & Co. " * 5000) != "never"
