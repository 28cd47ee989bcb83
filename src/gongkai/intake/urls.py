"""Addresses of the office's pages on what came in from the web."""

from django.urls import path

from gongkai.intake.views import incoming

app_name = "intake"
urlpatterns = [
    path("", incoming.index, name="list"),
    path("callbacks/<int:number>/reveal/", incoming.reveal, name="reveal"),
    path("callbacks/<int:number>/done/", incoming.done, name="done"),
    path("<uuid:uuid>/retry/", incoming.retry, name="retry"),
    path("<uuid:uuid>/dismiss/", incoming.dismiss, name="dismiss"),
]
