"""What must be true between customers and what they bought, checked every night."""

import logging

from django.db import transaction

from contacts.purchases import repair_purchases

logger = logging.getLogger(__name__)


@transaction.atomic
def check_purchases() -> tuple[list[int], list[int]]:
    """Compare what companies and persons say they bought with orders and wins; log and repair what differs.

    Repairing is safe, because the mirror is derived; the error in the log says that some write went past the
    actions. Answers the keys of the companies and of the persons that differed.
    """
    companies, persons = repair_purchases()
    for kind, keys in (("company", companies), ("person", persons)):
        for pk in keys:
            logger.error("Purchases of %s %s did not mirror its orders and wins; repaired", kind, pk)
    return companies, persons
