"""What comes out of a fix deploys as well as what went in: it exports, and the judge has nothing against it."""

from __future__ import annotations

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.component_rules import contradictions
from designer.analysis.fixes import propose
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.cloudformation.export import export
from designer.errors import UserErrors
from designer.model.architecture import Architecture
from designer.storage.samples import open_sample, samples
from tests.analysis.drawings import draw
from tests.analysis.fixes.drawings import DRAWINGS
from tests.cloudformation.drawings import Drawing, random_drawing
from tests.cloudformation.judges import Linter, Validator

pytestmark = pytest.mark.judge

RULES = sorted({rule for rule, _ in DRAWINGS})


def exports(architecture: Architecture, catalog: Catalog) -> bool:
    """Whether the drawing can be exported."""
    try:
        export(architecture, catalog)
    except UserErrors:
        return False
    return True


def assert_fixed_drawings_deploy(architecture: Architecture, catalog: Catalog, judge: Validator, rule: str) -> int:
    """Every fix of a rule's findings, made and exported; how many there were."""
    before = analyse(architecture, catalog)
    exported_before = exports(architecture, catalog)
    count = 0
    for finding in before.findings:
        if finding.rule != rule:
            continue
        for found in propose(finding, architecture, catalog, before):
            mended = architecture.copy()
            mended.apply(found.fix.edits)
            if not exported_before and contradictions(Resolution(mended, catalog)):
                continue  # other mistakes are left, which this fix is not for
            exported = export(mended, catalog)
            if exported.template.tree.get("Resources"):
                assert judge.findings(exported.text()) == [], found.fix.key
            count += 1
    return count


@pytest.mark.parametrize("rule", RULES)
def test_drawings_of_rules_deploy_after_each_fix(catalog: Catalog, validator: Validator, rule: str) -> None:
    """With nothing left out, and nothing that a deployment would be refused for."""
    for key, text in DRAWINGS:
        if key == rule:
            assert_fixed_drawings_deploy(draw(text), catalog, validator, rule)


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_samples_deploy_after_each_fix(catalog: Catalog, validator: Validator, linter: Linter, sample: str) -> None:
    """The same on drawings of a real size; cfn-lint too, of what changes most."""
    architecture = open_sample(sample, catalog)
    before = analyse(architecture, catalog)
    for rule in {finding.rule for finding in before.findings}:
        assert_fixed_drawings_deploy(architecture, catalog, validator, rule)
    found = [one for finding in before.findings for one in propose(finding, architecture, catalog, before)]
    if found:
        mended = architecture.copy()
        mended.apply(max(found, key=lambda one: (one.fix.size, one.fix.key)).fix.edits)
        assert linter.findings(export(mended, catalog).text()) == []


@pytest.mark.parametrize("seed", range(24))
def test_random_drawings_deploy_after_each_fix(catalog: Catalog, validator: Validator, seed: int) -> None:
    """Any kinds, values and places: a fix brings nothing that the judge did not say before."""
    drawing = random_drawing(catalog, seed, size=6)
    architecture = drawing.architecture
    before = analyse(architecture, catalog)
    said = set(judged(drawing, validator))
    for finding in before.findings:
        for found in propose(finding, architecture, catalog, before):
            mended = architecture.copy()
            mended.apply(found.fix.edits)
            exported = export(mended, catalog)
            if exported.template.tree.get("Resources"):
                new = {name.partition(":")[0] for name in validator.findings(exported.text())}
                # Names that mean harm are in other tests; here they would only become names of parameters.
                assert new <= {*said, "WARN W2509"}, found.fix.key


def judged(drawing: Drawing, validator: Validator) -> list[str]:
    """The rules of the judge that a drawing breaks as it is."""
    exported = drawing.export()
    if not exported.template.tree.get("Resources"):
        return []
    return [name.partition(":")[0] for name in validator.findings(exported.text())]
