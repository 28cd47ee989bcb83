"""Addresses of the gazette."""

from django.urls import path

from gongkai.records.views import gazette

urlpatterns = [
    path("", gazette.index, name="gazette-list"),
    path("<int:number>/", gazette.issue, name="gazette"),
    path("<int:number>/place/", gazette.place, name="gazette-place"),
    path("<int:number>/distribution/", gazette.distribute, name="gazette-distribute"),
    path("<int:number>/publish/", gazette.publish, name="gazette-publish"),
    path("<int:number>/print/", gazette.printed, name="gazette-print"),
    path("entries/<int:number>/up/", gazette.move_up, name="gazette-move-up"),
    path("entries/<int:number>/remove/", gazette.take_out, name="gazette-take-out"),
]
