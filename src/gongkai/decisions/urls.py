"""Addresses of the decisions' pages."""

from django.urls import path

from gongkai.decisions.views import annual, batches, detail, listing

app_name = "decisions"
urlpatterns = [
    path("", listing.index, name="list"),
    path("counts/", listing.counts, name="counts"),
    path("publish/", detail.publish, name="publish"),
    path("<int:number>/", detail.detail, name="detail"),
    path("<int:number>/name/", detail.reveal, name="reveal"),
    path("<int:number>/change/", detail.change, name="change"),
    path("<int:number>/withdraw/", detail.withdraw, name="withdraw"),
    path("imports/", batches.index, name="batches"),
    path("imports/new/", batches.upload, name="upload"),
    path("imports/template/<slug:dataset>/", batches.template, name="template"),
    path("imports/<int:number>/", batches.detail, name="batch"),
    path("imports/<int:number>/progress/", batches.progress, name="progress"),
    path("imports/<int:number>/errors/", batches.errors, name="errors"),
    path("imports/<int:number>/settle/", batches.settle, name="settle"),
    path("charges/", annual.charges, name="charges"),
    path("charges/new/", annual.charge, name="charge-new"),
    path("charges/<int:number>/", annual.charge, name="charge"),
    path("procurement/", annual.procurements, name="procurements"),
    path("procurement/new/", annual.procurement, name="procurement-new"),
    path("procurement/<int:number>/", annual.procurement, name="procurement"),
]
