"""Settings of the project; everything a site may decide comes from the environment."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from funnel_crm import embedded, environment

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.switch("DEBUG")
DATABASE_URL = environment.text("DATABASE_URL")
REDIS_URL = environment.text("REDIS_URL")
IS_EMBEDDED = not DATABASE_URL

SECRET_KEY = environment.text("SECRET_KEY") or (embedded.secret_key() if IS_EMBEDDED else "")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
# The keys of the list of blocked numbers and addresses, the present one first; without any they follow from
# the secret keys. A key that was used once has to stay in the list.
SUPPRESSION_KEYS = environment.words("SUPPRESSION_KEYS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
IS_SECURE = environment.switch("HTTPS")
# What links in mails begin with when no request asked for the mail.
SITE_URL = environment.text("SITE_URL").rstrip("/") or (
    ("https://" if IS_SECURE else "http://") + next(iter(ALLOWED_HOSTS), "localhost").lstrip(".")
)
# How many reverse proxies of ours a request passes.
PROXY_COUNT = environment.number("PROXY_COUNT", 0)

INSTALLED_APPS = [
    "funnel_crm.admin_config.FunnelAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "funnel_crm.admin_config.LogInGuardConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "core",
    "accounts",
    "lists",
    "extra_fields",
    "contacts",
    "catalog",
    "leads",
    "pipeline",
    "offers",
    "activities",
    "partners",
    "potentials",
    "mailbox",
    "calling",
    "intake",
    "planning",
    "reporting",
    "explorer",
    "quality",
    "imports",
    "search",
    "automation",
    "privacy",
    "demo",
]

MIDDLEWARE = [
    "core.middleware.SecurityHeadersMiddleware",
    "core.middleware.DatabaseDownMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a ninth; padding of random length keeps their length from telling anything (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.UserLanguageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.FragmentLoginMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "core.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "funnel_crm.urls"
WSGI_APPLICATION = "funnel_crm.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"


LOCK_TIMEOUT_MS = environment.number("LOCK_TIMEOUT_MS", 5000)


def _database(url: str) -> dict[str, object]:
    """Django's settings for postgres://user:password@host:port/name?host=/socket/directory."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": environment.text("DATABASE_PASSWORD") or unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": environment.number("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        # A request or a migration gives up on a lock instead of queueing behind it. The triggers of pgtrigger
        # ask for a setting; where it is not set each one pays for an exception caught in a subtransaction.
        "OPTIONS": {
            "connect_timeout": 5,
            "options": f"-c lock_timeout={LOCK_TIMEOUT_MS} -c pgtrigger.ignore={{}}",
            **options,
        },
    }


