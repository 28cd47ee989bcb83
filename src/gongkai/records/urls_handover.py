"""Addresses of handing over."""

from django.urls import path

from gongkai.records.views import handover, reconciliation

urlpatterns = [
    path("", handover.index, name="handover-list"),
    path("lists/", handover.lists, name="handover-sealed"),
    path("days/", handover.days, name="handover-days"),
    path("lists/<int:number>/", handover.sealed, name="handover"),
    path("quarters/", reconciliation.index, name="handover-quarters"),
    path("quarters/<int:unit>/<int:year>/<int:quarter>/", reconciliation.quarter, name="handover-quarter"),
    path("<int:unit>/<str:begins_on>/", handover.period, name="handover-period"),
]
