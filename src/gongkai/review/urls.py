"""Addresses of the reviewer's pages."""

from django.urls import path

from gongkai.review.views import chains, pages

app_name = "review"
urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("chains/", chains.page, name="chains"),
    path("<int:number>/", pages.detail, name="detail"),
    path("<int:number>/refer/", pages.refer, name="refer"),
    path("<int:number>/determine/", pages.determine, name="determine"),
    path("<int:number>/recuse/", pages.recuse, name="recuse"),
    path("<int:number>/withdraw/", pages.withdraw, name="withdraw"),
]
