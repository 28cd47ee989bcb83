"""Addresses of the pages of the annual report."""

from django.urls import include, path

from gongkai.reporting.views import submission

app_name = "reporting"
urlpatterns = [
    path("", include("gongkai.reporting.urls_board")),
    path("<int:number>/", submission.detail, name="submission"),
]
