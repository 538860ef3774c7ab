"""Comments belong to the author: they come back where they were, or beside what they speak of."""

from __future__ import annotations

from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.storage.files import dumps, loads

SAVED = """\
# The shop of Example Ltd.
# Ask the web team.
designer: 1
name: "Shop"
region: "us-east-1"
zones: ["a", "b"]
components:
  # What people see.
  lb: {"kind": "elb", "name": "Balancer"}
  # Two lines
  # about the people: {"kind": 1}
  u: {"kind": "users", "name": "Users"}
connections:
  # The front door.
  u-lb: {"from": "u", "relation": "requests", "to": "lb"}
# The end.
"""
BY_HAND = """\
# top
designer: 1  # version
name: "a # b"   # not in the name
components:   # all of them
  # before lb
  lb:  # beside lb
    kind: elb
    # inside lb
    note: |  # beside the block
      # not a comment
      text
    # after the block
    name: 'x
      # y'
  # before u
  u: {kind: users,  # one
      name: U}  # two
  # after u
connections:
  w: {from: u, relation: requests, to: lb}
# the end
"""


def load(text: str) -> Architecture:
    """Reads a text."""
    return loads(text, load_catalog())


def test_saving_keeps_every_comment_in_its_place() -> None:
    """Byte for byte."""
    assert dumps(load(SAVED)) == SAVED


def test_comments_move_with_their_entry() -> None:
    """Entries are ordered by id; the lines before one go with it."""
    text = SAVED.replace("  lb:", "  zz:").replace('"to": "lb"', '"to": "zz"')
    saved = dumps(load(text))
    assert saved.index("# What people see.") < saved.index("  zz:")
    assert saved.index("# about the people") < saved.index("  u:") < saved.index("# What people see.")


def test_comments_in_hand_written_yaml_are_found() -> None:
    """At the end of lines, inside entries, beside block text; and what only looks like one is text."""
    shop = load(BY_HAND)
    assert shop.settings.name == "a # b"
    assert shop.settings.comments == ("# top", "# version", "# not in the name")
    assert shop.components["lb"].note == "# not a comment\ntext\n"
    assert shop.components["lb"].comments == (
        "# all of them",
        "# before lb",
        "# beside lb",
        "# inside lb",
        "# beside the block",
        "# after the block",
    )
    assert shop.components["lb"].name == "x # y"
    assert shop.components["u"].comments == ("# before u", "# one", "# two")
    assert shop.connections["w"].comments == ("# after u",)
    assert shop.settings.closing_comments == ("# the end",)
    assert load(dumps(shop)) == shop


def test_a_file_that_ends_in_comments_alone() -> None:
    """Nothing follows that they could belong to."""
    assert load("designer: 1\n# a\n\n   # b").settings.closing_comments == ("# a", "# b")
    assert load("designer:  1\nname: X\n# a").settings.closing_comments == ("# a",)


def test_a_comment_cannot_break_the_file() -> None:
    """Whatever a program puts there stays one line that starts with #."""
    drawing = Architecture()
    bad = ("plain", "# a\ncomponents: {}", "", "# \x07\u2028bell", " \n ")
    drawing = Architecture(drawing.settings.with_(comments=bad, closing_comments=("x\ud800",)))
    text = dumps(drawing)
    assert text.startswith("# plain\n# a components: {}\n#  bell\ndesigner: 1\n")
    assert text.endswith("# x\n")
    assert load(text).components == {}
