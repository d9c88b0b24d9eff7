"""Static files: Bootstrap straight from its package, and names that carry the hash of their content."""

from collections.abc import Callable, Iterator
from operator import itemgetter
from re import Match
from typing import Any

from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PREFIX = "bootstrap"
OWN_MODULES = "js/"
# Only what our pages load; the style sheet names its map, which the hashing looks for.
FILES = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; the imports inside ES modules are hashed too."""

    support_js_module_import_aggregation = True

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[Match[str]], str]:
        """Scripts of packages stay as they are: an import in a comment names a file that is not there."""
        if name.endswith(".js") and not name.startswith(OWN_MODULES):
            return itemgetter(0)
        return super().url_converter(name, hashed_files, template)


class PackageFinder(BaseFinder):
    """Finds `bootstrap/css/bootstrap.min.css` in the installed package bootstrap-wrapper."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.root = get_bootstrap_dir()
        self.storage = FileSystemStorage(location=str(self.root))
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]  # collectstatic reads it
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """The package may move its files in a later version."""
        return [
            Error(f"bootstrap-wrapper no longer holds {name}", id="core.E001")
            for name in FILES
            if not (self.root / name).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        """The file behind a static path, for the development server."""
        name = path.removeprefix(f"{PREFIX}/")
        if name == path or name not in FILES:
            return []
        found = str(self.root / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: list[str] | None) -> Iterator[tuple[str, Storage]]:
        """The files to collect."""
        for name in FILES:
            yield name, self.storage
