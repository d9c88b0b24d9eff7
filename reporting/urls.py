"""Addresses of the reports."""

from django.urls import path

from reporting import (
    call_views,
    evaluation_views,
    judgement_views,
    planning_views,
    purchase_views,
    views,
)

app_name = "reporting"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("calls/", call_views.calls, name="calls"),
    path("calls/behind/", call_views.calls_of_figure, name="calls_behind"),
    path("parts/<slug:part>/", views.dashboard_part, name="dashboard_part"),
    path("changes/", views.changes, name="changes"),
    path("deals/", views.deals, name="deals"),
    path("deals/<int:pk>/judgement/", judgement_views.deal_judgement, name="deal_judgement"),
    path("deals/<int:pk>/judge/", judgement_views.deal_judge, name="deal_judge"),
    path("forecast/", views.forecast, name="forecast"),
    path("forecast/review/", views.forecast_review, name="forecast_review"),
    path("leads/", views.leads, name="leads"),
    path("funnel/", views.funnel_ribbon, name="funnel_ribbon"),
    path("wall/", views.wall, name="wall"),
    path("wall/figures/", views.wall_figures, name="wall_figures"),
    path("purchases/", purchase_views.purchases, name="purchases"),
    path("companies/<int:pk>/suggestions/", purchase_views.company_suggestions, name="company_suggestions"),
    path("offers/<int:pk>/suggestions/", purchase_views.offer_suggestions, name="offer_suggestions"),
    path("targets/", views.targets, name="targets"),
    path("evaluation/", evaluation_views.evaluation, name="evaluation"),
    path("activities/", evaluation_views.activities, name="activities"),
    path("calculator/", planning_views.calculator, name="calculator"),
    path("calculator/scenarios/add/", planning_views.scenario_add, name="scenario_add"),
    path("calculator/scenarios/<int:pk>/", planning_views.scenario_detail, name="scenario_detail"),
    path("calculator/scenarios/<int:pk>/save/", planning_views.scenario_save, name="scenario_save"),
    path("calculator/scenarios/<int:pk>/targets/", planning_views.scenario_targets, name="scenario_targets"),
    path("calculator/scenarios/<int:pk>/archive/", planning_views.scenario_archive, name="scenario_archive"),
]
