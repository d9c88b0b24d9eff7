"""Addresses of call lists."""

from django.urls import path

from calling.views import desk, lists

app_name = "calling"

urlpatterns = [
    path("", lists.call_lists, name="call_lists"),
    path("start/", lists.list_start, name="list_start"),
    path("of/<slug:code>/", lists.rows_call, name="rows_call"),
    path("<int:pk>/", desk.desk, name="desk"),
    path("<int:pk>/next/", desk.entry_next, name="entry_next"),
    path("<int:pk>/end/", lists.list_end, name="list_end"),
    path("entries/<int:pk>/call/", desk.entry_call, name="entry_call"),
    path("entries/<int:pk>/skip/", desk.entry_skip, name="entry_skip"),
    path("entries/<int:pk>/leave-out/", desk.entry_leave_out, name="entry_leave_out"),
    path("entries/<int:pk>/leave/", desk.entry_leave, name="entry_leave"),
    path("entries/<int:pk>/keep/", desk.entry_keep, name="entry_keep"),
]
