"""The addresses of the public side. Those of things (a record, a report) are permanent."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("gongkai.api.urls")),
    path("reports/", include("gongkai.reporting.public_urls")),
    path("apply/", include("gongkai.intake.public_urls")),
    path("", include("gongkai.portal.urls")),
]

handler404 = "gongkai.portal.views.errors.missing"
handler500 = "gongkai.portal.views.errors.broken"
