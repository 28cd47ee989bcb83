"""Django settings. Everything an installation may change comes from ``gongkai.site.conf``."""

from __future__ import annotations

import dj_database_url

from gongkai.site import conf

HOME = conf.home()
SECRET_KEY = conf.value("GONGKAI_SECRET_KEY")
FIELD_KEYS = conf.listed("GONGKAI_FIELD_KEYS")
FIELD_CIPHER = conf.value("GONGKAI_FIELD_CIPHER")
DEBUG = False
ALLOWED_HOSTS = conf.listed("GONGKAI_ALLOWED_HOSTS")
CITY = conf.value("GONGKAI_CITY")
SERVICE = conf.service()
PORTAL_ROLE = conf.value("GONGKAI_PORTAL_ROLE")
# What the public pages are kept for in a process: what is published must be seen within five seconds.
PUBLIC_SECONDS = 3.0
# What one address may ask of the API: so much at once, so much a second after it; each process counts for itself.
API_LIMIT = (200, 5.0)
SITE = {
    name: conf.value(f"GONGKAI_SITE_{name.upper()}")
    for name in ("name", "address", "code", "icp", "police", "host", "contact", "party_mark", "error_mark")
}
INDEX_GRAMMAR = conf.value("GONGKAI_INDEX_GRAMMAR")
INDEX_PREFIX = conf.value("GONGKAI_INDEX_PREFIX")
INDEX_AREA = conf.value("GONGKAI_INDEX_AREA")
REGION = conf.value("GONGKAI_REGION")
REPORT_DEADLINE = conf.value("GONGKAI_REPORT_DEADLINE")
SEAL = conf.value("GONGKAI_SEAL")
SEALS = conf.value("GONGKAI_SEALS")
CLAMD_SOCKET = conf.value("GONGKAI_CLAMD_SOCKET")

ROOT_URLCONF = f"gongkai.site.urls_{SERVICE}"
WSGI_APPLICATION = "gongkai.site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "gongkai.journal",
    "gongkai.jobs",
    "gongkai.units",
    "gongkai.accounts",
    "gongkai.files",
    "gongkai.indexing",
    "gongkai.review",
    "gongkai.records",
    "gongkai.decisions",
    "gongkai.applications",
    "gongkai.remedies",
    "gongkai.intake",
    "gongkai.takeover",
    "gongkai.reporting",
    "gongkai.portal",
    "gongkai.api",
    "gongkai.office",
    # After every room that has a window.
    "gongkai.windows",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

OFFICE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Default deny: a page is for people who signed on, unless it says otherwise itself.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "gongkai.site.middleware.RequestMiddleware",
    "gongkai.site.middleware.WorkdayMiddleware",
    "gongkai.accounts.middleware.SignOnDutiesMiddleware",
    "axes.middleware.AxesMiddleware",
]

# No session, no person: nothing here can know who looks.
PORTAL_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.site.middleware.RequestMiddleware",
]
MIDDLEWARE = OFFICE_MIDDLEWARE
if SERVICE == "portal":
    MIDDLEWARE = PORTAL_MIDDLEWARE
    INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith(("allauth", "axes"))]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "gongkai.accounts.credentials.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:home"
ACCOUNT_ADAPTER = "gongkai.accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "change_password": "gongkai.accounts.credentials.NewPasswordForm",
    "reauthenticate": "gongkai.accounts.credentials.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "gongkai.accounts.credentials.SignOnCodeForm",
    "reauthenticate": "gongkai.accounts.credentials.SameCodeForm",
    "activate_totp": "gongkai.accounts.credentials.FirstCodeForm",
}
# The lock of axes comes first, at five; this one also counts the codes of second factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,8/300s/key"}
MFA_ADAPTER = "gongkai.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "gongkai"
# A telephone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
SECOND_FACTOR = conf.value("GONGKAI_SECOND_FACTOR") == "yes"
SOCIALACCOUNT_ADAPTER = "gongkai.accounts.adapter.RegisteredOfficersAdapter"
# The way out to the platform is a link, since our form-action would stop a form; ``state`` guards the way back.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [] if SERVICE == "portal" else conf.identity_platforms()}
}
# A write on every page view would cost more than the time last seen is worth.
USERSESSIONS_TRACK_ACTIVITY = False
# Five failures lock the pair of name and address for half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
# Behind a proxy every request comes from the proxy: failures must not be counted against everybody at once.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if conf.value("GONGKAI_PROXY") == "yes" else 0
AXES_CLIENT_IP_CALLABLE = "gongkai.accounts.visitor.address_of"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.office.context.shell",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        conf.value("GONGKAI_DATABASE_URL") or f"sqlite:///{HOME / 'gongkai.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue at BEGIN instead of failing at their first write; readers never wait for them.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536",
    }

# Every process of the server counts failed attempts in one place.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HOME / "cache"}}

# Work behind the screens waits in the database: enqueued in the transaction that asks for it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "search", "render"],
    },
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"

HTTPS = conf.value("GONGKAI_HTTPS") == "yes"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if conf.value("GONGKAI_PROXY") == "yes" else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# HSTS is for this host alone: other hosts of the same domain are not ours to promise anything for. The key and HTTPS,
# from which the cookies and HSTS follow above, are checked by checks of our own, in Chinese.
SILENCED_SYSTEM_CHECKS = [f"security.W{number}" for number in ("004", "005", "008", "009", "010", "012", "016", "021")]

# What goes wrong is said on standard error, where the service manager keeps it; Django would send mail to nobody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "gongkai": {"level": "INFO"},
    },
}
