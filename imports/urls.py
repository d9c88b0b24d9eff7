"""Routes of the imports: the steps of one have addresses of their own."""

from django.urls import path

from imports.views import files, runs

app_name = "imports"

urlpatterns = [
    path("", runs.import_list, name="import_list"),
    path("add/", runs.import_add, name="import_add"),
    path("templates/<slug:table>/", runs.import_template, name="import_template"),
    path("<int:pk>/", runs.import_detail, name="import_detail"),
    path("<int:pk>/settings/", runs.import_settle, name="import_settle"),
    path("<int:pk>/doubts/", runs.import_doubts, name="import_doubts"),
    path("<int:pk>/check/", runs.import_check, name="import_check"),
    path("<int:pk>/run/", runs.import_run, name="import_run"),
    path("<int:pk>/undo/", runs.import_undo, name="import_undo"),
    path("<int:pk>/discard/", runs.import_discard, name="import_discard"),
    path("files/<int:pk>/", files.file_read, name="file_read"),
    path("files/<int:pk>/columns/", files.file_columns, name="file_columns"),
    path("files/<int:pk>/values/", files.file_values, name="file_values"),
    path("files/<int:pk>/rejects/", files.file_rejects, name="file_rejects"),
]
