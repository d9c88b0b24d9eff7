"""The route of the style page."""

from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("", views.style_page, name="style_page"),
]
