"""The addresses of the site, room by room."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("office/", include("gongkai.office.urls")),
    path("office/review/", include("gongkai.review.urls")),
    path("office/records/", include("gongkai.records.urls")),
]
