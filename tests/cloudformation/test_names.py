"""Logical ids are readable, unique and do not move when something else changes."""

from __future__ import annotations

import itertools
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.cloudformation.names import COMPOUND, MAX_LOGICAL_ID, UNOWNED, Names, camel, id_prefix
from designer.model.edits import Remove
from designer.model.entities import Collection
from designer.model.operations import rename
from tests.cloudformation.drawings import Drawing, everything, property_drawings

IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("key", "name"), [("orders-queue", "OrdersQueue"), ("orders", "Orders"), ("a-2", "A2"), ("x", "X"), ("", "")]
)
def test_an_id_becomes_words_in_capitals(key: str, name: str) -> None:
    assert camel(key) == name


def test_a_name_that_says_the_suffix_already_is_not_doubled() -> None:
    names = Names()
    assert names.logical_id("component:queue", "Queue", "Queue") == "Queue"
    assert names.logical_id("component:queue", "Queue", "Policy") == "QueuePolicy"
    # Else "Queue" of `orders` would be the same.
    assert names.logical_id("component:orders-queue", "OrdersQueue", "Queue") == "OrdersQueueQueue"
    assert not names.clashing


@given(IDS, st.text(string.ascii_letters, max_size=300))
def test_a_logical_id_is_alphanumeric_and_never_too_long(key: str, suffix: str) -> None:
    name = Names().logical_id(f"component:{key}", camel(key), suffix)
    assert re.fullmatch(r"[A-Za-z0-9]{1,255}", name)
    assert len(name) <= MAX_LOGICAL_ID


def test_names_cut_to_length_stay_different() -> None:
    names = Names()
    first = names.logical_id("a", "A" * 64, "x" * 300)
    second = names.logical_id("a", "A" * 64, "x" * 299 + "y")
    assert first != second
    assert len(first) == len(second) == MAX_LOGICAL_ID


def test_of_two_owners_with_one_name_the_later_gives_way() -> None:
    names = Names()
    names.logical_id("component:orders-2", "Orders2", "Queue")
    names.logical_id("component:orders2", "Orders2", "Queue")
    assert names.clashing == {"component:orders2"}
    again = Names(frozenset(names.clashing))
    first = again.logical_id("component:orders-2", "Orders2", "Queue")
    second = again.logical_id("component:orders2", "Orders2", "Queue")
    assert first == "Orders2Queue"
    assert re.fullmatch("Orders2[0-9a-f]{8}Queue", second)
    assert not again.clashing


@pytest.mark.parametrize(
    ("key", "prefix"),
    [("orders-queue", "OrdersQueue"), ("orders-2", "OrdersNo2"), ("orders2", "Orders2"), ("a-2-b", "ANo2B"),
     ("no-2", "NoNo2"), ("wires", "Wires"), ("atlas", "Atlas")],
)  # fmt: skip
def test_the_start_of_logical_ids_can_be_read(key: str, prefix: str) -> None:
    assert id_prefix(key) == prefix


@pytest.mark.parametrize("key", ["a-to-b", "to", "look-at", "orders-no2", "a-wire2"])
def test_words_that_logical_ids_use_themselves_are_told_apart(key: str) -> None:
    assert re.fullmatch(camel(key) + "[0-9a-f]{8}", id_prefix(key))


@given(IDS, IDS)
def test_two_ids_never_come_to_one_start(one: str, other: str) -> None:
    assert (id_prefix(one) == id_prefix(other)) == (one == other)


@pytest.mark.parametrize(
    ("prefix", "suffix"), [("WebSecurity", "Group"), ("Alarm", "Topic"), ("Flow", "Logs"), ("DbProxy", "SecurityGroup"),
                           ("OrdersTask", "Role"), ("MainOther", "PrivateSubnetA")]
)  # fmt: skip
def test_a_name_that_another_could_come_to_has_a_digest_in_any_case(prefix: str, suffix: str) -> None:
    assert re.fullmatch(f"{prefix}[0-9a-f]{{8}}{suffix}", Names().logical_id("component:x", prefix, suffix))


@pytest.mark.parametrize(("prefix", "suffix"), [("Task", "Role"), ("OrdersTask", "Queue"), ("Web", "SecurityGroup")])
def test_a_name_that_no_other_comes_to_has_no_digest(prefix: str, suffix: str) -> None:
    assert Names().logical_id("component:x", prefix, suffix) == prefix + suffix


