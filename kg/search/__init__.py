"""Finds things by their names: entities, documents, agreements, terms, in any spelling.

    index = read_index(published)
    index.search("nato militry comittee")       -> hits, the best first
    index.complete("nato mil")                  -> hits whose names go on so, for a box that completes
    index.search("Georgia", kinds={state})      -> only those of a class (or 'document', 'term')

A template shows a hit as `<a href="{{ hit.iri | link }}">{{ hit.label }}</a> {{ hit.note }}`; `hit.name` is the name
that was found where it is another than the label.
"""

from kg.search.entries import DOCUMENT, TERM, THING, Entry, Name
from kg.search.index import Hit, Index
from kg.search.reading import read_entries, read_index

__all__ = ["DOCUMENT", "TERM", "THING", "Entry", "Hit", "Index", "Name", "read_entries", "read_index"]
