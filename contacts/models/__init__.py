"""The customer database: companies, persons, who works where, and how to reach them."""

from contacts.models.buying import Buyer, CustomerSetting, CustomerStatus, dormant_since
from contacts.models.company import Company
from contacts.models.contact import ContactQuerySet
from contacts.models.duplicate import DuplicatePair, DuplicatePairQuerySet, DuplicateSearch, MatchKey
from contacts.models.employment import BuyingRole, Employment, EmploymentQuerySet
from contacts.models.knowledge import PersonInterest, PersonValue
from contacts.models.law import LegalEntry, LegalEntryQuerySet, LegalUse, Means, Suppression
from contacts.models.merge import MergeRecord, MergeRecordQuerySet
from contacts.models.person import LANGUAGES, Person, PersonQuerySet
from contacts.models.place import PostalCode
from contacts.models.reach import Address, Channel
from contacts.models.stand import FieldStand
from contacts.models.tag import Tag, Tagging

__all__ = [
    "LANGUAGES",
    "Address",
    "Buyer",
    "BuyingRole",
    "Channel",
    "Company",
    "ContactQuerySet",
    "CustomerSetting",
    "CustomerStatus",
    "DuplicatePair",
    "DuplicatePairQuerySet",
    "DuplicateSearch",
    "Employment",
    "EmploymentQuerySet",
    "FieldStand",
    "LegalEntry",
    "LegalEntryQuerySet",
    "LegalUse",
    "MatchKey",
    "Means",
    "MergeRecord",
    "MergeRecordQuerySet",
    "Person",
    "PersonInterest",
    "PersonQuerySet",
    "PersonValue",
    "PostalCode",
    "Suppression",
    "Tag",
    "Tagging",
    "dormant_since",
]
