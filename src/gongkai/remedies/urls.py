"""Addresses of the pages of reconsiderations and suits."""

from django.urls import path

from gongkai.remedies.views import detail, listing, registering

app_name = "remedies"
urlpatterns = [
    path("", listing.index, name="list"),
    path("table/", listing.table, name="table"),
    path("new/", registering.new, name="new"),
    path("<int:number>/", detail.detail, name="detail"),
    path("<int:number>/enter/<slug:happened>/", detail.enter, name="enter"),
    path("<int:number>/strike/", detail.strike, name="strike"),
    path("<int:number>/reveal/", detail.reveal, name="reveal"),
    path("<int:number>/evidence/", detail.evidence, name="evidence"),
    path("<int:number>/documents/<int:event>/", detail.document, name="document"),
]
