#!/usr/bin/python3
"""The same first ten minutes without a mouse, by what a screen reader is told and nothing else.

    /usr/bin/python3 three_tier_by_keyboard.py FOLDER COMMAND...

From an empty canvas: three tiers in a network, found in the palette, connected from lists, gone through by Tab and
along the wires; a weakness made, found, and mended from the list of findings; a failure tried out; saved and exported.
The pointer stays in a corner of the screen throughout.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop import Desktop, inside_message_bus, until
from writing import export, save

SERVICES = {
    "users": "Users",
    "load balancer": "Load balancer",
    "auto scaling": "Web servers",
    "rds": "Database",
    "vpc": "VPC",
}
INSIDE = ("Load balancer", "Web servers", "Database")
MANY = 40
"""So many presses of one key lead to any place."""


class Session:
    """The steps, each of which waits until its effect can be heard of."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self.desktop, self.folder = desktop, folder
        desktop.find("canvas", "Canvas")
        desktop.xdotool("mousemove", 2, 2)
        desktop.wait_active()

    def press_until(self, key: str, fits, what: str):
        """Presses a key until what has the keyboard fits."""
        here = self.desktop.focused()
        for _ in range(MANY):
            if here is not None and fits(here):
                return here
            self.desktop.keys(key)
            here = until(lambda before=here: self.elsewhere(before), f"the keyboard elsewhere than on {here}")
        raise AssertionError(f"never came to {what} by {key}")

    def elsewhere(self, before):
        """What has the keyboard now, if that is something else than before."""
        now = self.desktop.focused()
        return now if now is not None and now != before else None

    def to_canvas(self) -> None:
        """From anywhere back to the canvas, with nothing selected."""
        self.desktop.keys("Escape", "Escape", "Escape")
        self.desktop.wait_focused("canvas", "Canvas")

    def to_card(self, name: str):
        """Goes through the drawing until a component has the keyboard."""
        self.to_canvas()
        return self.press_until("Tab", lambda thing: thing.name.startswith(f"{name},"), f"the card {name}")

    def insert(self, words: str, name: str) -> None:
        """Finds a service in the palette and adds it."""
        self.desktop.keys("ctrl+i")
        self.desktop.wait_focused("text")
        self.desktop.type(words)
        self.desktop.keys("Return")
        self.desktop.find("image", starts=f"{name},")
        self.to_canvas()

    def move_inside(self, name: str, boundary: str) -> None:
        """Moves a component into a boundary that is chosen from a list, unless it stands in it."""
        card = self.to_card(name)
        if f"In {boundary}." in card.description:
            return
        self.desktop.keys("m")
        self.desktop.wait_focused("text", starts=f"Move {name} into")
        self.desktop.type(boundary)
        self.desktop.keys("Return")
        until(lambda: f"In {boundary}." in self.card(name).description, f"{name} in {boundary}")

    def move_out(self, name: str) -> None:
        """Moves a component out of all boundaries, if it stands in one."""
        card = self.to_card(name)
        if "In " not in card.description:
            return
        self.desktop.keys("m")
        self.desktop.wait_focused("text", starts=f"Move {name} into")
        self.desktop.type("out of")
        self.desktop.keys("Return")
        until(lambda: "In " not in self.card(name).description, f"{name} outside")

    def connect(self, source: str, target: str) -> None:
        """Connects two components: the target is chosen from a list."""
        self.to_card(source)
        self.desktop.keys("shift+c")
        self.desktop.wait_focused("text", starts=f"Connect {source} to")
        self.desktop.type(target.lower())
        self.desktop.keys("Return")
        wire = self.desktop.find("image", starts=f"{source} to {target}")
        assert wire.name in self.desktop.leads_to(self.card(source))
        assert self.desktop.leads_to(wire) == [self.card(target).name]

    def connect_in_outline(self, source: str, target: str) -> None:
        """The same from the tree, by its menu."""
        self.to_canvas()
        self.desktop.keys("ctrl+alt+o")
        self.desktop.wait_focused("table cell", starts="Region")
        self.desktop.type(source[:4].lower())
        self.desktop.wait_focused("table cell", starts=f"{source},")
        self.desktop.keys("Menu")
        self.desktop.find("menu item", starts="Connect to")
        self.press_until("Down", lambda thing: thing.name.startswith("Connect to"), "the entry Connect to")
        self.desktop.keys("Return")
        self.desktop.wait_focused("text", starts=f"Connect {source} to")
        self.desktop.type(target.lower())
        self.desktop.keys("Return")
        self.desktop.find("image", starts=f"{source} to {target}")

    def walk(self, start: str, *names: str) -> None:
        """Follows the wires from a component and hears each thing on the way."""
        self.to_card(start)
        for name in names:
            self.desktop.keys("alt+Right")
            self.desktop.wait_focused("image", starts=name)

    def choose(self, card: str, field: str, value: str) -> None:
        """Sets a field of the inspector."""
        self.to_card(card)
        self.desktop.keys("alt+Return")
        self.press_until("Tab", lambda thing: field in self.desktop.labels(thing), f"the field {field}")
        self.desktop.type(value)
        self.desktop.keys("Return")

    def apply_fix(self, finding: str) -> None:
        """Goes to the list of findings, chooses one, and applies its first fix."""
        self.to_canvas()
        self.press_until("F6", lambda thing: self.is_in(thing, "Findings"), "the panel of findings")
        self.press_until("Tab", lambda thing: thing.getRoleName() in ("list", "list item"), "the list of findings")
        self.desktop.keys("Home", "Down", "Home")
        self.desktop.wait_focused("list item", starts=finding)
        self.picture("2-finding")
        self.press_until("Tab", lambda thing: thing.name.startswith("Apply: "), "a fix")
        self.desktop.keys("space")

    def is_in(self, thing, name: str) -> bool:
        """Whether a thing stands in one of a name."""
        while thing is not None:
            if thing.name.startswith(name):
                return True
            thing = thing.parent
        return False

    def card(self, name: str):
        """A component's card, by its name."""
        return self.desktop.find("image", starts=f"{name},")

    def picture(self, name: str) -> None:
        """Keeps a picture of the screen."""
        self.desktop.picture(str(self.folder / f"{name}.png"))


