"""The reference data conforms to the shapes, all of it; a build checks only what its documents touch."""

import pytest

from kg.settings import Settings
from kg.turtle import read_turtle, turtle_files
from kg.validate import Validator

pytestmark = pytest.mark.long


def test_all_reference_data_conforms() -> None:
    settings = Settings()
    reference = read_turtle(turtle_files(settings.ontology / "reference"))
    ontology = read_turtle(turtle_files(settings.ontology))
    shapes = read_turtle(turtle_files(settings.shapes))
    report = Validator(shapes, [ontology, reference]).whole([reference])
    assert not report.violations, "\n".join(map(str, report.violations[:20]))
