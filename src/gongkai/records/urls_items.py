"""Addresses of the item lists."""

from django.urls import path

from gongkai.records.views import items

urlpatterns = [
    path("", items.index, name="items"),
    path("new/", items.new, name="item-new"),
    path("<int:number>/", items.item, name="item"),
    path("imports/<int:number>/", items.errors, name="item-errors"),
]
