"""Settings of a site. What differs from site to site comes from the environment, so that one build serves them all.

DANGWU_HOME          folder of everything that a site writes (default: var)
DANGWU_KEYS          folder of the keys that seal personal values (default: keys in DANGWU_HOME)
DANGWU_SUITE         algorithms of the seals: international (default), national for SM4-GCM and HMAC-SM3
DANGWU_DATABASE_URL  default: an SQLite file in DANGWU_HOME; postgres://… or oceanbase://… for a server
DANGWU_HOSTS         names under which the site is reached, with commas; loopback always works
DANGWU_HTTPS         1 behind a proxy that speaks HTTPS and sets X-Forwarded-Proto
DANGWU_DEBUG         1 for developers
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from dangwu.config.secret import kept_secret


def switched_on(name: str) -> bool:
    return os.environ.get(name, "") not in {"", "0"}


ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("DANGWU_HOME") or "var").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = switched_on("DANGWU_DEBUG")
SECRET_KEY = kept_secret(HOME / "secret-key")
KEYS = Path(os.environ.get("DANGWU_KEYS") or HOME / "keys").resolve()
SEALING_SUITE = os.environ.get("DANGWU_SUITE") or "international"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, os.environ.get("DANGWU_HOSTS", "").split(","))]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "dangwu.foundation",
    "dangwu.organisations",
    "dangwu.access",
    "dangwu.members",
    "dangwu.records",
    "dangwu.compliance",
    "dangwu.workbench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dangwu.config.uploads.LimitUploads",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dangwu.access.middleware.Acting",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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


def database(url: str) -> dict[str, Any]:
    """The connection settings for a database URL."""
    settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = SQLITE_OPTIONS
    return settings


DATABASES = {"default": database(os.environ.get("DANGWU_DATABASE_URL") or f"sqlite:///{HOME / 'dangwu.sqlite3'}")}
AUTH_USER_MODEL = "access.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RULEBOOK = Path(os.environ.get("DANGWU_RULEBOOK") or ROOT / "rulebook")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

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
if switched_on("DANGWU_HTTPS"):
    CSRF_COOKIE_SECURE = True
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
    },
}
