"""Addresses of activities."""

from django.urls import path, register_converter

from activities.views import (
    appointments,
    calendar,
    callers,
    entries,
    files,
    follow_ups,
    handover,
    keys,
    many,
    mentions,
    panels,
    versions,
    week,
)


class SubjectConverter:
    """What an activity is written beside, as the address names it."""

    regex = "deals|companies|persons|leads"

    def to_python(self, value: str) -> str:
        """The word itself."""
        return value

    def to_url(self, value: str) -> str:
        """The word itself."""
        return value


register_converter(SubjectConverter, "subject")

app_name = "activities"

urlpatterns = [
    path("today/", panels.today, name="today"),
    path("week/", week.week, name="week"),
    path("reminders/", mentions.reminders, name="reminders"),
    path("caller/", callers.caller, name="caller"),
    path("caller.json", callers.caller_lookup, name="caller_lookup"),
    path("keys/", keys.access_keys, name="access_keys"),
    path("keys/make/", keys.key_make, name="key_make"),
    path("keys/<int:pk>/revoke/", keys.key_revoke, name="key_revoke"),
    path("colleagues/", mentions.colleague_options, name="colleague_options"),
    path("mentions/<int:pk>/seen/", mentions.mention_seen, name="mention_seen"),
    path("mentions/<int:pk>/unseen/", mentions.mention_unseen, name="mention_unseen"),
    path("appointments/<int:pk>/nearby/", week.appointment_nearby, name="appointment_nearby"),
    path("deals/follow-up/", many.deals_follow_up, name="deals_follow_up"),
    path("deals/<int:pk>/panel/", panels.deal_panel, name="deal_panel"),
    path("companies/<int:pk>/panel/", panels.company_panel, name="company_panel"),
    path("persons/<int:pk>/panel/", panels.person_panel, name="person_panel"),
    path("leads/<int:pk>/panel/", panels.lead_panel, name="lead_panel"),
    path("deals/<int:pk>/next-step/", follow_ups.deal_next_step, name="deal_next_step"),
    path("<subject:kind>/<int:pk>/timeline/", panels.timeline, name="timeline"),
    path("<subject:kind>/<int:pk>/call/", entries.call_log, name="call_log"),
    path("<subject:kind>/<int:pk>/appointment/", appointments.appointment_agree, name="appointment_agree"),
    path(
        "<subject:kind>/<int:pk>/appointment/clashes/",
        appointments.appointment_clashes,
        name="appointment_clashes",
    ),
    path("<subject:kind>/<int:pk>/online-meeting/", appointments.meeting_agree, name="meeting_agree"),
    path("<subject:kind>/<int:pk>/letter/", entries.letter_log, name="letter_log"),
    path("<subject:kind>/<int:pk>/note/", entries.note_write, name="note_write"),
    path("<subject:kind>/<int:pk>/follow-up/", follow_ups.follow_up_plan, name="follow_up_plan"),
    path("follow-ups/<int:pk>/done/", follow_ups.follow_up_finish, name="follow_up_finish"),
    path("follow-ups/<int:pk>/reopen/", follow_ups.follow_up_reopen, name="follow_up_reopen"),
    path("follow-ups/<int:pk>/postpone/", follow_ups.follow_up_postpone, name="follow_up_postpone"),
    path("follow-ups/<int:pk>/postpone/<str:on>/", follow_ups.follow_up_put_back, name="follow_up_put_back"),
    path("follow-ups/<int:pk>/edit/", follow_ups.follow_up_edit, name="follow_up_edit"),
    path("appointments/<int:pk>/held/", appointments.appointment_hold, name="appointment_hold"),
    path("appointments/<int:pk>/no-show/", appointments.appointment_miss, name="appointment_miss"),
    path("appointments/<int:pk>/cancel/", appointments.appointment_cancel, name="appointment_cancel"),
    path("appointments/<int:pk>/reopen/", appointments.appointment_reopen, name="appointment_reopen"),
    path("appointments/<int:pk>/calendar.ics", calendar.appointment_file, name="appointment_file"),
    path("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("entries/<int:pk>/edit/", entries.activity_edit, name="activity_edit"),
    path("entries/<int:pk>/remove/", entries.activity_remove, name="activity_remove"),
    path("entries/<int:pk>/restore/", entries.activity_restore, name="activity_restore"),
    path("entries/<int:pk>/files/<int:file>/put-back/", files.file_put_back, name="file_put_back"),
    path("files/add/", files.file_add, name="file_add"),
    path("files/<int:pk>/", files.file_download, name="file_download"),
    path("files/<int:pk>/remove/", files.file_remove, name="file_remove"),
    path("entries/<int:pk>/versions/", versions.activity_versions, name="activity_versions"),
    path("users/<int:pk>/hand-over/", handover.user_hand_over, name="hand_over"),
]
