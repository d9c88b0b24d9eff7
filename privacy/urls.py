"""Addresses of data protection."""

from django.urls import path

from privacy.views import overview, persons, reports, requests, retention

app_name = "privacy"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("persons/<int:pk>/panel/", persons.person_panel, name="person_panel"),
    path("persons/<int:pk>/history/", persons.person_history, name="person_history"),
    path("persons/<int:pk>/report/", reports.person_report, name="person_report"),
    path("reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<int:pk>/file/", reports.report_file, name="report_file"),
    path("persons/<int:pk>/erase/", persons.person_erase, name="person_erase"),
    path("persons/<int:pk>/restrict/", persons.person_restrict, name="person_restrict"),
    path("persons/<int:pk>/unrestrict/", persons.person_unrestrict, name="person_unrestrict"),
    path("persons/<int:pk>/request/", requests.request_note, name="request_note"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request_answer"),
    path("proposals/<int:pk>/confirm/", retention.proposal_confirm, name="proposal_confirm"),
    path("proposals/<int:pk>/postpone/", retention.proposal_postpone, name="proposal_postpone"),
    path("kept-records/delete/", retention.kept_records_delete, name="kept_records_delete"),
]
