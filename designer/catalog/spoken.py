"""What the catalog says of a property, in the language spoken now."""

from __future__ import annotations

from dataclasses import replace

from designer.catalog.entries import Property
from designer.catalog.quantities import SCALES
from designer.language import ENGLISH, language, tr


def spoken(prop: Property) -> Property:
    """The property with its title, help, unit, heading and choices translated; the same object in English.

    A unit with a scale stays as it is: it names the scale, which is written in the language by itself.
    """
    if language() == ENGLISH:
        return prop
    choices = {value: tr(title) for value, title in prop.choices.items()}
    unit = prop.unit if prop.unit in SCALES else tr(prop.unit)
    return replace(prop, title=tr(prop.title), help=tr(prop.help), unit=unit, group=tr(prop.group), choices=choices)
