"""Addresses of the customer database."""

from django.urls import path

from contacts.models import Company, Person
from contacts.views import (
    archive,
    companies,
    confirming,
    duplicates,
    employments,
    knowledge,
    law,
    many,
    merging,
    options,
    persons,
    photos,
    recognising,
)

app_name = "contacts"

COMPANY = {"kind": Company}
PERSON = {"kind": Person}

urlpatterns = [
    path("companies/", companies.company_list, name="company_list"),
    path("companies/add/", companies.company_add, name="company_add"),
    path("companies/options/", options.company_options, name="company_options"),
    path("companies/give/", many.contacts_give, COMPANY, name="companies_give"),
    path("companies/reason-for-calls/", many.contacts_presume, COMPANY, name="companies_presume"),
    path("companies/tag/", many.contacts_tag, COMPANY, name="companies_tag"),
    path("companies/archive/", many.contacts_archive, COMPANY, name="companies_archive"),
    path(
        "companies/archive/undo/<int:moment>/",
        many.contacts_archive_undo,
        COMPANY,
        name="companies_archive_undo",
    ),
    path("companies/<int:pk>/", companies.company_detail, name="company_detail"),
    path("companies/<int:pk>/edit/", companies.company_edit, name="company_edit"),
    path("companies/<int:pk>/archive/", archive.contact_archive, COMPANY, name="company_archive"),
    path("companies/<int:pk>/unarchive/", archive.contact_unarchive, COMPANY, name="company_unarchive"),
    path("companies/<int:pk>/recognise/", recognising.recognise, COMPANY, name="company_recognise"),
    path("companies/<int:pk>/people/add/", employments.employee_add, name="employee_add"),
    path("companies/<int:pk>/people/join/", employments.employee_join, name="employee_join"),
    path("companies/<int:pk>/law/", law.law_show, COMPANY, name="company_law"),
    path("companies/<int:pk>/law/<slug:what>/", law.law_note, COMPANY, name="company_law_note"),
    path("stand/<slug:kind>/<int:pk>/confirm/", confirming.stand_confirm, name="stand_confirm"),
    path("places/options/", options.place_options, name="place_options"),
    path("tags/options/", options.tag_options, name="tag_options"),
    path("persons/", persons.person_list, name="person_list"),
    path("persons/add/", persons.person_add, name="person_add"),
    path("persons/options/", options.person_options, name="person_options"),
    path("persons/give/", many.contacts_give, PERSON, name="persons_give"),
    path("persons/reason-for-calls/", many.contacts_presume, PERSON, name="persons_presume"),
    path("persons/tag/", many.contacts_tag, PERSON, name="persons_tag"),
    path("persons/archive/", many.contacts_archive, PERSON, name="persons_archive"),
    path(
        "persons/archive/undo/<int:moment>/", many.contacts_archive_undo, PERSON, name="persons_archive_undo"
    ),
    path("persons/<int:pk>/", persons.person_detail, name="person_detail"),
    path("persons/<int:pk>/edit/", persons.person_edit, name="person_edit"),
    path("persons/<int:pk>/archive/", archive.contact_archive, PERSON, name="person_archive"),
    path("persons/<int:pk>/unarchive/", archive.contact_unarchive, PERSON, name="person_unarchive"),
    path("persons/<int:pk>/recognise/", recognising.recognise, PERSON, name="person_recognise"),
    path("persons/<int:pk>/photo/", photos.person_photo, name="person_photo"),
    path("persons/<int:pk>/photo/file/", photos.person_photo_file, name="person_photo_file"),
    path("persons/at-hand/", knowledge.at_hand, name="at_hand"),
    path("persons/<int:pk>/at-hand/", knowledge.person_at_hand, name="person_at_hand"),
    path("persons/<int:pk>/interests/note/", knowledge.interest_note, name="interest_note"),
    path("persons/<int:pk>/interests/<int:key>/forget/", knowledge.interest_forget, name="interest_forget"),
    path("persons/<int:pk>/values/state/", knowledge.value_state, name="value_state"),
    path("persons/<int:pk>/values/<int:key>/drop/", knowledge.value_drop, name="value_drop"),
    path("persons/<int:pk>/companies/join/", employments.employer_join, name="employer_join"),
    path("persons/<int:pk>/law/", law.law_show, PERSON, name="person_law"),
    path("persons/<int:pk>/law/<slug:what>/", law.law_note, PERSON, name="person_law_note"),
    path("law/<int:pk>/withdraw/", law.law_withdraw, name="law_withdraw"),
    path("companies/twins/", duplicates.twins, COMPANY, name="company_twins"),
    path("persons/twins/", duplicates.twins, PERSON, name="person_twins"),
    path("companies/merge/", merging.merge_chosen, COMPANY, name="companies_merge"),
    path("persons/merge/", merging.merge_chosen, PERSON, name="persons_merge"),
    path("companies/<int:pk>/merge/", merging.merge_with, COMPANY, name="company_merge_with"),
    path("persons/<int:pk>/merge/", merging.merge_with, PERSON, name="person_merge_with"),
    path("companies/<int:pk>/merge/<int:other>/", merging.merge_pair, COMPANY, name="company_merge"),
    path("persons/<int:pk>/merge/<int:other>/", merging.merge_pair, PERSON, name="person_merge"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="merge_undo"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/<int:pk>/<slug:state>/", duplicates.duplicate_decide, name="duplicate_decide"),
    path("employments/<int:pk>/edit/", employments.employment_edit, name="employment_edit"),
    path("employments/<int:pk>/end/", employments.employment_end, name="employment_end"),
]
