"""Signatures, imprints and profiles as people paste them."""

import pytest

from contacts.recognising import address_parts, recognise

SIGNATURE = """Hallo Frau Sommer,

vielen Dank für das Angebot.

Mit freundlichen Grüßen

Dr. Eva Weiß
Leiterin Einkauf

Holzbau Möller GmbH & Co. KG
Hafenstraße 12a
24103 Kiel

Tel.: +49 431 123456-12
Fax: +49 431 123456-99
Mobil: 0171 2345678
eva.weiss@moeller-holz.example
www.moeller-holz.example | linkedin.com/in/eva-weiss

Sitz der Gesellschaft: Kiel, Amtsgericht Kiel HRA 1234 KI
USt-IdNr.: DE 136 695 976

Am 13.12.2025 um 21:11 schrieb Lena Sommer <lena@trichter.example>:
> Tel. 030 7654321
"""
IMPRINT = """Impressum
Angaben gemäß § 5 DDG
Nordlicht Energietechnik GmbH
Am Kanal 5, 20095 Hamburg
Vertreten durch: Kai Nord
Telefon 040 / 123 45 67
E-Mail: info (at) nordlicht.example
Registergericht: Amtsgericht Hamburg
Registernummer: HRB 98765
Umsatzsteuer-Identifikationsnummer gemäß § 27 a UStG: DE136695976
"""
PROFILE = """Petra von der Heide
Head of Sales bei Alpenblick AG
Zürich, Schweiz
https://www.xing.com/profile/Petra_vonderHeide
"""
AUSTRIAN = """Beste Grüße
i. A. Kai Müller
Vertriebsassistent | Huber Ges.m.b.H.
A-1010 Wien, Stephansplatz 3
T +43 1 5123456 | F +43 1 5123457 | M +43 664 1234567
FN 122119m Handelsgericht Wien UID ATU13585627
"""


def said(text):
    return [(found.field, found.value) for found in recognise(text)]


def test_a_german_signature():
    assert said(SIGNATURE) == [
        ("title", "Dr."),
        ("first_name", "Eva"),
        ("last_name", "Weiß"),
        ("position", "Leiterin Einkauf"),
        ("company", "Holzbau Möller GmbH & Co. KG"),
        ("vat_id", "DE136695976"),
        ("register_number", "HRA 1234 KI"),
        ("register_court", "Kiel"),
        ("address", "Hafenstraße 12a\n24103\nKiel\nDE"),
        ("phone", "+4943112345612"),
        ("mobile", "+491712345678"),
        ("email", "eva.weiss@moeller-holz.example"),
        ("web", "https://www.moeller-holz.example"),
        ("linkedin", "https://www.linkedin.com/in/eva-weiss"),
    ]


def test_an_imprint():
    found = dict(said(IMPRINT))

    assert found["company"] == "Nordlicht Energietechnik GmbH"
    assert (found["register_court"], found["register_number"]) == ("Hamburg", "HRB 98765")
    assert (found["email"], found["phone"]) == ("info@nordlicht.example", "+49401234567")
    assert address_parts(found["address"]) == ("Am Kanal 5", "20095", "Hamburg", "DE")


def test_a_social_profile():
    found = dict(said(PROFILE))

    assert (found["first_name"], found["last_name"]) == ("Petra", "von der Heide")
    assert (found["position"], found["company"]) == ("Head of Sales", "Alpenblick AG")
    assert found["xing"] == "https://www.xing.com/profile/Petra_vonderHeide"


def test_an_austrian_signature_in_one_line():
    found = said(AUSTRIAN)

    assert ("address", "Stephansplatz 3\n1010\nWien\nAT") in found
    assert [pair for pair in found if pair[0] in ("phone", "mobile")] == [
        ("phone", "+4315123456"),
        ("mobile", "+436641234567"),
    ]
    assert {
        ("vat_id", "ATU13585627"),
        ("register_number", "FN 122119m"),
        ("position", "Vertriebsassistent"),
    } <= set(found)


@pytest.mark.parametrize(
    "text", ["", "\0", "Tel " * 5000, "a" * 99_999, "1 " * 9999, "@" * 9999, "GmbH & Co. " * 3000]
)
def test_hostile_texts_are_read_quickly(text):
    assert isinstance(recognise(text), list)
