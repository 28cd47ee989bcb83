"""Addresses of the office's pages of published reports."""

from django.urls import path

from gongkai.reporting.views import editions

app_name = "editions"
urlpatterns = [
    path("", editions.index, name="list"),
    path("import/", editions.bring_in, name="import"),
    path("<slug:slug>/", editions.trend, name="trend"),
]
