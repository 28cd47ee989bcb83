"""The forms in which people give proof of who they are, and the rule of length, in the office's own words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator

CODE = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "none", "spellcheck": "false"}


class LongEnough(MinimumLengthValidator):
    """A password is of a certain length."""

    def get_error_message(self) -> str:
        """Say how long."""
        return f"密码过短，不得少于 {self.min_length} 个字符。"


class NewPasswordForm(ChangePasswordForm):
    """A new password that is another one: a one-time password must not stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": "当前密码", "password1": "新密码", "password2": "再次输入新密码"}
        for name, label in labels.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = "不少于 10 个字符；不能全是数字、过于常见，或与用户名相近。"

    def clean_password1(self) -> str:
        """Refuse the old password."""
        new = self.cleaned_data["password1"]
        if new == self.data.get("oldpassword"):
            raise forms.ValidationError("新密码不能与原密码相同。")
        return new


class PasswordAgainForm(ReauthenticateForm):
    """The password once more; nobody renews one alone, so there is no link to do so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class _Code(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["code"].label, self.fields["code"].widget.attrs = "动态码", dict(CODE)


class SignOnCodeForm(_Code, AuthenticateForm):
    """The second factor at the sign-on."""


class SameCodeForm(_Code, CodeAgainForm):
    """The second factor once more."""


class FirstCodeForm(_Code, ActivateTOTPForm):
    """The first code of an authenticator that is being set up."""