def run(desktop: Desktop, folder: Path) -> None:
    """The whole session."""
    session = Session(desktop, folder)
    draw(session)
    session.picture("1-drawn")

    session.choose("Database", "Deployment", "Single")
    desktop.find("list item", starts="High: ")
    session.apply_fix("High: ")
    desktop.gone("list item", starts="High: ")
    session.picture("3-mended")
    session.to_canvas()
    desktop.keys("ctrl+z")
    desktop.find("list item", starts="High: ")
    desktop.keys("ctrl+shift+z")
    desktop.gone("list item", starts="High: ")

    session.to_card("Web servers")
    desktop.keys("k")
    until(lambda: ", down" in session.card("Web servers").name, "the failure in the name")
    desktop.keys("shift+F8")
    until(lambda: ", down" not in session.card("Web servers").name, "the end of the failure")

    session.to_canvas()
    save(session.desktop, folder / "shop.arch.yaml")
    export(session.desktop, folder / "shop.template.yaml", session.picture)


def draw(session: Session) -> None:
    """Three tiers in a network, and the users before it."""
    for words, name in SERVICES.items():
        session.insert(words, name)
    session.move_out("Users")
    for name in INSIDE:
        session.move_inside(name, "VPC")
    session.connect("Users", "Load balancer")
    session.connect_in_outline("Load balancer", "Web servers")
    session.connect("Web servers", "Database")
    session.walk("Users", "Users to Load balancer", "Load balancer,", "Load balancer to Web servers", "Web servers,")
    session.to_canvas()
    session.desktop.keys("ctrl+l")


if __name__ == "__main__":
    inside_message_bus()
    with Desktop() as screen:
        home = Path(sys.argv[1])
        screen.start(*sys.argv[2:])
        run(screen, home)
        print("drawn, mended, undone, saved and exported without a mouse")
