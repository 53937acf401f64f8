"""The joins of rules derive what the reasoner in memory derives, over every construct of the profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import worlds
from kg.reason import close
from kg.reason.closure import Closure

pytestmark = [pytest.mark.long, pytest.mark.needs("java", module="pyspark")]


@pytest.mark.parametrize("seed", [1, 2])
def test_joins_derive_what_the_reasoner_in_memory_derives(seed: int, tmp_path: Path) -> None:
    from kg.cluster.claims import lines
    from kg.cluster.closure import Reasoning
    from kg.cluster.session import session

    ontology, data = worlds.ontology(), worlds.data(300, seed=seed)
    wanted = close(ontology, data, worlds.BASE)
    with session("local[2]") as spark:
        facts = spark.createDataFrame([(line,) for line in lines(data)], "line string")
        found = Reasoning(spark, Closure(ontology), facts, str(tmp_path))
        inferred = sorted(found.inferred(worlds.BASE).collect())
        clashes = {clash.rule for clash in found.clashes}
    assert inferred == lines(wanted.triples)
    assert clashes == {clash.rule for clash in wanted.clashes}


def test_facts_that_bring_axioms_are_refused_in_words(tmp_path: Path) -> None:
    from rdflib import OWL, RDF

    from kg.cluster.claims import lines
    from kg.cluster.closure import Reasoning
    from kg.cluster.session import ClusterError, session

    brought = [(worlds.TERM.visits, RDF.type, OWL.TransitiveProperty)]
    with session("local[1]") as spark, pytest.raises(ClusterError, match="TransitiveProperty"):
        facts = spark.createDataFrame([(line,) for line in lines(brought)], "line string")
        Reasoning(spark, Closure(worlds.ontology()), facts, str(tmp_path))