def test_suffixes_that_end_in_another_are_all_known(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new service whose suffix ends in another one's belongs into `COMPOUND` or `UNOWNED`."""
    owned: set[str] = set()
    unowned: set[str] = set()
    given_out = Names.logical_id

    def note(names: Names, owner: str, prefix: str, suffix: str) -> str:
        # A name with a letter of a zone, a number or a parameter's name in it is one of a row.
        if not re.search(r"[0-9]|[a-z][A-F]$|^Parameter[A-Z]", suffix) or suffix == "ParameterPolicy":
            (owned if prefix else unowned).add(suffix)
        return given_out(names, owner, prefix, suffix)

    monkeypatch.setattr(Names, "logical_id", note)
    for drawing in [everything(catalog), *(found for _name, found in property_drawings(catalog))]:
        drawing.template()
    for nat in ("none", "single"):
        drawing = Drawing(catalog, nat=nat)
        drawing.frame("vpc", "main", nat=nat)
        for kind in catalog.kinds:
            drawing.add(kind, boundary="main")
        drawing.template()
    compound = {name for name in owned for end in owned if name != end and name.endswith(end)}
    assert compound <= COMPOUND | UNOWNED
    assert {name for name in unowned for end in owned if name != end and name.endswith(end)} - UNOWNED == set()


def all_ids(drawing: Drawing) -> dict[str, set[str]]:
    """The logical ids that each writer gave, over all sections."""
    template = drawing.export().template
    found: dict[str, set[str]] = {}
    for section in ("Parameters", "Conditions", "Resources", "Outputs"):
        entries = template.tree.get(section, {})
        for name in entries:
            found.setdefault(template.writer(entries, name, "architecture"), set()).add(name)
    return found


CLASHING = (
    ("orders-2", "orders2"),
    ("orders", "orders-queue"),
    ("alarm", "alarm-topic"),
    ("key", "vpc"),
    ("web", "web-security"),
    ("a-to-b", "a"),
    ("orders", "orders-dead-letters"),
    ("db", "db-proxy"),
    ("flow", "access"),
    ("orders", "orders-task"),
)


@pytest.mark.parametrize("keys", CLASHING)
@pytest.mark.parametrize("kind", ["sqs", "sns", "lambda", "ec2"])
def test_components_whose_names_meet_are_exported_all_the_same(
    catalog: Catalog, keys: tuple[str, str], kind: str
) -> None:
    drawing = Drawing(catalog)
    for key in keys:
        drawing.add(kind, key)
    found = all_ids(drawing)
    for first, names in found.items():
        for second, others in found.items():
            assert first == second or not names & others
    assert all(found[f"component:{key}"] for key in keys)


@pytest.mark.parametrize("keys", CLASHING)
@pytest.mark.parametrize(
    "kinds", [("sqs", "sqs"), ("sns", "lambda"), ("asg", "ec2"), ("rds", "lambda"), ("ecs", "sqs")]
)
def test_the_arrival_of_another_changes_no_id(catalog: Catalog, keys: tuple[str, str], kinds: tuple[str, str]) -> None:
    both = Drawing(catalog)
    for key, kind in zip(keys, kinds, strict=True):
        both.add(kind, key)
    together = all_ids(both)
    for key, kind in zip(keys, kinds, strict=True):
        alone = Drawing(catalog)
        alone.add(kind, key)
        assert all_ids(alone)[f"component:{key}"] == together[f"component:{key}"]


@given(st.lists(IDS, min_size=2, max_size=6, unique=True), st.data())
def test_what_others_are_called_changes_no_id(catalog: Catalog, keys: list[str], data: st.DataObject) -> None:
    drawing = Drawing(catalog)
    kinds = st.sampled_from(["sqs", "lambda", "dynamodb", "sns"])
    for key in keys:
        drawing.add(data.draw(kinds), key)
    for source, target in itertools.pairwise(keys):
        between = catalog.relations_between(
            drawing.architecture.components[source].kind, drawing.architecture.components[target].kind
        )
        if between:
            drawing.wire(source, target, between[0].id)
    before = all_ids(drawing)
    changed = data.draw(st.sampled_from(keys))
    other = data.draw(IDS.filter(lambda key: key not in keys))
    drawing.architecture.apply(rename(drawing.architecture, changed, other))
    gone = {f"component:{changed}", *(f"connection:{w}" for w in _wires_at(before, changed))}
    after = all_ids(drawing)
    for writer, names in before.items():
        if writer in after and writer not in gone and not writer.startswith("shared:"):
            assert after[writer] == names


def _wires_at(writers: dict[str, set[str]], key: str) -> set[str]:
    return {writer.partition(":")[2] for writer in writers if writer.startswith("connection:") and key in writer}


def test_removing_and_adding_components_changes_no_id_of_others(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for kind in ("elb", "asg", "rds", "sqs", "lambda", "dynamodb"):
        drawing.add(kind)
    drawing.wire("elb", "asg", "routes")
    before = all_ids(drawing)
    drawing.add("ecs")
    drawing.add("sns")
    drawing.wire("sns", "sqs", "delivers")
    drawing.wire("ecs", "rds", "queries")
    during = all_ids(drawing)
    for writer, names in before.items():
        assert names <= during[writer]
    for key in ("sns-sqs", "ecs-rds"):
        drawing.architecture.apply(Remove(Collection.CONNECTIONS, key))
    for key in ("sns", "ecs", "lambda"):
        drawing.architecture.apply(Remove(Collection.COMPONENTS, key))
    after = all_ids(drawing)
    assert {writer: names for writer, names in before.items() if writer != "component:lambda"} == after


def test_ids_of_sixty_four_characters_give_a_template(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    keys = [f"{kind}-{'long-name-' * 6}"[:63] + "x" for kind in ("elb", "ecs", "rds", "eks", "sns", "lambda", "sqs")]
    assert {len(key) for key in keys} == {64}
    for key in keys:
        kind = key.partition("-")[0]
        drawing.add(
            kind, key, **({"fifo": True} if kind == "sns" else {}), **({"proxy": True} if kind == "rds" else {})
        )
    elb, ecs, rds, eks, _sns, function, sqs = keys
    for source, target, relation in (
        (elb, ecs, "routes"), (ecs, rds, "queries"), (elb, eks, "routes"), (function, sqs, "sends"),
        (function, ecs, "calls"),
    ):  # fmt: skip
        drawing.wire(source, target, relation, key=f"{source[:25]}-{target[:25]}-x")
    names = {name for given in all_ids(drawing).values() for name in given}
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,255}", name) for name in names)
