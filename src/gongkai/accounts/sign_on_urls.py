"""Addresses of the sign-on: those of allauth that an office needs.

The rest (signing up, mail addresses, resetting a password by mail, connecting accounts oneself) keeps its names,
because allauth looks them up, and answers 404: the office opens accounts and renews forgotten passwords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from allauth.account import views as account
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import include, path

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_not_required
def absent(request: HttpRequest, **values: str) -> NoReturn:  # noqa: ARG001 -- the signature is Django's
    """Answer that there is no such page here."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("oidc/<slug:provider_id>/login/", openid.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
    path("oidc/cancelled/", outside.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", outside.login_error, name="socialaccount_login_error"),
    path("absent/signup/", absent, name="account_signup"),
    path("absent/email/", absent, name="account_email"),
    path("absent/email/sent/", absent, name="account_email_verification_sent"),
    path("absent/email/confirm/<str:key>/", absent, name="account_confirm_email"),
    path("absent/password/set/", absent, name="account_set_password"),
    path("absent/password/reset/", absent, name="account_reset_password"),
    path("absent/code/", absent, name="account_confirm_login_code"),
    path("absent/oidc/signup/", absent, name="socialaccount_signup"),
    path("absent/oidc/connections/", absent, name="socialaccount_connections"),
]
