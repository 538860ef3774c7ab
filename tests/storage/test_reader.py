"""Reading files that people write: any YAML is taken, and everything wrong is said at once, with line and name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from designer.catalog.catalog import load_catalog
from designer.errors import UserError, UserErrors
from designer.model.architecture import Architecture
from designer.model.entities import Mode
from designer.storage.files import dumps, loads

BY_HAND = """\
designer: 1
name: Shop, by hand
region: eu-central-1
zones: [a, b, c]
properties:
  nat: single
boundaries:
  net:
    kind: vpc
    name: "Network"
    size: [800, 400]
components:
  people: {kind: users}
  web:
    kind: asg
    name: Web servers
    in: net
    zones:
      - a
      - b
    at: [120, 80]
    properties:
      min: 4
      scaling_target: 4.5e1
    note: |
      Two lines,
      # the second no comment.
connections:
  front:
    from: people
    relation: requests
    to: lb
  web: {from: lb, relation: routes, to: web}
flows:
  buy:
    entry: people
    mode: accept
    goal: 99.95
"""
BALANCER = "  lb: {kind: elb, name: 'Balancer'}\n"
GOOD = BY_HAND.replace("components:\n", "components:\n" + BALANCER)


def load(text: str) -> Architecture:
    """Reads a text as the file shop.arch.yaml."""
    return loads(text, load_catalog(), Path("shop.arch.yaml"))


def problems(text: str) -> list[str]:
    """All errors of a text, in words."""
    with pytest.raises(UserError) as caught:
        load(text)
    error = caught.value
    return [str(one) for one in (error.errors if isinstance(error, UserErrors) else [error])]


def wrong(section: str, line: str, header: str = "designer: 1\n") -> list[str]:
    """The errors of a file with this line added to a section, on line 7."""
    base = (
        f'{header}components:\n  u: {{"kind": "users"}}\n  lb: {{"kind": "elb"}}\n  q: {{"kind": "sqs"}}\n{section}:\n'
        if section != "components"
        else f'{header}# 1\n# 2\ncomponents:\n  u: {{"kind": "users"}}\n  q: {{"kind": "sqs"}}\n'
    )
    return problems(f"{base}  {line}\n")


def test_block_yaml_is_taken() -> None:
    """Plain scalars, block mappings, lists and block text."""
    shop = load(GOOD)
    web = shop.components["web"]
    assert (shop.settings.name, shop.settings.zones) == ("Shop, by hand", ("a", "b", "c"))
    assert shop.settings.properties == {"nat": "single"}
    assert (web.boundary, web.zones, web.x, web.y) == ("net", ("a", "b"), 120, 80)
    assert web.properties == {"min": 4, "scaling_target": 45.0}
    assert web.note == "Two lines,\n# the second no comment.\n"
    assert shop.components["people"].name == "Users"
    assert shop.flows["buy"].goal == 0.9995
    assert shop.flows["buy"].mode is Mode.ACCEPT
    assert shop.flows["buy"].name == "buy"
    assert shop.settings.comments == ()


def test_what_is_read_by_hand_is_saved_in_one_form() -> None:
    """And that form reads the same."""
    shop = load(GOOD)
    assert load(dumps(shop)) == shop
    assert '  web: {"kind": "asg", "name": "Web servers", "zones": ["a", "b"], "in": "net", "at": [120, 80], ' in dumps(
        shop
    )


def test_all_errors_are_collected_in_the_order_of_the_lines() -> None:
    """Each with file, line and name, not only the first."""
    text = GOOD.replace("kind: asg", "kind: asgg").replace("nat: single", "nat: singel").replace("to: lb", "to: bl")
    assert problems(text) == [
        "shop.arch.yaml:6: properties: property 'nat': expected one of per-zone, single, none, got the text 'singel'",
        "shop.arch.yaml:16: web: there is no service kind 'asgg'. did you mean 'asg'?",
        "shop.arch.yaml:33: front: there is no component 'bl'. there are lb, people, web",
    ]


@pytest.mark.parametrize(
    ("section", "line", "message"),
    [
        ("components", "x: {kind: s3}", "7: x: there is no service kind 's3'"),
        ("components", "x: {kind: vpc}", "7: x: 'vpc' is no service kind. it belongs under 'boundaries'"),
        ("components", "x: {name: X}", "7: x: the key 'kind' is missing"),
        ("components", "x: {kind: ''}", "7: x: there is no service kind ''"),
        ("components", "x: {kind: [sqs]}", "7: x: 'kind' takes text, got a list"),
        ("components", "x: sqs", "7: x: expected a mapping, got text"),
        ("components", "x:", "7: x: expected a mapping, got nothing"),
        ("components", "Web_1: {kind: sqs}", "such as 'web-1'"),
        ("components", "x: {kind: sqs, name: 5}", "7: x: 'name' takes text, got a whole number. put it in quotes"),
        ("components", "x: {kind: sqs, note: [a]}", "7: x: 'note' takes text, got a list"),
        (
            "components",
            "x: {kind: sqs, decisions: no}",
            "7: x: 'decisions' takes a list, got text. write them such as",
        ),
        ("components", "x: {kind: sqs, decisions: [Queue]}", "7: x: decision 1: expected a mapping, got text"),
        ("components", "x: {kind: sqs, decisions: [{why: y}]}", "7: x: decision 1: a title is needed"),
        (
            "components",
            "x: {kind: sqs, decisions: [{title: t}, {title: 5}]}",
            "decision 2: 'title' takes text, got",
        ),
        (
            "boundaries",
            "b: {kind: group, decisions: [{title: t, status: open}]}",
            "there is no status 'open': it is proposed, accepted, superseded",
        ),
        (
            "boundaries",
            "b: {kind: group, decisions: [{title: t, date: '2026-02-30'}]}",
            "'2026-02-30' is no day",
        ),
        ("boundaries", "b: {kind: group, decisions: [{title: t, date: 1.3.2026}]}", "'1.3.2026' is no day"),
        ("components", "x: {kind: sqs, in: nowhere}", "7: x: there is no boundary 'nowhere'"),
        ("components", "x: {kind: sqs, in: 5}", "7: x: 'in' takes text, got a whole number"),
        ("components", "x: {kind: sqs, at: [1]}", "7: x: 'at' takes two whole numbers, such as [120, 80]"),
        ("components", "x: {kind: sqs, at: [1.5, 2]}", "'at' takes two whole numbers"),
        ("components", "x: {kind: sqs, at: [true, 2]}", "'at' takes two whole numbers"),
        ("components", "x: {kind: sqs, at: [1, 9999999]}", "'at' takes numbers from -1000000 to 1000000"),
        ("components", "x: {kind: asg, zones: ab}", "7: x: 'zones' takes a list, got text. zones are letters"),
        ("components", "x: {kind: asg, zones: [a, 1]}", "7: x: a whole number is no zone"),
        ("components", "x: {kind: asg, zones: [us-east-1a]}", "7: x: 'us-east-1a' is no zone"),
        ("components", "x: {kind: asg, zones: [a, a]}", "7: x: a zone is given twice"),
        ("components", "x: {kind: asg, properties: [min]}", "7: x: 'properties' takes a mapping, got a list"),
        ("components", "x: {kind: asg, properties: {mni: 1}}", "has no property 'mni'. did you mean 'min'?"),
        ("components", "x: {kind: asg, properties: {min: two}}", "'min': expected a whole number, got the text 'two'"),
        ("components", "x: {kind: asg, properties: {min: -1}}", "'min': expected at least 0 instances, got -1"),
        ("components", "x: {kind: asg, properties: {min: true}}", "'min': expected a whole number, got true"),
        ("components", "x: {kind: asg, stuff: 1e999}", "the number 1e999 is too large"),
        ("connections", "w: {from: u, relation: requests, to: x}", "7: w: there is no component 'x'"),
        ("connections", "w: {from: '', relation: requests, to: lb}", "7: w: there is no component ''"),
        ("connections", "w: {from: u, relation: asks, to: lb}", "7: w: there is no relation 'asks'"),
        ("connections", "w: {from: u, to: lb}", "7: w: the key 'relation' is missing"),
        (
            "connections",
            "w: {from: u, relation: routes, to: lb}",
            "does not lead from Users to Load balancer. write 'requests'",
        ),
        ("connections", "w: {from: lb, relation: sends, to: q}", "a function or service in between puts messages"),
        ("connections", "w: {from: lb, relation: sends, to: q}", "Put this in between: Lambda function."),
        (
            "connections",
            "w: {from: u, relation: sends, to: q, properties: {x: 1}}",
            "the relation 'sends' has no property 'x'",
        ),
        ("boundaries", "b: {kind: subnet}", "7: b: there is no boundary kind 'subnet'"),
        ("boundaries", "b: {kind: sqs}", "7: b: 'sqs' is no boundary kind. it belongs under 'components'"),
        ("boundaries", "b: {kind: group, size: [0, 5]}", "7: b: 'size' takes numbers from 1 to 1000000"),
        ("boundaries", "b: {kind: group, in: b}", "7: b: stands inside itself"),
        ("boundaries", "b: {kind: group, properties: {cidr: x}}", "the kind 'group' has no property 'cidr'"),
        ("flows", "f: {entry: x}", "7: f: there is no component 'x'"),
        ("flows", "f: {name: F}", "7: f: the key 'entry' is missing"),
        ("flows", "f: {entry: u, mode: fast}", "there are accept, complete, degraded"),
        ("flows", "f: {entry: u, goal: 0}", "7: f: 'goal' takes a percentage above 0 and up to 100"),
        ("flows", "f: {entry: u, goal: 101}", "'goal' takes a percentage"),
        ("flows", "f: {entry: u, goal: most}", "'goal' takes a percentage"),
        ("flows", "f: {entry: u, rto: -1}", "7: f: 'rto' takes whole seconds from 0 to 31536000, such as 3600"),
        ("flows", "f: {entry: u, rto: 31536001}", "'rto' takes whole seconds"),
        ("flows", "f: {entry: u, rpo: 1.5}", "'rpo' takes whole seconds"),
        ("flows", "f: {entry: u, rpo: true}", "'rpo' takes whole seconds"),
        ("flows", "f: {entry: u, rpo: 5 minutes}", "'rpo' takes whole seconds"),
        ("flows", "f: {entry: u, accepted: [SPOF-01]}", "'accepted' takes a mapping, got a list"),
        ("flows", "f: {entry: u, accepted: {spof: x}}", "'spof' is no id of a rule"),
        ("components", "c: {kind: sqs, accepted: {SPOF-03: ' '}}", "7: c: accepting SPOF-03 needs a reason"),
        ("components", "c: {kind: sqs, accepted: {SPOF-03: 3}}", "accepting SPOF-03 takes a reason as text, got"),
        ("boundaries", f"b: {{kind: group, accepted: {{SPOF-03: {'x' * 1001}}}}}", "at most 1000 characters, got 1001"),
        ("components", "c: {kind: sqs, properties: {availability: 101}}", "expected at most 100 %, got 101"),
        ("components", "c: {kind: users, properties: {availability: 99}}", "has no property 'availability'"),
        (
            "connections",
            "w: {from: u, relation: sends, to: q, properties: {strength: firm}}",
            "expected one of hard, soft",
        ),
        ("flows", "f: {entry: u, properties: {x: 1}}", "7: f: a flow has no property 'x'"),
    ],
)
def test_one_wrong_entry(section: str, line: str, message: str) -> None:
    """Exactly one error, which says where and what."""
    (found,) = wrong(section, line)
    assert message in found
    assert found.startswith("shop.arch.yaml:7: ")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "the key 'designer' is missing"),
        ("designer: 0\n", "'designer' is the version of the format, a whole number from 1 to 1"),
        ("designer: yes\n", "'designer' is the version of the format"),
        ("designer: true\n", "'designer' is the version of the format"),
        ("designer: 2\n", "the file has format 2"),
        ("designer: 1\nname: [x]\n", "2: name: 'name' takes text, got a list"),
        ("designer: 1\nregion: Frankfurt\n", "2: region: 'Frankfurt' is no Region"),
        ("designer: 1\nzones: []\n", "2: zones: at least one zone is needed"),
        ("designer: 1\nzones: a\n", "2: zones: 'zones' takes a list, got text"),
        ("designer: 1\naccepted: {SPOF-02: ''}\n", "2: accepted: accepting SPOF-02 needs a reason"),
        ("designer: 1\nproperties: {profile: test}\n", "expected one of production, learning, dev"),
        ("designer: 1\nproperties: {vpcs: 1}\n", "2: properties: the architecture has no property 'vpcs'"),
        ("designer: 1\nfuture: 1e999\n", "2: the number 1e999 is too large"),
        ("designer: 1\ncomponents: [web]\n", "2: components: expected a mapping from id to entry, got a list"),
    ],
)
def test_one_wrong_key_of_the_header(header: str, message: str) -> None:
    """Version, settings, and the shape of the sections."""
    (found,) = problems(f"{header}flows: {{}}\n")
    assert message in found
    assert found.startswith("shop.arch.yaml")


def test_a_newer_file_is_refused_before_anything_else() -> None:
    """Its new words are no errors of the user."""
    (found,) = problems("designer: 2\ncomponents:\n  x: {kind: new}\n")
    assert "open it with a newer version of the program" in found


def test_a_template_is_recognised() -> None:
    """The most likely wrong file."""
    (found,) = problems("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n")
    assert "this looks like a CloudFormation template" in found


def test_circles_of_boundaries_name_all_of_them() -> None:
    """Those that only lead into the circle are not part of it."""
    text = "designer: 1\nboundaries:\n  a: {kind: group, in: b}\n  b: {kind: group, in: a}\n  c: {kind: group, in: a}\n"
    assert [line.split(": ")[1] for line in problems(text)] == ["a", "b"]


def test_a_broken_component_is_one_error_not_many() -> None:
    """Wires to it are not blamed for it."""
    text = "designer: 1\ncomponents:\n  u: {kind: users}\n  q: {kind: sqz}\n"
    text += "connections:\n  w: {from: u, relation: sends, to: q}\n"
    assert problems(text) == ["shop.arch.yaml:4: q: there is no service kind 'sqz'. did you mean 'sqs'?"]


@pytest.mark.parametrize("id_", ["yes", "no", "on", "null", "true", "y"])
def test_ids_that_are_words_of_yaml(id_: str) -> None:
    """They are text, with and without quotes, and are written with quotes."""
    shop = load(f"designer: 1\ncomponents:\n  {id_}: {{kind: sqs}}\n")
    assert list(shop.components) == [id_]
    assert f'  "{id_}": {{' in dumps(shop)


def test_unknown_keys_are_kept() -> None:
    """At the top and in every entry, however they are written; a later version may know them."""
    text = (
        "designer: 1\nowner: {team: Payments, since: 2024-01-01}\n'strange key': [1, 2.5, null]\n"
        "components:\n  u: {kind: users, colour: red}\n"
    )
    shop = load(text)
    assert shop.settings.extra == {"owner": {"team": "Payments", "since": "2024-01-01"}, "strange key": [1, 2.5, None]}
    assert shop.components["u"].extra == {"colour": "red"}
    saved = dumps(shop)
    assert 'owner: {"since": "2024-01-01", "team": "Payments"}\n"strange key": [1, 2.5, null]\n' in saved
    assert '"colour": "red"}' in saved
    assert load(saved) == shop


def test_null_stands_for_what_is_not_said() -> None:
    """As an empty value does in YAML."""
    entry = "u: {kind: asg, name: null, in: , zones: ~, properties: {min: null}}"
    shop = load(f"designer: 1\nname:\nflows:\ncomponents:\n  {entry}\n")
    assert shop.components["u"].name == "Web servers"
    assert shop.components["u"].properties == {}


@pytest.mark.parametrize("text", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD])
def test_windows_line_ends_and_marks_are_taken(text: str) -> None:
    """Editors add them."""
    assert load(text) == load(GOOD)
    canonical = dumps(load(GOOD))
    assert load(canonical.replace("\n", "\r\n")) == load(GOOD)


def test_saved_files_are_read_without_a_yaml_parser() -> None:
    """It would take ten times as long; the window opens files before it needs one."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom designer.catalog.catalog import load_catalog\n"
        "from designer.storage.samples import samples, open_sample\ncatalog = load_catalog()\n"
        "sys.modules['yaml'] = None\n"
        "assert all(open_sample(s.name, catalog).components for s in samples())\n"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


