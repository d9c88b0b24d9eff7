"""The file of a version that goes to a customer: set once, kept byte by byte."""

from django.db import transaction

from offers.letters import letter_of
from offers.models import OfferVersion, SentDocument
from offers.pdf import set_pdf


@transaction.atomic
def keep_document(version: OfferVersion) -> SentDocument:
    """The PDF of a sent version; the first call sets it, every other one answers the same.

    It is set within the transaction that draws its number: so none is sent without its file, and thirty
    milliseconds keep nobody waiting.
    """
    kept = SentDocument.objects.filter(version=version).first()
    if kept is not None:
        return kept
    pdf = set_pdf(letter_of(version))
    return SentDocument.objects.create(
        version=version, content=pdf.content, sha256=pdf.sha256, is_archivable=pdf.is_archivable
    )
