"""Imports: what was brought in by whom, from which files, what became of each row, and the way back."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import led_team_ids
from core.sentences import heard
from imports.doubt_reasons import reasons_in_words

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ImportQuerySet(models.QuerySet["Import"]):
    """The words we use to talk about many imports at once."""

    def visible_to(self, user: "User") -> "Self":
        """One's own, those of a manager's teams, all for admins."""
        if user.is_admin:
            return self.all()
        return self.filter(Q(actor=user) | Q(actor__team__in=led_team_ids(user)))

    def editable_by(self, user: "User") -> "Self":
        """Who sees an import may go on with it and undo it."""
        return self.visible_to(user)


class Import(models.Model):
    """Some files that come in together: read, mapped, checked, run as one, and undone as one."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("import", "being prepared")
        DONE = "done", pgettext_lazy("import", "done")
        UNDONE = "undone", pgettext_lazy("import", "undone")

    class Doubts(models.TextChoices):
        """What is done with rows that may be someone we know already, unless the row says otherwise."""

        LEAVE = "leave", _("leave them out, with the reason")
        SAME = "same", _("take them for the existing one")
        CREATE = "create", _("create them all the same")

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("imported by")
    )
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    # The system the files come from; empty for lists of our own.
    system = models.CharField(_("system"), max_length=20, blank=True)
    # The day the files are of: what was confirmed here later is not overwritten.
    as_of = models.DateTimeField(_("state of the data"))
    doubts = models.CharField(_("doubtful rows"), max_length=6, choices=Doubts, default=Doubts.LEAVE)
    # Of leads: what allows us to use the addresses, where a row says nothing; and who gets those of nobody.
    legal_basis = models.CharField(
        _("legal basis of the addresses"), max_length=200, blank=True, db_default=""
    )
    gives_out = models.BooleanField(
        _("give leads of nobody out by the rules of assignment"), default=False, db_default=False
    )
    job = models.ForeignKey(
        "core.Job", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    # What a trial run found out; anything changed since makes it void.
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", done_at=None, undone_at=None)
                | Q(state="done", done_at__isnull=False, undone_at=None)
                | Q(state="undone", done_at__isnull=False, undone_at__isnull=False),
                name="import_moments_of_its_state",
            ),
            models.CheckConstraint(
                condition=Q(doubts__in=["leave", "same", "create"]), name="import_doubts_known"
            ),
        ]
        indexes = [models.Index(fields=["actor", "-id"], name="import_actor")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("imports:import_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether it is still being prepared."""
        return self.state == self.State.DRAFT

    @property
    def needs_check(self) -> bool:
        """Whether nobody has found out yet what it would do."""
        return self.is_draft and self.checked_at is None

    @property
    def is_busy(self) -> bool:
        """Whether a worker is at it, or about to be."""
        return self.job is not None and self.job.is_unfinished


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    """Files are seen and changed with their import."""

    def visible_to(self, user: "User") -> "Self":
        """The files of the imports one sees."""
        return self.filter(run__in=Import.objects.visible_to(user).values("pk"))

    def editable_by(self, user: "User") -> "Self":
        """The files of the imports one may go on with."""
        return self.filter(run__in=Import.objects.editable_by(user).values("pk"))


class ImportFile(models.Model):
    """One file of an import: how it is read, which column is what, and what its values mean."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="files", verbose_name=_("import"))
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", max_length=200)
    table = models.CharField(_("table"), max_length=20, blank=True)
    # What the user said of it: encoding, delimiter, sheet, dates, decimals; what is not said is found out.
    given = models.JSONField(_("read as given"), default=dict)
    # What reading it found: format, encoding, headers, first rows, what stands in each column.
    preview = models.JSONField(_("preview"), default=dict)
    # Index of the column to code of the field.
    columns = models.JSONField(_("columns"), default=dict)
    # Code of the field to the file's word to ours.
    values = models.JSONField(_("values"), default=dict)
    key = models.CharField(_("found by"), max_length=20, blank=True)
    counts = models.JSONField(_("counts"), default=dict)
    error = models.CharField(_("error"), max_length=500, blank=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of ours that an import made or changed, with what stood there before."""

    class Fate(models.TextChoices):
        """What became of it when the import was undone."""

        STANDS = "", _("stands")
        UNDONE = "undone", pgettext_lazy("row of an import", "taken back")
        LEFT = "left", pgettext_lazy("row of an import", "left as it is")

    run = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="+", null=True, db_index=False)
    line = models.PositiveIntegerField(_("line"))
    # The label of the model in lower case: contacts.company.
    model = models.CharField(_("table"), max_length=60)
    row = models.BigIntegerField(_("row"))
    is_new = models.BooleanField(_("new"))
    before = models.JSONField(_("before"), null=True)
    # The transaction that wrote the row last (xmin): another one there now means that someone changed it.
    mark = models.BigIntegerField(_("mark"))
    fate = models.CharField(_("fate"), max_length=6, choices=Fate, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["run", "model", "row"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["model", "row"], name="import_row_of")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"


class ImportReject(models.Model):
    """A row of a file that was not, or would not be, taken in."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="rejects")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"))
    reason = models.CharField(_("reason"), max_length=1000)
    # The same by language; rows of former imports have it in that of whoever brought them in.
    spoken = models.JSONField(
        _("reason by language"), default=dict, db_default=models.Value({}, models.JSONField())
    )

    class Meta:
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")
        ordering = ["file", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason_heard}"

    @property
    def reason_heard(self) -> str:
        """Why, in the language of the reader."""
        return heard(self.spoken) or self.reason


class ImportDoubtQuerySet(models.QuerySet["ImportDoubt"]):
    """Doubts are seen with their import."""

    def visible_to(self, user: "User") -> "Self":
        """The doubts of the imports one sees."""
        return self.filter(file__run__in=Import.objects.visible_to(user).values("pk"))


class ImportDoubt(models.Model):
    """A row of a file that may be someone we know already, and what the user decided."""

    class Decision(models.TextChoices):
        """What is to be done with the row."""

        OPEN = "", _("not decided")
        SAME = "same", _("is the same")
        CREATE = "create", _("is someone new")
        LEAVE = "leave", _("leave out")

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="doubts")
    line = models.PositiveIntegerField(_("line"))
    label = models.CharField(_("row"), max_length=200)
    # What else the row says: place, e-mail, telephone.
    details = models.CharField(_("details"), max_length=300, blank=True, default="", db_default="")
    twin = models.BigIntegerField(_("existing row"))
    twin_label = models.CharField(_("existing"), max_length=200)
    # The score of contacts.matching, 0 where a key says it; codes of the reasons.
    score = models.PositiveSmallIntegerField(_("score"), default=0, db_default=0)
    reasons = models.JSONField(_("reasons"), default=list)
    decision = models.CharField(_("decision"), max_length=6, choices=Decision, blank=True)

    objects = ImportDoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubtful row")
        verbose_name_plural = _("doubtful rows")
        ordering = ["file", "line"]
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="import_doubt_once")]

    def __str__(self) -> str:
        return f"{self.label} / {self.twin_label}"

    @property
    def reasons_in_words(self) -> list[str]:
        """Why it may be the same, in the language of the reader."""
        return reasons_in_words(self.reasons)

    @property
    def outcome(self) -> str:
        """What was decided, else what the import does with all that nobody decided."""
        return str(self.get_decision_display() if self.decision else self.file.run.get_doubts_display())


class RememberedMapping(models.Model):
    """How a table with these columns was mapped last: the next one of its kind is mapped alike."""

    table = models.CharField(_("table"), max_length=20)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    # Header to code of the field; code of the field to the file's word to ours.
    columns = models.JSONField(_("columns"), default=dict)
    values = models.JSONField(_("values"), default=dict)
    at = models.DateTimeField(pgettext_lazy("moment", "at"), auto_now=True)

    class Meta:
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        constraints = [models.UniqueConstraint(fields=["fingerprint"], name="mapping_once_per_columns")]

    def __str__(self) -> str:
        return f"{self.table} {self.at:%Y-%m-%d}"
