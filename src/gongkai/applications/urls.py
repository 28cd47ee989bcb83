"""Addresses of the pages of applications."""

from django.urls import include, path

from gongkai.applications.views import (
    acts,
    board,
    changes,
    checks,
    confirming,
    counter,
    feeds,
    fees,
    papers,
    redacting,
    register,
    revealing,
)

app_name = "applications"
urlpatterns = [
    path("", register.index, name="list"),
    path("export/", register.export, name="export"),
    path("board/", board.index, name="board"),
    path("feeds/", feeds.index, name="feeds"),
    path("feeds/<int:number>/revoke/", feeds.revoke, name="feed-revoke"),
    path("feeds/<str:token>.ics", feeds.feed, name="feed"),
    path("fees/", fees.index, name="fees"),
    path("fees/export/", fees.export, name="fees-export"),
    path("counter/", counter.register, name="counter"),
    path("counter/likeness/", counter.likeness, name="likeness"),
    path("confirming/", confirming.queue, name="confirming"),
    path("imports/", include("gongkai.applications.urls_imports")),
    path("letters/", include("gongkai.applications.urls_letters")),
    path("", include("gongkai.applications.urls_beside")),
    path("changes/", changes.index, name="changes"),
    path("changes/<int:number>/seen/", changes.seen, name="change-seen"),
    path("papers/<int:number>/", papers.download, name="download"),
    path("papers/<int:number>/redaction/", include(redacting.desk.urls)),
    path("papers/<int:number>/redaction/copies/<int:pk>/release/", redacting.release, name="redaction-release"),
    path("evidence/<int:number>/", papers.evidence, name="evidence"),
    path("checks/", checks.index, name="checks"),
    path("<int:number>/", acts.detail, name="detail"),
    path("<int:number>/receipt/", counter.receipt, name="receipt"),
    path("<int:number>/checks/", checks.case, name="case-checks"),
    path("<int:number>/checks/explain/", checks.explain, name="explain"),
    path("<int:number>/receipt/letter/", counter.receipt_letter, name="receipt-letter"),
    path("<int:number>/reveal/", revealing.reveal, name="reveal"),
    *(path(f"<int:number>/{act.name}/", acts.do, {"name": act.name}, name=act.name) for act in acts.ACTS),
]
