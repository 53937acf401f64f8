"""Corpora that are made are the same each time, and their gold tells what stands in their texts."""

from __future__ import annotations

from itertools import islice

import pytest

from bench.builds import exponent
from bench.corpus import PLANS, documents
from kg.laws import read_laws
from kg.reference import read_reference
from kg.settings import Settings


@pytest.mark.long
def test_a_document_depends_on_its_number_and_the_seed_alone() -> None:
    many = list(documents(12))
    assert list(documents(5)) == many[:5]
    assert many != list(documents(12, seed=2))
    assert len({one.text for one in many}) == 12


def test_gold_quotes_stand_in_the_text_and_are_of_classes_and_roles_of_the_ontology() -> None:
    settings = Settings()
    roles = read_laws(
        settings.ontology, read_reference(settings.ontology, settings.base), settings.base
    ).roles
    for plan in PLANS:
        assert plan.roles.keys() <= roles[plan.type], plan
    for one in islice(documents(30), 30):
        for fact in one.facts:
            quote = fact["quote"]
            assert one.text[quote["start"] : quote["end"]] == quote["exact"]
            assert all(fact["roles"].values())


def test_the_exponent_of_what_is_linear_is_one_and_of_what_is_quadratic_two() -> None:
    assert abs(exponent([(n, 3 * n) for n in (10, 100, 1000)]) - 1) < 1e-9
    assert abs(exponent([(n, n * n) for n in (10, 100, 1000)]) - 2) < 1e-9
