#!/usr/bin/python3
"""A person's first ten minutes: draw three tiers with the mouse, see what fails, mend it, undo, save, export.

    /usr/bin/python3 three_tier_by_mouse.py FOLDER COMMAND...

COMMAND starts the program; the drawing and the template are saved in FOLDER, with pictures of the way.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from desktop import Desktop, inside_message_bus, until
from writing import export, save

HANDLE = 12  # a card's connect handles stand a little outside its border
CARDS = ("Users", "Load balancer", "Web servers", "Database")
PLACES = {
    "Users": (0.12, 0.16),
    "Load balancer": (0.46, 0.16),
    "Auto Scaling group": (0.46, 0.48),
    "RDS database": (0.46, 0.80),
}


class Session:
    """The steps, each of which waits until its effect can be seen."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self.desktop, self.folder = desktop, folder
        self.canvas = desktop.find("canvas", "Canvas")
        until(lambda: desktop.box(self.canvas)[2] > 300, "the window at its size")

    def card(self, name: str):
        """A component's card, by its name."""
        return self.desktop.find("image", starts=f"{name},")

    def drop_services(self) -> None:
        """Drags each service from the palette onto the canvas."""
        left, top, width, height = self.desktop.box(self.canvas)
        for number, (service, (across, down)) in enumerate(PLACES.items()):
            entry = self.desktop.find("list item", service)
            place = (int(left + width * across) + 60, int(top + height * down))
            self.desktop.drag(self.desktop.centre(entry), place)
            self.card(CARDS[number])

    def connect(self, source: str, target: str) -> None:
        """Drags from the handle on a card's right side onto another card."""
        x, y, width, height = self.desktop.box(self.card(source))
        self.desktop.xdotool("mousemove", x + width // 2, y + height // 2, "sleep", 0.3)
        end = self.desktop.centre(self.card(target))
        self.desktop.drag((x + width + HANDLE, y + height // 2), end)
        self.desktop.find("image", starts=f"{source} to {target}")

    def choose(self, field: str, value: str) -> None:
        """Chooses a value in a combo box of the inspector by keyboard."""
        box = self.desktop.labelled("combo box", field)
        self.desktop.click(box)
        time.sleep(0.3)
        self.desktop.type(value)
        self.desktop.keys("Return")

    def picture(self, name: str) -> None:
        """Keeps a picture of the screen."""
        self.desktop.picture(str(self.folder / f"{name}.png"))


def run(desktop: Desktop, folder: Path) -> None:
    """The whole session."""
    session = Session(desktop, folder)
    session.drop_services()
    session.connect("Users", "Load balancer")
    session.connect("Load balancer", "Web servers")
    session.connect("Web servers", "Database")
    session.picture("1-drawn")

    desktop.click(session.card("Database"))
    session.choose("Deployment", "Single")
    finding = desktop.find("list item", starts="High: ")
    desktop.click(finding)
    session.picture("2-finding")

    desktop.click(session.card("Database"))
    session.choose("Deployment", "Multi-AZ with")
    desktop.gone("list item", starts="High: ")
    session.picture("3-mended")

    desktop.click(session.card("Database"))
    desktop.keys("ctrl+z")
    desktop.find("list item", starts="High: ")
    desktop.keys("ctrl+shift+z")
    desktop.gone("list item", starts="High: ")

    save(desktop, folder / "shop.arch.yaml")
    export(session.desktop, folder / "shop.template.yaml", session.picture)


if __name__ == "__main__":
    inside_message_bus()
    with Desktop() as screen:
        home = Path(sys.argv[1])
        screen.start(*sys.argv[2:])
        run(screen, home)
        print("drawn, mended, undone, saved and exported")