DATABASES = {"default": _database(DATABASE_URL or embedded.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Log-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Counted per account and address, so that an attacker cannot lock the victim out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_CLIENT_IP_CALLABLE = "accounts.client_address.client_address"

# Who sees what (docs/security.md)
DEAL_VISIBILITY = environment.text("DEAL_VISIBILITY", "all")
COST_VISIBILITY = environment.text("COST_VISIBILITY", "all")
PER_REP_FIGURES = environment.text("PER_REP_FIGURES", "self_and_manager")
MINIMUM_GROUP_SIZE = environment.number("MINIMUM_GROUP_SIZE", 5)

# Language and time
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Berlin"
DEFAULT_CURRENCY = "EUR"
# Whose public holidays are free where neither user nor team say (core.lands), and the hours of a working day.
LAND = environment.text("LAND", "DE")
WORKING_HOURS = environment.hours("WORKING_HOURS", "08:00-17:00")
# What a place is looked up with; the text of the place is put behind it.
MAP_URL = environment.text("MAP_URL", "https://www.openstreetmap.org/search?query=")
DEFAULT_PHONE_REGION = environment.text("PHONE_REGION", "DE")

# Static files come from this repository and from pinned packages; WhiteNoise serves them hashed.
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT") or embedded.state_dir() / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.staticfiles.PackageFinder",
]
# Files that people bring in are no static files: views hand them out, to those who may see them.
MEDIA_ROOT = Path(environment.text("FILES_ROOT") or embedded.state_dir() / "files")
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o600
# All files of one request together, in bytes; what an attachment may be is less (activities.files).
LARGEST_UPLOAD = environment.number("LARGEST_UPLOAD_MB", 100) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "core.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# What has to be done again after a restore, and whom the report on a person names (docs/privacy.md).
LEDGER_FILE = Path(environment.text("LEDGER_FILE") or embedded.state_dir() / "ledger" / "erasures.jsonl")
CONTROLLER = environment.text("CONTROLLER")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.staticfiles.HashedStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
if IS_EMBEDDED:  # compressing takes seconds after every change of a file, and a laptop gains nothing by it
    WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("css", "html", "js", "json", "map", "md", "svg", "txt")

# Security headers (the rest is in core.middleware)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# How often one network may send something to web forms within ten minutes.
INTAKE_MOST_PER_ADDRESS = environment.number("INTAKE_MOST_PER_ADDRESS", 30)
INTAKE_MOST_VIEWS_PER_ADDRESS = environment.number("INTAKE_MOST_VIEWS_PER_ADDRESS", 300)

# Mail
EMAIL_BACKEND = environment.text("EMAIL_BACKEND") or (
    "django.core.mail.backends.filebased.EmailBackend"
    if IS_EMBEDDED
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = embedded.state_dir() / "mail"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.switch("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "funnel@localhost")
# Mails to customers come from the users' own addresses, where the mail server may send for them (SPF, DKIM);
# else from DEFAULT_FROM_EMAIL in their names. Answers go to the users in both cases.
MAIL_FROM_USERS = environment.switch("MAIL_FROM_USERS")

# Where the pages that show a list are described (lists.pages).
LIST_PAGES = {
    "board": "pipeline.list_pages.BOARD",
    "list": "pipeline.list_pages.LIST",
    "companies": "contacts.list_pages.COMPANIES",
    "persons": "contacts.list_pages.PERSONS",
    "leads": "leads.list_pages.LIST",
    "orders": "offers.list_page.ORDERS",
    "explorer": "explorer.list_page.EXPLORER",
}

# Celery: tasks are deliveries of events (core.deliveries) and ticks of the clock, nothing else.
EVENT_ROUTES = "funnel_crm.events.ROUTES"
JOBS = "funnel_crm.events.JOBS"
TASK_QUEUE = "funnel_crm.celery.app"
CELERY_BROKER_URL = REDIS_URL or embedded.redis_url()
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "core.tasks.beat_heart", "schedule": 15.0, "options": {"expires": 15}},
    "orphaned-jobs": {
        "task": "core.tasks.take_up_orphans",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "stale-figures": {
        "task": "reporting.tasks.refresh_stale_figures",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "weekly-mails": {
        "task": "reporting.tasks.send_weekly_mails",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "retention": {"task": "privacy.tasks.propose_erasures", "schedule": crontab(hour=3, minute=20)},
    "old-reports": {"task": "privacy.tasks.throw_away_reports", "schedule": crontab(hour=3, minute=25)},
    "night": {"task": "reporting.tasks.rebuild_figures", "schedule": crontab(hour=2, minute=30)},
    "forecast": {"task": "reporting.tasks.forecast_of_the_night", "schedule": crontab(hour=2, minute=50)},
    "forecast-review": {"task": "reporting.tasks.review_of_the_night", "schedule": crontab(hour=4, minute=5)},
    "lead-scores": {"task": "leads.tasks.score_all", "schedule": crontab(hour=2, minute=5)},
    "lead-chances": {"task": "leads.tasks.learn", "schedule": crontab(hour=3, minute=30)},
    "usual-stays": {"task": "pipeline.tasks.measure_usual_stays", "schedule": crontab(hour=2, minute=15)},
    "next-steps": {"task": "activities.tasks.check_next_steps", "schedule": crontab(hour=3, minute=0)},
    "affinities": {"task": "reporting.tasks.count_affinities", "schedule": crontab(hour=3, minute=10)},
    # Local midnight; the minutes after it make up for a beat that was away.
    "expired-offers": {
        "task": "offers.tasks.expire_offers",
        "schedule": crontab(minute="0,1,15,30,45"),
        "options": {"expires": 300},
    },
    "offers-run-out": {"task": "activities.tasks.remind_of_offers", "schedule": crontab(hour=6, minute=0)},
    "purchases": {"task": "offers.tasks.check_purchases", "schedule": crontab(hour=3, minute=15)},
    "fetch-mails": {"task": "mailbox.tasks.fetch_mails", "schedule": 120.0, "options": {"expires": 110}},
    "send-mails": {"task": "mailbox.tasks.send_mails", "schedule": 60.0, "options": {"expires": 55}},
    "confirmations": {
        "task": "intake.tasks.mail_consents",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "visits": {"task": "intake.tasks.join_visits", "schedule": 60.0, "options": {"expires": 55}},
    "intake": {"task": "intake.tasks.tidy_up", "schedule": crontab(hour=3, minute=50)},
    "old-mails": {"task": "mailbox.tasks.remove_old_mails", "schedule": crontab(hour=3, minute=45)},
    # Each tick goes on where the last one stopped; by morning everything was compared.
    "duplicates": {
        "task": "contacts.tasks.search_duplicates",
        "schedule": crontab(hour="0-5", minute="*/10"),
        "options": {"expires": 300},
    },
    # What an import brought is compared the same day; with nothing to do it is over at once.
    "duplicates-after-imports": {
        "task": "contacts.tasks.go_on_with_duplicates",
        "schedule": crontab(hour="6-23", minute="*/10"),
        "options": {"expires": 300},
    },
    "after-merges": {
        "task": "contacts.tasks.gather_after_merges",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "potentials": {"task": "potentials.tasks.recount_all", "schedule": crontab(hour=3, minute=20)},
    "reminders": {
        "task": "activities.tasks.send_reminders",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "rules-of-the-clock": {
        "task": "automation.tasks.look_at_clock",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 300},
    },
    "rules-due": {"task": "automation.tasks.act_on_due", "schedule": 30.0, "options": {"expires": 30}},
    "late-leads": {
        "task": "leads.tasks.reassign_leads",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "orphaned-files": {
        "task": "activities.tasks.remove_orphaned_files",
        "schedule": crontab(hour=3, minute=45),
    },
    "stage-sums": {
        "task": "explorer.tasks.refresh_steps",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "stage-sums-check": {"task": "explorer.tasks.check_steps", "schedule": crontab(hour=3, minute=10)},
    "mailed-questions": {
        "task": "explorer.tasks.send_questions",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    # The first tick of a day writes its picture; the others find it there.
    "data-quality": {
        "task": "quality.tasks.look_at_the_data",
        "schedule": crontab(minute=40),
        "options": {"expires": 3000},
    },
    "old-events": {"task": "core.tasks.remove_old_events", "schedule": crontab(hour=3, minute=30)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # One line per task every few seconds says nothing; failures still come.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}
