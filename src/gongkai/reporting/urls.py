"""Addresses of the pages of the annual report."""

from django.urls import include, path

app_name = "reporting"
urlpatterns = [
    path("", include("gongkai.reporting.urls_board")),
    path("", include("gongkai.reporting.urls_submission")),
]
