"""Addresses of the register of normative documents and its clean-ups."""

from django.urls import path

from gongkai.records.views import cleanup

urlpatterns = [
    path("", cleanup.register, name="normative"),
    path("clean-ups/", cleanup.campaigns, name="cleanup-list"),
    path("clean-ups/<int:number>/", cleanup.campaign, name="cleanup"),
    path("clean-ups/<int:number>/print/", cleanup.printed, name="cleanup-print"),
    path("clean-ups/lines/<int:number>/", cleanup.line, name="cleanup-line"),
    path("old-files/", cleanup.old_files, name="old-files"),
]
