"""Addresses of the shell."""

from django.urls import path

from gongkai.office.views.home import home

app_name = "office"
urlpatterns = [path("", home, name="home")]