DB = '"availability": 99.97, "availability_source": "2025"}, "accepted": {"RDS-01": "Small."}, "later": 1}'
WIRE = '"properties": {"reason": "Cached.", "strength": "soft"}, "accepted": {"LAM-02": "Few."}}'
FLOW = '"goal": 99.9, "rto": 3600, "rpo": 300, "accepted": {"SPOF-03": "Known."}}'
JUDGED = f"""\
designer: 1
name: "Judged"
region: "us-east-1"
zones: ["a", "b"]
properties: {{"profile": "learning", "zone_availability": 99.95}}
accepted: {{"NET-01": "One gateway is cheaper."}}
components:
  db: {{"kind": "rds", "name": "DB", "properties": {{{DB}
  web: {{"kind": "lambda", "name": "Web"}}
connections:
  web-db: {{"from": "web", "relation": "queries", "to": "db", {WIRE}
flows:
  buy: {{"name": "Buy", "entry": "web", {FLOW}
"""


def test_judgements_are_read_and_written_as_they_stand() -> None:
    """Objectives in seconds, reasons by rule, overrides among the properties, one line for each entry."""
    architecture = loads(JUDGED, load_catalog())
    assert dumps(architecture) == JUDGED
    flow = architecture.flows["buy"]
    assert (flow.goal, flow.rto, flow.rpo) == (0.999, 3600, 300)
    assert flow.accepted == {"SPOF-03": "Known."}
    assert architecture.settings.accepted == {"NET-01": "One gateway is cheaper."}
    assert architecture.components["db"].accepted == {"RDS-01": "Small."}
    assert architecture.components["db"].extra == {"later": 1}
    assert architecture.connections["web-db"].properties == {"reason": "Cached.", "strength": "soft"}


def test_acceptances_of_several_lines_are_read_too() -> None:
    """As people write them by hand."""
    text = "designer: 1\ncomponents:\n  q:\n    kind: sqs\n    accepted:\n      SQS-03: few\n      SQS-0: x\n"
    (found,) = problems(text)
    assert found.startswith("shop.arch.yaml:7: q: 'SQS-0' is no id of a rule. write the rule and your reason, such as ")
