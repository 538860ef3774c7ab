"""Opening and saving, and the promise that nothing unsaved is lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from designer.errors import UserError
from designer.gui.answers import Answer, Elsewhere
from designer.gui.document import Document
from designer.gui.keeper import Keeper
from designer.gui.outside import Outside
from designer.gui.settings import UserSettings
from designer.gui.typed import take_typed
from designer.language import later, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch
from designer.model.entities import Settings
from designer.model.names import slug

if TYPE_CHECKING:
    from designer.gui.latest import Watch
    from designer.storage.claims import Other
    from designer.storage.locks import Held
    from designer.storage.stamps import Stamp

OPEN_FILTER = later(
    "Architectures and templates (*.arch.yaml *.yaml *.yml *.json *.template);;Architectures (*.arch.yaml);;"
    "CloudFormation templates (*.yaml *.yml *.json *.template);;All files (*)"
)
FILTER = later("Architectures (*.arch.yaml);;YAML files (*.yaml *.yml);;All files (*)")
SUFFIX = ".arch.yaml"
_NO_STEP = Batch("", ())
_PLACED_AT_ONCE = 300
"""Up to so many components are given places at once; more beside the window."""


class Files(QObject):
    """The document's way from and to disk. Whatever fails leaves the open document as it is, and says why.

    Dialogs and the file format are loaded when they are first needed: the window shows sooner without them.
    """

    recent_changed = Signal()
    told = Signal(str)
    """A short word for the status bar."""
    leaving = Signal()
    """The document is about to go; its file is still known."""
    shown = Signal()
    """Another document is there, whole and in its place."""

    def __init__(self, document: Document, settings: UserSettings, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._settings = settings
        self._window = window
        self.keeper = Keeper(document, self)
        self.keeper.told.connect(self.told)
        self.outside = Outside(document, self.keeper, window)
        self.outside.told.connect(self.told)

    def new(self) -> None:
        """Starts an empty architecture."""
        if self.may_discard():
            self.show_document(Architecture(Settings()), None, None)

    def ask_and_open(self) -> None:
        """Asks for a file and opens it."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(self._window, tr("Open"), str(self._settings.folder), tr(OPEN_FILTER))
        if chosen:
            self.open(Path(chosen))

    def ask_other(self) -> Path | None:
        """Asks for a file to compare with."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Compare with"), str(self._settings.folder), tr(OPEN_FILTER)
        )
        return Path(chosen) if chosen else None

    def open(self, path: Path) -> bool:
        """Opens a file in the place of the document; whether it did.

        A template that carries its drawing opens as an architecture without a file.
        """
        from designer.storage.files import read
        from designer.storage.stamps import stamp_of

        try:
            if is_template(path):
                return self._open_template(path)
            # Taken first: what another program writes meanwhile then counts as a change.
            stamp = stamp_of(path)
            architecture = read(path, self._document.catalog)
        except UserError as error:
            if not path.exists():
                self._settings.drop_recent(path)
                self.recent_changed.emit()
            self._explain(tr("{name} could not be opened", name=path.name), error)
            return False
        # Only asked once it is certain that there is something to open.
        if not self.may_discard():
            return False
        target, claimed = self._claimed(path.absolute())
        if target is Elsewhere.CANCEL:
            return False
        if target is Elsewhere.COPY:
            self.show_document(architecture, None, None)
            self.told.emit(tr("Opened a copy of {name}", name=path.name))
            return True
        self.show_document(architecture, path.absolute(), stamp, claimed)
        self._remember(path)
        return True

    def show_document(
        self, architecture: Architecture, path: Path | None, stamp: Stamp | None, claimed: Held | None = None
    ) -> None:
        """Puts another document in the place of the present one, which may go; `claimed` holds its file.

        What has no place in it is given one.
        """
        self._place(architecture)
        self.leaving.emit()
        self._document.replace(architecture, path)
        self.keeper.settle(claimed)
        self.keeper.opened(stamp)
        self.outside.watch()
        self.shown.emit()

    def _place(self, architecture: Architecture) -> None:
        """Gives a place to what has none; of many components beside the window, and the user may give it up."""
        from designer.layout.places import may_lack_places

        if not may_lack_places(architecture):
            return
        from designer.layout.boxes import Cancelled
        from designer.layout.drawing import give_places, places_for

        catalog, count = self._document.catalog, len(architecture.components)

        def work(watch: Watch) -> Batch:
            try:
                return places_for(architecture, catalog, watch, watch.tell) or _NO_STEP
            except Cancelled:
                return _NO_STEP

        if count <= _PLACED_AT_ONCE:
            placed = give_places(architecture, catalog)
        else:
            from designer.gui.waiting import wait_for

            text = tr("Arranging {count:,} components…", count=count)
            edit = wait_for(work, self._window, tr("Open"), text)
            if edit is None:
                self.told.emit(tr("Arranging was cancelled: what had no place lies at one point"))
                return
            # Only now: what is given up while its last part is worked out must not have moved anything.
            placed = edit is not _NO_STEP
            if placed:
                architecture.apply(cast("Batch", edit))
        if placed:
            self.told.emit(tr("What had no place was arranged"))

    def _claimed(self, path: Path) -> tuple[Elsewhere, Held | None]:
        """Takes a file for this window; where another one has it, the user says what to do."""
        from designer.storage.claims import Other

        claimed = self.keeper.claim(path)
        if not isinstance(claimed, Other):
            return Elsewhere.OPEN, claimed
        from designer.gui.windows import show_file

        if show_file(path):
            return Elsewhere.CANCEL, None
        from designer.gui.messages import ask_open_elsewhere

        return ask_open_elsewhere(self._window, path.name, whose(claimed)), None

    def _open_template(self, path: Path) -> bool:
        """Raises `UserError` for a template without a drawing, or with one that cannot be read."""
        from designer.importing.command import open_template

        imported = open_template(path, self._document.catalog)
        if not self.may_discard():
            return False
        self.show_document(imported.architecture, None, None)
        self._settings.folder = path.absolute().parent
        self.told.emit(tr("Opened the drawing in {name}", name=path.name))
        if imported.notes:
            from designer.gui.messages import show_notes

            show_notes(self._window, tr("The drawing in {name} is open", name=path.name), imported.notes)
        return True

    def open_sample(self, name: str) -> bool:
        """Opens a sample as a new architecture without a file; whether it did."""
        from designer.storage.samples import open_sample

        try:
            architecture = open_sample(name, self._document.catalog)
        except UserError as error:
            self._explain(tr("The sample could not be opened"), error)
            return False
        if not self.may_discard():
            return False
        self.show_document(architecture, None, None)
        return True

    def save(self) -> bool:
        """Saves to the document's file, or asks for one; whether it did."""
        take_typed()
        path = self._document.path
        return self.save_as() if path is None else self._write(path)

    def save_as(self) -> bool:
        """Asks for a file and saves to it; whether it did."""
        take_typed()
        path = self._ask_target(tr("Save as"))
        return path is not None and self._write(path)

    def save_copy(self) -> None:
        """Asks for a file and writes a copy to it; the document keeps its own file."""
        from designer.storage.files import write

        path = self._ask_target(tr("Save a copy"))
        if path is None:
            return
        try:
            write(self._document.architecture, path)
        except UserError as error:
            from designer.gui.messages import ask_elsewhere

            if ask_elsewhere(self._window, tr("The copy could not be saved"), error):
                self.save_copy()

    def may_discard(self) -> bool:
        """Whether the document may go: it is saved, or the user saves it now, or gives the changes up."""
        take_typed()
        if self._document.history.is_clean and not self.outside.is_gone:
            return True
        from designer.gui.messages import ask_gone, ask_unsaved

        ask = ask_gone if self._document.history.is_clean else ask_unsaved
        match ask(self._window, self._document.title):
            case Answer.SAVE:
                return self.save()
            case Answer.DISCARD:
                return True
            case Answer.CANCEL:
                return False

    def _write(self, path: Path) -> bool:
        from designer.storage.files import write
        from designer.storage.stamps import stamp_written

        target, claimed = Elsewhere.OPEN, None
        if path.absolute() != self._document.path:
            target, claimed = self._free(path.absolute())
        if target is not Elsewhere.OPEN or not self.outside.may_save(path.absolute()):
            return False
        self.keeper.keep_version(path)
        try:
            content = write(self._document.architecture, path)
        except UserError as error:
            self.keeper.give_back(claimed)
            from designer.gui.messages import ask_elsewhere

            return (
                ask_elsewhere(self._window, tr("{name} could not be saved", name=path.name), error) and self.save_as()
            )
        if path.absolute() != self._document.path:
            self.keeper.settle(claimed)
        self._document.saved(path.absolute())
        self.keeper.saved(path.absolute(), stamp_written(path, content))
        self.outside.watch()
        self._remember(path)
        self.told.emit(tr("Saved {name}", name=path.name))
        return True

    def _free(self, path: Path) -> tuple[Elsewhere, Held | None]:
        """Takes a file to save to, if no other window has it, or the user says that this does not matter."""
        from designer.storage.claims import Other

        claimed = self.keeper.claim(path)
        if not isinstance(claimed, Other):
            return Elsewhere.OPEN, claimed
        from designer.gui.messages import ask_replace_open

        allowed = ask_replace_open(self._window, path.name, whose(claimed))
        return Elsewhere.OPEN if allowed else Elsewhere.CANCEL, None

    def _ask_target(self, title: str) -> Path | None:
        now = self._document.path
        if now is None:
            name = slug(self._document.architecture.settings.name, "architecture")
            now = self._settings.folder / f"{name}{SUFFIX}"
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(now), FILTER)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix in (".yaml", ".yml") else path.with_name(path.name + SUFFIX)

    def _explain(self, title: str, error: UserError) -> None:
        from designer.gui.messages import show_error

        show_error(self._window, title, error)

    def _remember(self, path: Path) -> None:
        self._settings.add_recent(path)
        self._settings.folder = path.absolute().parent
        self.recent_changed.emit()


def whose(other: Other) -> str:
    """Which other window has a file, in a sentence."""
    if other.pid is None or other.since is None:
        return tr("It is not known since when.")
    from designer.gui.previews import moment

    return tr("It is process {pid}, which has had it since {moment}.", pid=other.pid, moment=moment(other.since))


def is_template(path: Path) -> bool:
    """Whether a file holds a CloudFormation template rather than an architecture, by its content."""
    if path.name.endswith(SUFFIX) or not path.is_file():
        return False
    from designer.cloudformation.diff.read import MAX_BYTES, read_template
    from designer.yaml_source import read_text

    try:
        tree = read_template(read_text(path, MAX_BYTES), path).tree
    except UserError:
        # Neither, as far as can be seen; reading it as an architecture says what is wrong with it.
        return path.suffix in (".json", ".template")
    return "designer" not in tree and bool({"Resources", "AWSTemplateFormatVersion"} & tree.keys())
