from django.urls import path

from dangwu.members import account_pages, answering, changing, group_pages, mine, reorganising_pages, views

roster = [
    path("members/", views.roster, name="members"),
    path("members/found/", views.finder, name="members-found"),
    path("members/new/", changing.new, name="member-new"),
    path("members/corrections/", answering.requests, name="corrections"),
    path("members/corrections/<int:pk>/", answering.answer, name="correction-answer"),
    path("members/accounts/", account_pages.found, name="accounts-found-free"),
]
member = [
    path("members/<int:pk>/", views.member, name="member"),
    path("members/<int:pk>/describe/", changing.describe, name="member-describe"),
    path("members/<int:pk>/admission/", changing.admit, name="member-admission"),
    path("members/<int:pk>/membership/", changing.advance, name="member-advance"),
    path("members/<int:pk>/transfer/", changing.transfer, name="member-transfer"),
    path("members/<int:pk>/group/", changing.regroup, name="member-regroup"),
    path("members/<int:pk>/leave/", changing.leave_here, name="member-leave"),
    path("members/<int:pk>/circumstances/", changing.settle, name="member-settle"),
    path("members/<int:pk>/posts/new/", changing.post, name="post-take"),
    path("members/<int:pk>/posts/<int:row>/leave/", changing.end_post, name="post-leave"),
    path("members/<int:pk>/groups/new/", changing.join, name="member-join-group"),
    path("members/<int:pk>/groups/<int:row>/leave/", changing.end_group, name="member-leave-group"),
    path("members/<int:pk>/rows/<str:word>/<int:row>/", changing.correct, name="member-correct"),
    path("members/<int:pk>/arrivals/<int:row>/", changing.correct_arrival, name="member-correct-transfer"),
    path("members/<int:pk>/numbers/<str:column>/", account_pages.show, name="member-reveal"),
    path("members/<int:pk>/account/", account_pages.link, name="member-link"),
    path("members/<int:pk>/account/end/", account_pages.unlink, name="member-unlink"),
]
own = [
    path("me/", mine.page, name="mine"),
    path("me/copy/", mine.own_copy, name="own-copy"),
    path("me/letters/", mine.letters, name="letters"),
    path("me/correct/<str:column>/", mine.ask, name="correction-ask"),
    path("me/correct/<str:word>/<int:row>/<str:column>/", mine.ask_row, name="correction-ask-row"),
]
organisations = [
    path("organisations/<int:pk>/merge/", reorganising_pages.merge, name="organisation-merge"),
    path("organisations/<int:pk>/split/", reorganising_pages.split, name="organisation-split"),
    path("organisations/<int:pk>/dissolve/", reorganising_pages.dissolve, name="organisation-dissolve"),
    path("organisations/<int:pk>/groups/<int:group>/disband/", group_pages.disband, name="group-disband"),
]
urlpatterns = roster + member + own + organisations
