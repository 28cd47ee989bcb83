"""Addresses of the pages that take paper registers over."""

from django.urls import path

from gongkai.applications.views import imports

urlpatterns = [
    path("", imports.index, name="imports"),
    path("new/", imports.upload, name="import-upload"),
    path("template/", imports.template, name="import-template"),
    path("<int:number>/", imports.detail, name="import"),
    path("<int:number>/progress/", imports.progress, name="import-progress"),
    path("<int:number>/errors/", imports.errors, name="import-errors"),
    path("<int:number>/settle/", imports.settle, name="import-settle"),
]
