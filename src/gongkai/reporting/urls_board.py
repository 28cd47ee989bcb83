"""Addresses of the pages of a campaign."""

from django.urls import path

from gongkai.reporting.views import board, board_acts

urlpatterns = [
    path("", board.campaigns, name="campaigns"),
    path("mine/", board.mine, name="mine"),
    path("open/", board_acts.open_year, name="open"),
    path("campaigns/<int:number>/", board.index, name="campaign"),
    path("campaigns/<int:number>/chart/", board.chart, name="campaign-chart"),
    path("campaigns/<int:number>/chart.svg", board.drawing, name="campaign-drawing"),
    path("campaigns/<int:number>/list/", board.listing, name="campaign-list"),
    path("campaigns/<int:number>/roster/", board.roster, name="campaign-roster"),
    path("campaigns/<int:number>/export/", board_acts.export, name="campaign-export"),
    path("campaigns/<int:number>/arrange/", board_acts.arrange, name="campaign-arrange"),
    path("campaigns/<int:number>/accept/", board_acts.accept, name="campaign-accept"),
    path("campaigns/<int:number>/chase/", board_acts.chase, name="campaign-chase"),
]
