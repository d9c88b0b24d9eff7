"""Locking an offer before anything is done to it: all its versions wait with it."""

from offers.models import Offer, OfferVersion


def lock_version(version: OfferVersion) -> OfferVersion:
    """The version as it stands now, with its offer locked until the end of the transaction.

    Whoever does anything to an offer locks the offer first and its deal after it: acceptance, withdrawal,
    expiry and the sending of a new version come one after the other.
    """
    Offer.objects.select_for_update(of=("self",)).get(pk=version.offer_id)
    return OfferVersion.objects.select_related("offer__deal__company", "offer__deal__person").get(
        pk=version.pk
    )
