"""What every set-up shares. Everything that differs between machines comes from the environment."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from support_chat.settings.databases import database, is_sqlite
from support_chat.settings.mail import mail

ROOT = Path(__file__).resolve().parents[2]


def kept_secret(path: Path) -> str:
    """The secret key, made once and kept in `path`, readable by its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def listed(name: str, default: str) -> list[str]:
    """A setting of several words, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DATABASE_URL = os.environ.get("DATABASE_URL", "sqlite:///support_chat.sqlite3")
REDIS_URL = os.environ.get("REDIS_URL", "")
HINTS = os.environ.get("HINTS", "words")
THROTTLE = os.environ.get("THROTTLE", "on") != "off"
TRACE = os.environ.get("TRACE", "slow")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
TRUSTED_PROXY = os.environ.get("TRUSTED_PROXY") == "on"
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", ".localhost,127.0.0.1,[::1]")
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")

EMAIL_FROM = os.environ.get("EMAIL_FROM", "")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "").rstrip("/")
globals().update(mail(os.environ.get("EMAIL_URL", "")))

DATABASES: dict[str, dict[str, Any]] = {"default": database(DATABASE_URL)}
ON_SQLITE = is_sqlite(DATABASES["default"])
KEPT_BESIDE = Path(DATABASES["default"]["NAME"]).absolute().parent if ON_SQLITE else Path.cwd()
SECRET_KEY_FILE = KEPT_BESIDE / ".secret_key"
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(SECRET_KEY_FILE)

# Files of chats: a folder that no address leads to, or any storage of Django's kind.
FILES_ROOT = Path(os.environ.get("FILES_ROOT", str(KEPT_BESIDE / ".files")))
FILES_STORAGE = os.environ.get("FILES_STORAGE", "")
FILES_STORAGE_OPTIONS = os.environ.get("FILES_STORAGE_OPTIONS", "{}")
CLAMAV_URL = os.environ.get("CLAMAV_URL", "")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": FILES_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
if FILES_STORAGE:
    STORAGES["files"] = {"BACKEND": FILES_STORAGE, "OPTIONS": json.loads(FILES_STORAGE_OPTIONS)}
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # bytes of a body; what is longer lies on the disk meanwhile

INSTALLED_APPS = [
    "agents",  # before Django's own pages: where both have a word for something, ours is said
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "support_chat",
    "support_chat.desk",
    "support_chat.live",
    "widget",
    "fixtures",
]
MIDDLEWARE = [
    "fixtures.trial.middleware.while_the_demo_runs",  # changes nothing where no demo runs
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "support_chat.urls"
ASGI_APPLICATION = "support_chat.asgi.application"
AUTH_USER_MODEL = "desk.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "fixtures.trial.sign_in.DemoBackend",  # refuses everybody where no demo runs
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/console/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
# What visitors may read; English needs no catalogue.
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("ja", "日本語"),
    ("zh-hans", "简体中文"),
    ("ar", "العربية"),
    ("he", "עברית"),
]
STAFF_LANGUAGES = LANGUAGES[:2]  # what whoever works for the team may read
LOCALE_PATHS = [ROOT / "support_chat" / "locale"]  # where makemessages puts what it finds
USE_TZ = True
ASSETS = os.environ.get("ASSETS", "auto")
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", str(ROOT / ".static")))
WHITENOISE_USE_FINDERS = True
# A hash of their content in their names: from collectstatic, or in bundles from what made them.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$|/bundles/\w+-[0-9A-Z]{8}\.\w+$"

# The layer carries hints only. redis-py 8 gives up a silent socket after 5 s, the very time that
# the layer waits for a word: every idle subscription would end. 15 s keeps them apart.
CHANNEL_LAYERS = (
    {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 15}]},
        }
    }
    if REDIS_URL
    else {}
)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {"TITLE": "Support Chat", "VERSION": "1"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "support_chat": {"level": "INFO"},
        "support_chat.trace": {"level": "DEBUG" if TRACE == "all" else "INFO"},
    },
}
