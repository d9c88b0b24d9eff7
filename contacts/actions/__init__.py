"""Every write to the customer database: companies, persons, how to reach them, who works where."""

from contacts.actions.companies import CompanyFacts, add_company, edit_company
from contacts.actions.contact import archive, unarchive
from contacts.actions.employments import (
    add_employee,
    below,
    edit_employment,
    employ,
    end_employment,
    report_to,
)
from contacts.actions.kinds import mark_as
from contacts.actions.knowledge import drop_value, forget_interest, note_interest, state_value
from contacts.actions.law import (
    Consent,
    note_existing_customer,
    note_presumed_consent,
    note_use,
    record_consent,
    record_objection,
    withdraw,
)
from contacts.actions.many import archive_contacts, give_contacts, tag_contacts, unarchive_contacts
from contacts.actions.persons import PersonFacts, add_person, edit_person
from contacts.actions.photos import set_photo
from contacts.actions.presuming import Presumed, presume_consent
from contacts.actions.reach import AddressFacts, ChannelFacts, Reach, add_channel
from contacts.actions.taking_over import take_over

__all__ = [
    "AddressFacts",
    "ChannelFacts",
    "CompanyFacts",
    "Consent",
    "PersonFacts",
    "Presumed",
    "Reach",
    "add_channel",
    "add_company",
    "add_employee",
    "add_person",
    "archive",
    "archive_contacts",
    "below",
    "drop_value",
    "edit_company",
    "edit_employment",
    "edit_person",
    "employ",
    "end_employment",
    "forget_interest",
    "give_contacts",
    "mark_as",
    "note_existing_customer",
    "note_interest",
    "note_presumed_consent",
    "note_use",
    "presume_consent",
    "record_consent",
    "record_objection",
    "report_to",
    "set_photo",
    "state_value",
    "tag_contacts",
    "take_over",
    "unarchive",
    "unarchive_contacts",
    "withdraw",
]
