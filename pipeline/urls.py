"""Addresses of the funnel."""

from django.urls import path

from pipeline.views import board, conversion, customer_deals, deals, many, moves, people

app_name = "pipeline"

urlpatterns = [
    path("board/", board.deal_board, name="deal_board"),
    path("board/columns/<int:stage>/", board.deal_column, name="deal_column"),
    path("board/news/", board.board_news, name="board_news"),
    path("companies/<int:pk>/deals/", customer_deals.company_deals, name="company_deals"),
    path("persons/<int:pk>/deals/", customer_deals.person_deals, name="person_deals"),
    path("leads/convert/", conversion.leads_convert, name="leads_convert"),
    path("leads/<int:pk>/convert/", conversion.lead_convert, name="lead_convert"),
    path("leads/<int:pk>/outcome/", conversion.lead_outcome, name="lead_outcome"),
    path("conversions/<int:pk>/undo/", conversion.conversion_undo, name="conversion_undo"),
    path("conversions/jobs/<int:pk>/", conversion.conversion_report, name="conversion_report"),
    path("deals/", deals.deal_list, name="deal_list"),
    path("deals/add/", deals.deal_add, name="deal_add"),
    path("deals/add/<int:stage>/", deals.deal_quick_add, name="deal_quick_add"),
    path("deals/hand-over/", many.deals_hand_over, name="deals_hand_over"),
    path("deals/lose/", many.deals_lose, name="deals_lose"),
    path("deals/lose/undo/<int:moment>/", many.deals_lose_undo, name="deals_lose_undo"),
    path("deals/<int:pk>/", deals.deal_detail, name="deal_detail"),
    path("deals/<int:pk>/edit/", deals.deal_edit, name="deal_edit"),
    path("deals/<int:pk>/facts/<slug:name>/", deals.deal_fact, name="deal_fact"),
    path("deals/<int:pk>/panel/", deals.deal_panel, name="deal_panel"),
    path("deals/<int:pk>/card/", board.deal_card, name="deal_card"),
    path("deals/<int:pk>/move/", moves.deal_move, name="deal_move"),
    path("deals/<int:pk>/win/", moves.deal_win, name="deal_win"),
    path("deals/<int:pk>/lose/", moves.deal_lose, name="deal_lose"),
    path("deals/<int:pk>/reopen/", moves.deal_reopen, name="deal_reopen"),
    path("deals/<int:pk>/undo/<int:seen_seq>/", moves.deal_undo, name="deal_undo"),
    path("deals/<int:pk>/criteria/tick/", people.criterion_tick, name="criterion_tick"),
    path("deals/<int:pk>/people/name/", people.person_name, name="person_name"),
    path("deals/<int:pk>/people/<int:named_pk>/withdraw/", people.person_withdraw, name="person_withdraw"),
    path("deals/<int:pk>/members/add/", people.member_add, name="member_add"),
    path("deals/<int:pk>/members/<int:member_pk>/remove/", people.member_remove, name="member_remove"),
]
