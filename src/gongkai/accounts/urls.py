"""Addresses of the officers' register."""

from django.urls import path

from gongkai.accounts.views import acts, register

app_name = "accounts"
urlpatterns = [
    path("", register.people, name="list"),
    path("register/", register.enter, name="register"),
    path("<int:number>/", register.detail, name="detail"),
    path("<int:number>/training/", acts.train, name="train"),
    path("<int:number>/grants/", acts.give, name="give"),
    path("<int:number>/grants/<int:grant>/end/", acts.end, name="end"),
    path("<int:number>/deactivate/", acts.deactivate, name="deactivate"),
    path("<int:number>/reactivate/", acts.reactivate, name="reactivate"),
    path("<int:number>/password/", acts.renew_password, name="renew-password"),
    path("<int:number>/sessions/", acts.end_sessions, name="end-sessions"),
    path("<int:number>/second-factor/", acts.forget_second_factor, name="forget-second-factor"),
]
