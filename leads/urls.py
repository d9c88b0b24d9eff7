"""Addresses of leads."""

from django.urls import path

from leads.views import leads, many, panels, recognised, scores, steps

app_name = "leads"

urlpatterns = [
    path("", leads.lead_list, name="lead_list"),
    path("hand-over/", many.leads_hand_over, name="leads_hand_over"),
    path("disqualify/", many.leads_disqualify, name="leads_disqualify"),
    path("disqualify/<int:moment>/undo/", many.leads_disqualify_undo, name="leads_disqualify_undo"),
    path("score/", scores.score_rules, name="score_rules"),
    path("score/add/", scores.score_rule_add, name="score_rule_add"),
    path("score/<int:pk>/edit/", scores.score_rule_edit, name="score_rule_edit"),
    path("chances/", scores.chances, name="chances"),
    path("<int:pk>/", leads.lead_detail, name="lead_detail"),
    path("<int:pk>/edit/", leads.lead_edit, name="lead_edit"),
    path("<int:pk>/state/", steps.lead_state, name="lead_state"),
    path("<int:pk>/disqualify/", steps.lead_disqualify, name="lead_disqualify"),
    path("<int:pk>/reopen/", steps.lead_reopen, name="lead_reopen"),
    path("<int:pk>/undo/<int:change>/", steps.lead_undo, name="lead_undo"),
    path("<int:pk>/take/", steps.lead_take, name="lead_take"),
    path("<int:pk>/assign/", steps.lead_assign, name="lead_assign"),
    path("<int:pk>/link/<str:kind>/<int:row>/", steps.lead_link, name="lead_link"),
    path("recognised/<int:pk>/seen/", recognised.recognition_seen, name="recognition_seen"),
    path("recognised/<int:pk>/overrule/", recognised.recognition_overrule, name="recognition_overrule"),
    path("companies/<int:pk>/panel/", panels.company_leads, name="company_leads"),
    path("persons/<int:pk>/panel/", panels.person_leads, name="person_leads"),
]
