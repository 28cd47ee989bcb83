"""Addresses of the tree."""

from django.urls import path

from gongkai.units.views import guide, pages, reforms, reporters

app_name = "units"
urlpatterns = [
    path("", pages.whole, name="tree"),
    path("establish/", reforms.establish, name="establish"),
    path("reporters/", reporters.page, name="reporters"),
    path("reporters.csv", reporters.export, name="reporters-csv"),
    path("<int:number>/", pages.detail, name="detail"),
    path("<int:number>/guide/", guide.edit, name="guide"),
    *(path(f"<int:number>/{act}/", reforms.reform, {"act": act}, name=act) for act in reforms.ACTS),
]
