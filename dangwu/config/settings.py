"""Settings of a site. What differs from site to site comes from the environment, so that one build serves them all.

DANGWU_HOME          folder of everything that a site writes (default: var)
DANGWU_KEYS          folder of the keys that seal personal values (default: keys in DANGWU_HOME)
DANGWU_SUITE         algorithms of the seals: international (default), national for SM4-GCM and HMAC-SM3
DANGWU_DATABASE_URL  default: an SQLite file in DANGWU_HOME; postgres://… or oceanbase://… for a server
DANGWU_HOSTS         names under which the site is reached, with commas; loopback always works
DANGWU_HTTPS         1 behind a proxy that speaks HTTPS and sets X-Forwarded-Proto
DANGWU_SIGN_ON       file that lists where people sign on from (default: sign-on.toml in DANGWU_HOME)
DANGWU_IDLE_MINUTES  a session without anything done ends after this (default: 30)
DANGWU_SESSION_HOURS a session ends after this in any case (default: 12)
DANGWU_MAIL          the office's mail server: smtp://user:password@host:25, smtps:// for TLS, smtp+tls:// for STARTTLS
DANGWU_MAIL_FROM     the address from which notices come; without it no e-mail is sent
DANGWU_SMS           address of the gateway for short messages (see dangwu/notices/gateways.py); without it none is sent
DANGWU_SMS_TOKEN     what the gateway knows this site by
DANGWU_FONTS         folders of more typefaces for PDF (separated as in PATH): official ones, and rare characters
DANGWU_TYPEFACES     other names for title, heading, subheading, body, number: title=华文中宋,body=仿宋
DANGWU_DEBUG         1 for developers
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from dangwu.config.secret import kept_secret
from dangwu.foundation.documents.typefaces import named_in


def switched_on(name: str) -> bool:
    return os.environ.get(name, "") not in {"", "0"}


ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("DANGWU_HOME") or "var").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = switched_on("DANGWU_DEBUG")
SECRET_KEY = kept_secret(HOME / "secret-key")
KEYS = Path(os.environ.get("DANGWU_KEYS") or HOME / "keys").resolve()
KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
ACCESS_SECRET = kept_secret(KEYS / "access-secret")
SEALING_SUITE = os.environ.get("DANGWU_SUITE") or "international"
AUDIT_HASH = "sm3" if SEALING_SUITE == "national" else "sha256"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("DANGWU_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "dangwu.access",  # its templates come before allauth's
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "dangwu.foundation",
    "dangwu.organisations",
    "dangwu.members",
    "dangwu.records",
    "dangwu.notices",
    "dangwu.duties",
    "dangwu.compliance",
    "dangwu.workbench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dangwu.config.uploads.LimitUploads",
    "dangwu.config.outages.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dangwu.access.middleware.Acting",
    "dangwu.access.middleware.SignedIn",
    "dangwu.access.middleware.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dangwu.config.urls"
WSGI_APPLICATION = "dangwu.config.wsgi.application"

TEMPLATE_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS if DEBUG else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dangwu.workbench.navigation.navigation",
            ],
        },
    },
]

# An acknowledged write is on disk (synchronous=FULL), and writers queue instead of failing (IMMEDIATE, timeout).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456"
    ),
}


dj_database_url.register("oceanbase", "dangwu.foundation.oceanbase")
dj_database_url.register("sqlite", "dangwu.foundation.sqlite3")


def database(url: str) -> dict[str, Any]:
    """The connection settings for a database URL."""
    settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = SQLITE_OPTIONS
    return settings


DATABASES = {"default": database(os.environ.get("DANGWU_DATABASE_URL") or f"sqlite:///{HOME / 'dangwu.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- accounts

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "dangwu.access.sso.directory_backend.DirectoryBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dangwu.access.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "dangwu.access.passwords.NotGuessable"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_IDLE_MINUTES = int(os.environ.get("DANGWU_IDLE_MINUTES") or 30)
SESSION_HOURS = int(os.environ.get("DANGWU_SESSION_HOURS") or 12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # the way back from another sign-on would lose a strict one

ACCOUNT_ADAPTER = "dangwu.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "password1*",
]  # nobody signs up; the sign-in takes from here that it asks for a password
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # axes counts, in the database: all workers together
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_FORMS = {
    "login": "dangwu.access.entrance_forms.SignInForm",
    "reauthenticate": "dangwu.access.entrance_forms.PasswordAgainForm",
}
MFA_ADAPTER = "dangwu.access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds, for clocks of phones without a network
MFA_TOTP_ISSUER = "党务"
MFA_FORMS = {
    "authenticate": "dangwu.access.entrance_forms.CodeForm",
    "reauthenticate": "dangwu.access.entrance_forms.CodeAgainForm",
    "activate_totp": "dangwu.access.entrance_forms.SetUpCodeForm",
    "deactivate_totp": "dangwu.access.entrance_forms.PutAwayCodeForm",
    "add_webauthn": "dangwu.access.entrance_forms.AddKeyForm",
    "edit_webauthn": "dangwu.access.entrance_forms.RenameKeyForm",
}

SIGN_ON = Path(os.environ.get("DANGWU_SIGN_ON") or HOME / "sign-on.toml")
SOCIALACCOUNT_ADAPTER = "dangwu.access.sso.adapter.SignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False

AXES_HANDLER = "dangwu.access.lockout.Counter"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or anybody could keep somebody out for ever
AXES_USERNAME_CALLABLE = "dangwu.access.lockout.blinded"
AXES_CLIENT_IP_CALLABLE = "dangwu.access.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "dangwu.access.lockout.paused_page"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "password", "code", "credential", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the audit tells who came and went
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

FONT_FOLDERS = [Path(folder) for folder in os.environ.get("DANGWU_FONTS", "").split(os.pathsep) if folder]
TYPEFACES = named_in(os.environ.get("DANGWU_TYPEFACES", ""))
RULEBOOK = Path(os.environ.get("DANGWU_RULEBOOK") or ROOT / "rulebook")
SETTLED_AFTER = int(os.environ.get("DANGWU_SETTLED_AFTER") or 31)  # days after a period's end; then its verdicts stay

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOBS = ["dangwu.config.jobs"]  # beside the jobs of the apps

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
VENDOR = ROOT / "build" / "vendor"
STATICFILES_DIRS = [("vendor", VENDOR)] if VENDOR.is_dir() else []
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = HOME / "files"

DUTY_RECORDS = "dangwu.workbench.duty_records.ActivityRecords"  # who tells of records by which duties are fulfilled

# --- notices

MAIL = urlsplit(os.environ.get("DANGWU_MAIL") or "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "localhost", MAIL.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.scheme == "smtps", MAIL.scheme == "smtp+tls"
MAIL_FROM = os.environ.get("DANGWU_MAIL_FROM", "")
SMS_GATEWAY = os.environ.get("DANGWU_SMS", "")
SMS_TOKEN = os.environ.get("DANGWU_SMS_TOKEN", "")

UPLOAD_LIMIT = 200 * 1024 * 1024  # bytes in one request, all files together
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its small signs as data: pictures in its style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
BEHIND_PROXY = switched_on("DANGWU_HTTPS")
if BEHIND_PROXY:
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "impersonal": {
            "()": "dangwu.config.logs.ImpersonalFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "impersonal"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would write tracebacks with their messages
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # a 404 is not an event worth a line, and its address may hold a name
        "django.request": {"level": "ERROR"},
        # it names addresses; the audit tells what happened
        "axes": {"level": "ERROR"},
    },
}
