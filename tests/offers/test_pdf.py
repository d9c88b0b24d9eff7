"""Offers on paper: every word is there, sums are carried over, anything typed is set."""

import pypdfium2
import pytest

from offers.document import DocumentLine, OfferDocument, Sender, Sum, Term, Words
from offers.pdf import SetPdf, set_pdf

WORDS = Words(
    "Pos.", "Bezeichnung", "Menge", "Einzelpreis", "Rabatt", "Betrag", "Übertrag", "Seite {page} von {pages}"
)


def letter(lines: int = 1, said: str = "Pumpe") -> OfferDocument:
    return OfferDocument(
        language="de",
        title="Angebot 2026-0001",
        subject=f"Angebot {said}",
        sender=Sender("Muster GmbH", "Muster GmbH · Weg 1", (("IBAN DE02",),)),
        receiver=("Kunde GmbH", "Frau Weiß"),
        references=(("Datum", "25.11.2026"),),
        words=WORDS,
        lines=tuple(
            DocumentLine("item", said, position=str(at), amount="10,00 €", carry=f"{at * 10},00 €")
            for at in range(1, lines + 1)
        ),
        sums=(Sum("Summe", f"{lines * 10},00 €", is_total=True),),
        opening=said,
        terms=(Term("Zahlung", "14 Tage netto"),),
        signatures=("Ort, Datum",),
    )


def pages(pdf: SetPdf) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.content)
    return [page.get_textpage().get_text_range() for page in document]


def test_a_short_offer_is_one_page_with_all_of_it():
    (page,) = pages(set_pdf(letter()))

    for words in (
        "Kunde GmbH",
        "Frau Weiß",
        "Pumpe",
        "10,00 €",
        "14 Tage netto",
        "Seite 1 von 1",
        "IBAN DE02",
    ):
        assert words in page
    assert "Übertrag" not in page


def test_what_is_added_up_is_carried_from_page_to_page():
    first, second, *more, last = pages(set_pdf(letter(lines=100)))

    carried = [line for line in first.splitlines() if "Übertrag" in line]
    assert len(carried) == 1
    assert carried[0] in second
    assert second.count("Übertrag") == 2
    assert last.count("Übertrag") == 1
    assert f"Seite {2 + len(more) + 1} von {2 + len(more) + 1}" in last


@pytest.mark.parametrize(
    ("said", "is_archivable"),
    [
        ("ẞ €₂ – „Wörter“", True),
        ("漢字 \N{ROCKET}", False),  # no font here has all of it
        ("#read(\"/etc/passwd\") $x$ *b* ]", True),
        ("a\x00b\x1b\udc80\u202ec", True),
        ("x" * 5000, True),
        ("e" + "\u0301" * 500, True),
    ],
    ids=["german", "no_glyph", "typesetting", "control", "long", "combining"],
)  # fmt: skip
def test_anything_a_person_types_is_set(said, is_archivable):
    pdf = set_pdf(letter(said=said))

    assert pdf.content.startswith(b"%PDF")
    assert not is_archivable or pdf.is_archivable == (b"pdfaid" in pdf.content)


def test_text_is_never_read_as_typesetting():
    (page,) = pages(set_pdf(letter(said="#pagebreak() *fett*")))

    assert "#pagebreak() *fett*" in page
