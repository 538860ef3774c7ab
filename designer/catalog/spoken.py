"""What the catalog says of a property, in the language spoken now."""

from __future__ import annotations

from dataclasses import replace

from designer.catalog.entries import Property
from designer.language import ENGLISH, language, tr


def spoken(prop: Property) -> Property:
    """The property with its title, help, unit, heading and choices translated; the same object in English."""
    if language() == ENGLISH:
        return prop
    choices = {value: tr(title) for value, title in prop.choices.items()}
    return replace(
        prop, title=tr(prop.title), help=tr(prop.help), unit=tr(prop.unit), group=tr(prop.group), choices=choices
    )
