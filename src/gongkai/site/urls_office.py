"""The addresses of the workbench, room by room."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("gongkai.accounts.sign_on_urls")),
    path("office/", include("gongkai.office.urls")),
    path("office/units/", include("gongkai.units.urls")),
    path("office/people/", include("gongkai.accounts.urls")),
    path("office/journal/", include("gongkai.journal.urls")),
    path("office/review/", include("gongkai.review.urls")),
    path("office/records/", include("gongkai.records.urls")),
    path("office/remedies/", include("gongkai.remedies.urls")),
    path("office/intake/", include("gongkai.intake.urls")),
    path("office/reports/", include("gongkai.reporting.urls")),
    path("office/editions/", include("gongkai.reporting.editions_urls")),
    path("office/decisions/", include("gongkai.decisions.urls")),
    path("office/applications/", include("gongkai.applications.urls")),
    path("office/portal/", include("gongkai.portal.urls_office")),
]
