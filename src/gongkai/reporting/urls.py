"""Addresses of the pages of the annual report."""

from django.urls import path

from gongkai.reporting.views import submission

app_name = "reporting"
urlpatterns = [
    path("<int:number>/", submission.detail, name="submission"),
]
