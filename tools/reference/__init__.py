"""Writes the reference data's Turtle from its tables.

    python -m tools.reference [--verified ../shared/reference] [--into ontology]

The tables are `ontology/source/*.tsv`, curated here, and the verified identifiers, office holders, members
and cities of the folder given by `--verified`. The Turtle is what people review and what the program reads.
A city's GeoNames id is linked only where `tools.reference.geonames` found it right.
"""
