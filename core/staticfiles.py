"""Static files: Bootstrap straight from its package, and names that carry the hash of their content."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from re import Match

from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
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


class PackageFinder(FileSystemFinder):
    """Finds `bootstrap/css/bootstrap.min.css` in the installed package bootstrap-wrapper."""

    def __init__(self, app_names: list[str] | None = None, *args: object, **kwargs: object) -> None:
        self.root = get_bootstrap_dir()
        storage = FileSystemStorage(location=str(self.root))
        storage.prefix = PREFIX  # type: ignore[attr-defined]  # collectstatic reads it
        self.locations = [(PREFIX, str(self.root))]
        self.storages = {str(self.root): storage}

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """The package may move its files in a later version."""
        return [
            Error(f"bootstrap-wrapper no longer holds {name}", id="core.E001")
            for name in FILES
            if not (self.root / name).is_file()
        ]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The files to collect."""
        for name in FILES:
            yield name, self.storages[str(self.root)]
