"""Routes of the intake; those under f/, confirm/ and api/ are public."""

from django.urls import path

from intake.views.api import api_leads
from intake.views.entry import lead_add
from intake.views.forms import form_add, form_detail, form_edit, form_list, form_preview
from intake.views.keys import key_make, key_revoke, source_keys
from intake.views.prospecting import companies_prospect, prospecting_report
from intake.views.public import consent_confirm, form_page, form_thanks
from intake.views.submissions import submission_detail, submission_file, submission_list, submission_process
from intake.views.visits import visit_script, visit_view

app_name = "intake"
EMBEDDED = {"is_embedded": True}
urlpatterns = [
    path("f/<slug:address>/", form_page, name="form_page"),
    path("f/<slug:address>/thanks/", form_thanks, name="form_thanks"),
    path("f/<slug:address>/embed/", form_page, EMBEDDED, name="embedded_form"),
    path("f/<slug:address>/embed/thanks/", form_thanks, EMBEDDED, name="embedded_thanks"),
    path("confirm/<str:token>/", consent_confirm, name="consent_confirm"),
    path("w/<slug:address>/visits.js", visit_script, name="visit_script"),
    path("w/<slug:address>/view/", visit_view, name="visit_view"),
    path("api/leads/", api_leads, name="api_leads"),
    path("leads/add/", lead_add, name="lead_add"),
    path("prospecting/", companies_prospect, name="companies_prospect"),
    path("prospecting/<int:pk>/", prospecting_report, name="prospecting_report"),
    path("forms/", form_list, name="form_list"),
    path("forms/add/", form_add, name="form_add"),
    path("forms/<int:pk>/", form_detail, name="form_detail"),
    path("forms/<int:pk>/edit/", form_edit, name="form_edit"),
    path("forms/<int:pk>/preview/", form_preview, name="form_preview"),
    path("submissions/", submission_list, name="submission_list"),
    path("submissions/<int:pk>/", submission_detail, name="submission_detail"),
    path("submissions/<int:pk>/process/", submission_process, name="submission_process"),
    path("submissions/<int:pk>/files/<int:file>/", submission_file, name="submission_file"),
    path("keys/", source_keys, name="source_keys"),
    path("keys/make/", key_make, name="key_make"),
    path("keys/<int:pk>/revoke/", key_revoke, name="key_revoke"),
]
