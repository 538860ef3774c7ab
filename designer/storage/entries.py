"""Checks the entries of a file one by one against the catalog, and makes entities of them."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Kind
from designer.language import tr
from designer.model.entities import MOST_LAYERS, Boundary, Component, Connection, Flow, Mode, Settings
from designer.model.names import is_id, slug
from designer.storage.fields import Fields, Problems
from designer.storage.source import Item, Source
from designer.yaml_source import type_name

_MODES = [mode.value for mode in Mode]


class Entries:
    """Makes entities of a file's entries. `None` stands for an entry with an error, noted among the problems."""

    def __init__(self, source: Source, catalog: Catalog, problems: Problems) -> None:
        self.source, self.catalog, self.problems = source, catalog, problems
        # References are looked up among all ids of the file, so that one broken entry is one error.
        self.components = {item.id: _kind_of(item) for item in source.sections["components"]}
        self.boundaries = {item.id for item in source.sections["boundaries"]}

    def settings(self) -> Settings:
        """The header."""
        fields = Fields(self.source.header, self.problems, None)
        usual = Settings()
        fields.left.pop("designer")
        zones = fields.zones(usual.zones)
        if not zones:
            fields.problem(tr("at least one zone is needed"), "zones")
        return Settings(
            name=fields.text("name", usual.name),
            description=fields.text("description", ""),
            region=fields.region(usual.region),
            zones=zones,
            properties=fields.properties(self.catalog.architecture.properties, tr("the architecture")),
            note=fields.text("note", ""),
            decisions=fields.decisions(),
            accepted=fields.accepted(),
            extra=fields.rest(),
            comments=self.source.comments,
            closing_comments=self.source.closing_comments,
        )

    def component(self, item: Item) -> Component | None:
        """A component."""
        fields = self._fields(item)
        kind = self._kind(fields, self.catalog.kinds, tr("service kind")) if fields is not None else None
        if fields is None or kind is None:
            return None
        x, y = fields.pair("at", (0, 0))
        return Component(
            id=intern(item.id),
            kind=kind.id,
            name=fields.text("name", kind.name),
            zones=fields.zones(),
            boundary=fields.place("in", self.boundaries, "boundary"),
            x=x,
            y=y,
            layer=fields.whole("layer", 0, -MOST_LAYERS, MOST_LAYERS),
            locked=fields.flag("locked"),
            note=fields.text("note", ""),
            decisions=fields.decisions(),
            properties=fields.properties(kind.properties, tr("the kind {key!r}", key=kind.id)),
            accepted=fields.accepted(),
            extra=fields.rest(),
            comments=item.comments,
        )

    def boundary(self, item: Item) -> Boundary | None:
        """A boundary."""
        fields = self._fields(item)
        kind = self._kind(fields, self.catalog.boundaries, tr("boundary kind")) if fields is not None else None
        if fields is None or kind is None:
            return None
        x, y = fields.pair("at", (0, 0))
        width, height = fields.pair("size", (320, 240), least=1)
        return Boundary(
            id=intern(item.id),
            kind=kind.id,
            name=fields.text("name", kind.name),
            parent=fields.place("in", self.boundaries, "boundary"),
            zones=fields.zones(),
            x=x,
            y=y,
            width=width,
            height=height,
            collapsed=fields.flag("collapsed"),
            layer=fields.whole("layer", 0, -MOST_LAYERS, MOST_LAYERS),
            locked=fields.flag("locked"),
            note=fields.text("note", ""),
            decisions=fields.decisions(),
            properties=fields.properties(kind.properties, tr("the kind {key!r}", key=kind.id)),
            accepted=fields.accepted(),
            extra=fields.rest(),
            comments=item.comments,
        )

    def connection(self, item: Item) -> Connection | None:
        """A connection; the catalog has the word on whether the two kinds may be wired like this."""
        fields = self._fields(item)
        if fields is None:
            return None
        source = fields.member("from", self.components, "component")
        relation = fields.member("relation", self.catalog.relations, "relation")
        target = fields.member("to", self.components, "component")
        if source is None or relation is None or target is None:
            return None
        self._check_pair(fields, source, relation, target)
        return Connection(
            id=item.id,
            source=source,
            target=target,
            relation=relation,
            via=fields.points("via"),
            note=fields.text("note", ""),
            decisions=fields.decisions(),
            properties=fields.properties(
                self.catalog.relations[relation].properties, tr("the relation {relation!r}", relation=relation)
            ),
            accepted=fields.accepted(),
            extra=fields.rest(),
            comments=item.comments,
        )

    def flow(self, item: Item) -> Flow | None:
        """A flow."""
        fields = self._fields(item)
        entry = fields.member("entry", self.components, "component") if fields is not None else None
        if fields is None or entry is None:
            return None
        mode = fields.place("mode", _MODES, "mode")
        return Flow(
            id=item.id,
            name=fields.text("name", item.id),
            entry=entry,
            mode=Mode(mode or Mode.COMPLETE),
            goal=fields.share("goal"),
            rto=fields.seconds("rto"),
            rpo=fields.seconds("rpo"),
            properties=fields.properties({}, "a flow"),
            accepted=fields.accepted(),
            extra=fields.rest(),
            comments=item.comments,
        )

    def _fields(self, item: Item) -> Fields | None:
        if not is_id(item.id):
            hint = tr(
                "write lower-case letters, digits and single hyphens, such as {slug!r}",
                slug=slug(item.id, "web-servers"),
            )
            shown = item.id if len(item.id) <= 80 else f"{item.id[:80]}..."
            self.problems.add(tr("{shown!r} cannot be an id", shown=shown), item, "", hint=hint)
        if isinstance(item.value, dict):
            return Fields(item.value, self.problems, item)
        self.problems.add(tr("expected a mapping, got {type_name}", type_name=type_name(item.value)), item, "")
        return None

    def _kind(self, fields: Fields, known: Mapping[str, Kind], what: str) -> Kind | None:
        name = fields.left.get("kind")
        others = self.catalog.boundaries if known is self.catalog.kinds else self.catalog.kinds
        if isinstance(name, str) and name not in known and name in others:
            section = "boundaries" if others is self.catalog.boundaries else "components"
            fields.problem(
                tr("{name!r} is no {what}", name=name, what=what),
                "kind",
                hint=tr("it belongs under '{section}'", section=section),
            )
            return None
        found = fields.member("kind", known, what)
        return known[found] if found is not None else None

    def _check_pair(self, fields: Fields, source: str, relation: str, target: str) -> None:
        kinds = self.catalog.kinds
        from_kind, to_kind = self.components[source], self.components[target]
        if from_kind not in kinds or to_kind not in kinds:
            return  # an error of the component, and said there
        if (from_kind, to_kind) in self.catalog.relations[relation].pairs:
            return
        allowed = self.catalog.relations_between(from_kind, to_kind)
        if allowed:
            message = tr(
                "{relation!r} does not lead from {title} to {target}",
                relation=relation,
                title=kinds[from_kind].title,
                target=kinds[to_kind].title,
            )
            hint = tr("write {names}", names=" or ".join(repr(one.id) for one in allowed))
        else:
            refusal = self.catalog.refusal(from_kind, to_kind)
            message = tr(
                "{title} to {target}: {reason}",
                title=kinds[from_kind].title,
                target=kinds[to_kind].title,
                reason=refusal.reason,
            )
            hint = tr("Put this in between: {title}.", title=kinds[refusal.instead].title) if refusal.instead else ""
        fields.problem(message, "relation", hint=hint)


def _kind_of(item: Item) -> str:
    kind = item.value.get("kind") if isinstance(item.value, dict) else None
    return kind if isinstance(kind, str) else ""
