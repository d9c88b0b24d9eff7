"""Routes of rules."""

from django.urls import path

from automation import views

app_name = "automation"

urlpatterns = [
    path("rules/", views.rule_list, name="rule_list"),
    path("rules/add/", views.rule_add, name="rule_add"),
    path("rules/ready-made/<slug:code>/", views.ready_made_take, name="ready_made_take"),
    path("rules/<int:pk>/", views.rule_detail, name="rule_detail"),
    path("rules/<int:pk>/edit/", views.rule_edit, name="rule_edit"),
    path("rules/<int:pk>/switch/", views.rule_switch, name="rule_switch"),
    path("hits/<int:pk>/stop/", views.hit_stop, name="hit_stop"),
    path("deals/<int:pk>/panel/", views.deal_panel, name="deal_panel"),
    path("companies/<int:pk>/panel/", views.company_panel, name="company_panel"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/seen/", views.notice_seen, name="notice_seen"),
]
