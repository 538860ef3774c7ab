"""Canvas and panels over one document, and what they tell one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from designer.errors import UserError
from designer.gui.beginning import Beginning
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.document import Document
from designer.gui.find.searching import Searching
from designer.gui.panels.palette import PalettePanel
from designer.gui.status import StatusBar
from designer.gui.tasks import Tasks
from designer.gui.theme import Theme
from designer.language import tr
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis, Finding
    from designer.analysis.fixes import Fix
    from designer.gui.arranger import Arranger
    from designer.gui.failures import Failures
    from designer.gui.fix_finder import FixFinder
    from designer.gui.live_validation import LiveValidation, Verdict
    from designer.gui.panels.findings import FindingsPanel
    from designer.gui.panels.flow_paths import FlowsPanel
    from designer.gui.panels.improve import ImprovePanel
    from designer.gui.panels.inspector import InspectorPanel
    from designer.gui.panels.knock_out import KnockOutPanel
    from designer.gui.panels.outline import OutlinePanel
    from designer.gui.panels.template import Exported, TemplatePanel
    from designer.gui.settings import UserSettings


class Workspace(QObject):
    """Owns the parts of a window and wires them together; knows nothing of docks, menus and files.

    Inspector, findings and template are made by `complete`, which the window calls once its first picture is shown:
    together they take as long to load as the canvas and the palette.
    """

    panel_wanted = Signal(str)
    """A panel is to come to the front: palette, inspector, findings or template."""
    counted = Signal(int)
    """How many findings there are now."""
    judged = Signal(int)
    """How many errors and warnings the judges have about the template."""
    selection_changed = Signal(object)
    inspector: InspectorPanel
    findings: FindingsPanel
    template: TemplatePanel
    validation: LiveValidation
    failures: Failures
    fixes: FixFinder

    def __init__(self, document: Document, settings: UserSettings, window: QMainWindow) -> None:
        super().__init__(window)
        self.document = document
        self.canvas = Canvas(document)
        self.palette = PalettePanel(document, settings)
        self.status = StatusBar(window)
        self.beginning = Beginning(self.canvas, settings)
        self.arranger: Arranger | None = None
        """What lays the drawing out, once that was asked for."""
        self.searching = Searching(self)
        self.tasks = Tasks(document)
        self._leading = False
        self._complete = False
        self.analysis: Analysis | None = None
        self._late: dict[str, FlowsPanel | KnockOutPanel | ImprovePanel | OutlinePanel] = {}
        self.flows: FlowsPanel | None = None
        """The panel of flows, once it was looked at."""
        self.palette.insert_requested.connect(lambda kind: self._add(self.canvas.insert, kind))
        self.palette.connect_requested.connect(lambda kind: self._add(self.canvas.adding.insert_connected, kind))
        self.palette.replace_requested.connect(lambda kind: self._add(self.canvas.adding.replace_selected, kind))
        self.canvas.added.connect(self.palette.note_added)
        self.canvas.favoured = self.palette.favoured
        self.canvas.noted.connect(self._show_notes)

    def complete(self, template_format: str) -> dict[str, QWidget]:
        """Makes the other panels, by their names, and starts the analysis."""
        from designer.gui.announcer import Announcer
        from designer.gui.canvas.focus_ring import FocusRing
        from designer.gui.failure_bar import FailureBar
        from designer.gui.failures import Failures
        from designer.gui.fix_finder import FixFinder
        from designer.gui.live_validation import LiveValidation
        from designer.gui.panels.findings import FindingsPanel
        from designer.gui.panels.inspector import InspectorPanel
        from designer.gui.panels.template import TemplatePanel

        self.inspector = InspectorPanel(self.document)
        self.findings = FindingsPanel(self.document)
        self.template = TemplatePanel(template_format)
        self.validation = LiveValidation(self)
        self.failures = Failures(self.document)
        self.fixes = FixFinder(self.document)
        self.bar = FailureBar(self.canvas.viewport(), self.failures)
        self.announcer = Announcer(self)
        self.ring = FocusRing(self.canvas)
        self._connect_canvas()
        self._connect_failures()
        self._connect_panels()
        self._connect_fixes()
        self._complete = True
        self._outdate()
        self._show_selection(self.canvas.selection())
        self.tasks.refresh()
        return {"inspector": self.inspector, "findings": self.findings, "template": self.template}

    def make_panel(self, key: str) -> QWidget:
        """Makes a panel that is only needed once it is looked at: outline, flows, knock-out or improve."""
        if key == "flows":
            from designer.gui.panels.flow_paths import FlowsPanel

            flows = FlowsPanel(self.document)
            flows.path_wanted.connect(self._show_path)
            flows.component_chosen.connect(self.go_to)
            flows.edit_wanted.connect(self._open_inspector)
            self.tasks.analysed.connect(flows.show_analysis)
            self.document.replaced.connect(lambda: flows.show_analysis(None))
            flows.show_analysis(self.analysis)
            self.flows = flows
            return self._late.setdefault(key, flows)
        if key == "improve":
            from designer.gui.panels.improve import ImprovePanel

            improve = ImprovePanel(self.fixes)
            improve.applied.connect(self._apply)
            improve.looked_at.connect(self._show_path)
            self.tasks.analysed.connect(improve.show_analysis)
            self.document.replaced.connect(lambda: improve.show_analysis(None))
            improve.show_analysis(self.analysis)
            return self._late.setdefault(key, improve)
        if key == "outline":
            from designer.gui.panels.outline import OutlinePanel

            outline = OutlinePanel(self.canvas)
            outline.inspector_wanted.connect(self._open_inspector)
            return self._late.setdefault(key, outline)
        from designer.gui.panels.knock_out import KnockOutPanel

        panel = KnockOutPanel(self.document, self.failures)
        panel.component_chosen.connect(self.go_to)
        return self._late.setdefault(key, panel)

    def look_at(self, key: str, looked_at: bool) -> None:
        """Whether one of those panels is in front."""
        if (panel := self._late.get(key)) is not None:
            panel.look(looked_at)

    def stop(self) -> None:
        """Ends all that is worked out beside the window."""
        self.tasks.stop()
        if self.arranger is not None:
            self.arranger.stop()
        if self._complete:
            self.validation.close()
            self.failures.stop()
            self.fixes.stop()
        if self.flows is not None:
            self.flows.stop()

    def use_theme(self, theme: Theme) -> None:
        """Gives the canvas, which paints itself, the colours."""
        self.canvas.set_theme(theme)

    def show_finding(self, finding: Finding | None) -> None:
        """Lights a finding's witness up on the canvas, or puts it out."""
        if finding is None:
            self.canvas.show_witness(())
            return
        about = (*finding.components, *finding.connections, *finding.boundaries)
        self._leading = True
        self.canvas.select(finding.components, finding.connections, finding.boundaries)
        self._leading = False
        self._light_witness(finding)
        if about:
            self.canvas.centre_on(about[0])

    def _light_witness(self, finding: Finding) -> None:
        about = (*finding.components, *finding.connections, *finding.boundaries)
        self.canvas.show_witness(tuple(dict.fromkeys((*finding.witness, *about))))

    def go_to(self, key: str) -> None:
        """Selects a component, connection or boundary and shows it; does nothing for what is not drawn."""
        architecture = self.document.architecture
        if key in architecture.components:
            self.canvas.select(components=(key,))
        elif key in architecture.connections:
            self.canvas.select(connections=(key,))
        elif key in architecture.boundaries:
            self.canvas.select(boundaries=(key,))
        else:
            return
        self.canvas.centre_on(key)

    def lay_out(self, settings: UserSettings, *, whole: bool) -> None:
        """Arranges everything, or the selected components and boundaries."""
        if self.arranger is None:
            from designer.gui.arranger import Arranger

            self.arranger = Arranger(self.canvas, settings)
            self.arranger.told.connect(self.status.tell)
        selected = self.canvas.selection()
        self.arranger.arrange(None if whole else (*selected.components, *selected.boundaries))

    def find_service(self) -> None:
        """Leads to the palette's search."""
        self.panel_wanted.emit("palette")
        self.palette.focus_search()

    def reload_rules(self) -> None:
        """Checks the drawing again, by the user's own rules as their files are now."""
        self.tasks.refresh()
        self.panel_wanted.emit("findings")

    def lead_to(self, collection: Collection, key: str) -> None:
        """Selects one thing and shows it, which ends looking at a finding."""
        self.canvas.select_one(collection, key)
        self.canvas.centre_on(key)

    def light_chosen(self) -> None:
        """Lights up the finding that is looked at again, or puts out what is lit."""
        finding = self.findings.list.current() if self._complete else None
        if finding is not None:
            self._light_witness(finding)
        else:
            self.canvas.show_witness(())

    def find_in_template(self) -> None:
        """Leads to the template's search."""
        self.panel_wanted.emit("template")
        self.template.focus_find()

    def ask_second_opinion(self) -> None:
        """Has cfn-lint judge the template too, for the architecture's Region."""
        self.panel_wanted.emit("template")
        self.validation.second_opinion()

    def _connect_canvas(self) -> None:
        canvas = self.canvas
        canvas.selection_changed.connect(self._show_selection)
        canvas.message.connect(self.status.show_message)
        # What is said of a step holds until the next one, and is said after it.
        self.document.changed.connect(lambda _changes: self.status.show_message(""))
        canvas.zoom_changed.connect(self.status.show_zoom)
        self.status.show_zoom(canvas.zoom)
        canvas.open_requested.connect(self._open_inspector)
        zoom = self.status.zoom
        zoom.zoom_wanted.connect(canvas.zoom_to)
        zoom.step_wanted.connect(canvas.viewpoint.step)
        zoom.fit_wanted.connect(canvas.zoom_to_fit)
        zoom.selection_wanted.connect(canvas.zoom_to_selection)
        zoom.left.connect(canvas.setFocus)
        self.document.replaced.connect(self._start_over)

    def _connect_failures(self) -> None:
        failures, canvas = self.failures, self.canvas
        canvas.fail_wanted.connect(failures.toggle)
        canvas.restore_wanted.connect(self._let_failures_go)
        failures.changed.connect(canvas.show_knock_out)
        failures.picking_changed.connect(canvas.pick_failures)
        self.bar.covering.connect(canvas.viewpoint.cover)

    def _connect_fixes(self) -> None:
        details = self.findings.details
        self.findings.finding_selected.connect(self._propose)
        self.fixes.proposed.connect(details.show_fixes)
        details.fixes.applied.connect(self._apply)
        details.fixes.looked_at.connect(self._look_at_fix)

    def _propose(self, finding: Finding | None) -> None:
        if finding is not None and self.analysis is not None:
            self.fixes.propose(finding, self.analysis)

    def _apply(self, fix: Fix) -> None:
        if self.canvas.commands.do_with_lanes(fix.edits):
            self.status.tell(tr("{title}: done, and one step to undo", title=fix.title))

    def _look_at_fix(self, ids: Sequence[str]) -> None:
        """Lights up what a fix touches; in the end the witness of the finding again."""
        if ids:
            self.canvas.show_witness(ids)
        elif (finding := self.findings.list.current()) is not None:
            self._light_witness(finding)

    def _let_failures_go(self) -> None:
        self.failures.pick(False)
        self.failures.restore()

    def _show_path(self, ids: Sequence[str]) -> None:
        """Lights a flow's way through the drawing up, or puts it out."""
        self.canvas.show_witness(ids)

    def _connect_panels(self) -> None:
        self.inspector.finding_selected.connect(self._show_in_list)
        self.findings.finding_selected.connect(self.show_finding)
        self.findings.finding_selected.connect(self.beginning.look)
        self.template.origin_clicked.connect(self.go_to)
        self.status.findings_wanted.connect(lambda: self.panel_wanted.emit("findings"))
        self.tasks.analysed.connect(self._show_analysis)
        self.tasks.exported.connect(self._show_export)
        self.tasks.export_failed.connect(self._show_export_errors)
        self.template.bar.opinion_wanted.connect(self.ask_second_opinion)
        self.template.bar.opinion_cancelled.connect(self.validation.cancel)
        self.validation.changed.connect(self._show_verdict)
        self.document.changed.connect(self._outdate)
        self.document.replaced.connect(self._outdate)

    def _show_selection(self, selected: Selection) -> None:
        if not self._leading:
            # Choosing something else on the canvas ends looking at a finding.
            self.findings.clear_choice()
            if self.flows is not None:
                self.flows.let_go()
        self.inspector.show_selection(selected)
        self.template.show_selection(_ids(selected))
        self.status.show_selection(selected)
        self.selection_changed.emit(selected)

    def _show_analysis(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.canvas.show_analysis(analysis)
        self.inspector.show_analysis(analysis)
        self.findings.show_analysis(analysis)
        self._propose(self.findings.list.current())
        self.status.show_analysis(analysis if self.document.architecture.components else None)
        self.searching.show_analysis(analysis)
        self.counted.emit(len(analysis.findings))

    def _show_export(self, exported: Exported | None) -> None:
        self.template.show_export(exported)
        self.validation.check(exported, self.document.architecture.settings.region)

    def _show_export_errors(self, error: UserError) -> None:
        self.template.show_errors(error)
        self.validation.check(None, "")

    def _outdate(self) -> None:
        """What is known of the template is old; that it is judged anew is said only where another one is made."""
        self.template.expect(drawn=bool(self.document.architecture.components))
        self.validation.outdate(soon=self.tasks.export_wanted)

    def _show_verdict(self, verdict: Verdict) -> None:
        self.template.show_verdict(verdict)
        if not verdict.checking:
            self.judged.emit(verdict.faults)

    def _show_in_list(self, finding: Finding) -> None:
        self.panel_wanted.emit("findings")
        self.findings.select(finding)

    def _open_inspector(self, key: str) -> None:
        self.go_to(key)
        self.panel_wanted.emit("inspector")
        self.inspector.focus_name()

    def _add(self, how: Callable[[str], None], kind: str) -> None:
        how(kind)
        if self.canvas.adding.search is None and not self.palette.search.hasFocus():
            self.canvas.setFocus()

    def _show_notes(self, title: str, notes: Sequence[str]) -> None:
        from designer.gui.messages import show_notes

        show_notes(self.canvas.window(), title, notes)

    def _start_over(self) -> None:
        self.canvas.show_analysis(None)
        self.status.show_analysis(None)
        self.analysis = None
        self.template.show_export(None)
        self.counted.emit(0)


def _ids(selected: Selection) -> Sequence[str]:
    return (*selected.components, *selected.connections, *selected.boundaries)
