"""Permanent addresses of the published reports. None is ever given to anything else."""

from django.urls import path

from gongkai.reporting.views import public

app_name = "reports"
urlpatterns = [
    path("", public.index, name="list"),
    path("<slug:slug>/", public.body, name="body"),
    path("<slug:slug>/trends/", public.trend, name="trends"),
    path("<slug:slug>/<int:year>/", public.report, name="report"),
    path("<slug:slug>/<int:year>/v<int:version>/", public.report, name="version"),
    path("<slug:slug>/<int:year>/v<int:version>/report.<slug:format>", public.file, name="file"),
]
