"""Limits, origins, resets, explanations and links of the inspector; what does not fit waits to be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.inputs import NumberBox
from designer.gui.panels.help_card import HelpCard
from designer.gui.panels.inspector import InspectorPanel
from designer.gui.panels.limits import limits_in_words, value_in_words
from designer.gui.panels.selected import Choice
from designer.model.entities import Collection
from designer.model.operations import set_property, set_settings_property
from tests.gui.panels.test_inspector import ESCAPE, LEFT, form_of, own, type_number


class Browser(QObject):
    """Stands for the browser: takes the addresses that would be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("https", made, "open")
    yield made
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def panel(document: Document, show: Callable[..., None]) -> InspectorPanel:
    made = InspectorPanel(document)
    show(made, 320, 1400)
    return made


def card_texts(card: HelpCard) -> str:
    return "\n".join(found.text() for found in card.findChildren(QLabel))


def test_limits_show_in_the_field_and_in_its_description(panel: InspectorPanel, qtbot: QtBot) -> None:
    field = form_of(panel, "orders").fields["storage"]
    box = field.widget
    assert isinstance(box, NumberBox)
    assert box.limits == "20 GiB–64 TiB"  # noqa: RUF001 - a dash between numbers
    assert "20 GiB to 64 TiB" in box.accessibleDescription()
    type_number(qtbot, field, "7")
    assert "Expected at least 20 GiB, got 7 GiB" in box.accessibleDescription(), "a screen reader hears what is wrong"


def test_limits_and_values_in_words(catalog: Catalog) -> None:
    rds, sqs = catalog.kinds["rds"].properties, catalog.kinds["sqs"].properties
    assert limits_in_words(sqs["delay"]) == "0 to 15 min."
    assert limits_in_words(rds["engine"]) == ""
    assert value_in_words(sqs["retention"], 345600) == "4 days"
    assert value_in_words(sqs["fifo"], False) == "Off"
    assert value_in_words(rds["engine"], "postgres") == "PostgreSQL"
    assert value_in_words(rds["availability"], None) == "Not set"


def test_what_does_not_fit_waits_until_the_thing_is_shown_again(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    field = form_of(panel, "jobs").fields["delay"]
    type_number(qtbot, field, "9000")
    other = form_of(panel, "mail").fields["delay"]
    assert other.widget.lineEdit().text() == "" and other.message.isHidden(), "not shown at another queue"  # type: ignore[attr-defined]
    form_of(panel, "orders")
    again = form_of(panel, "jobs").fields["delay"]
    assert again.widget.lineEdit().text() == "9000" and "at most 15 min" in again.message.text()  # type: ignore[attr-defined]
    assert own(document, "jobs") == {}
    again.widget.setFocus()
    qtbot.keyClick(again.widget, Qt.Key.Key_Backspace)
    assert own(document, "jobs") == {"delay": 900} and again.message.isHidden()


def test_what_does_not_fit_stays_when_the_thing_is_renamed(
    panel: InspectorPanel, document: Document, qtbot: QtBot
) -> None:
    form = form_of(panel, "jobs")
    type_number(qtbot, form.fields["delay"], "9000")
    assert form.name is not None
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Work")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert "work" in document.architecture.components
    assert form.fields["delay"].widget.lineEdit().text() == "9000"  # type: ignore[attr-defined]
    assert not form.fields["delay"].message.isHidden()


def test_all_properties_are_reset_in_one_step(panel: InspectorPanel, document: Document, qtbot: QtBot) -> None:
    for name, value in (("delay", 30), ("fifo", True)):
        document.do(set_property(document.architecture, Collection.COMPONENTS, ["jobs"], name, value))
    form = form_of(panel, "jobs")
    assert form.reset_all.isVisible() and form.reset_all.text().startswith("2 changed")
    qtbot.mouseClick(form.reset_all, LEFT)
    assert own(document, "jobs") == {} and not form.reset_all.isVisible()
    assert document.history.undo_label == "Reset 2 properties"
    document.undo()
    assert own(document, "jobs") == {"delay": 30, "fifo": True}
    document.do(set_settings_property(document.architecture, "nat", "none"))
    panel.show_selection(Choice())
    assert panel.form is not None
    qtbot.mouseClick(panel.form.reset_all, LEFT)
    assert document.architecture.settings.properties == {}


def test_a_value_says_what_it_follows(panel: InspectorPanel, qtbot: QtBot) -> None:
    form = form_of(panel, "jobs")
    timeout = form.fields["visibility_timeout"]
    assert timeout.widget.mark == "derived" and timeout.state.origin == "the connections"  # type: ignore[attr-defined]
    qtbot.mouseClick(timeout.title, LEFT)
    assert timeout.card is not None
    assert "which follows from: the connections" in card_texts(timeout.card)
    qtbot.keyClick(timeout.card, ESCAPE)
    storage = form_of(panel, "orders").fields["max_storage"]
    assert storage.state.origin == "Storage"


def test_where_a_component_stands_is_said_with_the_reason(panel: InspectorPanel) -> None:
    form = form_of(panel, "orders")
    assert form.zones is not None and form.zones_row.hint.text() == "From the architecture"
    assert [(place.text(), place.toolTip()) for place in form.places] == [
        ("A network of its own", "The template makes one, as no VPC is drawn."),
        ("Isolated", "Usual for: RDS database."),
    ]
    assert form_of(panel, "jobs").places == [], "a queue has no address in a network"


def test_the_explanation_opens_by_key_and_leads_to_the_documentation(
    panel: InspectorPanel, browser: Browser, qtbot: QtBot
) -> None:
    field = form_of(panel, "jobs").fields["delay"]
    field.widget.setFocus()
    qtbot.keyClick(field.widget, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    card = field.card
    assert card is not None and card.isVisible()
    texts = card_texts(card)
    assert "New messages stay hidden for this time." in texts and "0 to 15 min." in texts
    assert "Now 0 s, the default." in texts and "Sets AWS::SQS::Queue.DelaySeconds" in texts
    assert card.link is not None
    qtbot.keyClick(card.link, Qt.Key.Key_Return)
    page = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html"
    assert f"{page}#cfn-sqs-queue-delayseconds" in browser.opened
    qtbot.keyClick(card, ESCAPE)
    qtbot.waitUntil(lambda: field.card is None)


def test_the_kind_leads_to_its_documentation(panel: InspectorPanel, browser: Browser, qtbot: QtBot) -> None:
    form = form_of(panel, "jobs")
    (link,) = [found for found in form.findChildren(QLabel) if found.text().startswith("<a ")]
    link.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert browser.opened and browser.opened[0].startswith("https://docs.aws.amazon.com/AWSSimpleQueueService/")
