"""Addresses of the journal."""

from django.urls import path

from gongkai.journal.views import pages

app_name = "journal"
urlpatterns = [
    path("", pages.entries, name="entries"),
    path("verify/", pages.verification, name="verify"),
]
