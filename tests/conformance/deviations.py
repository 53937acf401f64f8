"""The tests that the server does not pass, each with the reason: a list of defects, which should be empty."""

CANONICAL = frozenset(
    {
        *(f"aggregates/agg-{name}" for name in ("sum-02", "avg-02", "min-01", "min-02", "max-01", "max-02")),
        *(f"aggregates/agg-{name}" for name in ("err-02", "max-distinct", "min-distinct")),
        *(f"cast/cast-{name}" for name in ("bool", "int", "float", "double", "decimal", "string")),
        *("functions/plus-1-corrected", "functions/plus-2-corrected", "functions/coalesce01"),
        "csv-tsv-res/tsv03",
    }
)
"""Tests whose numbers the engine tells in canonical form: the same values in another spelling."""

NO_GRAPH_VARIABLE = "the engine does not bind the variable of GRAPH around a pattern that has no triple of it"
NO_ZERO_PATH = "the engine matches no path of length zero at a term that is in no triple"
DEVIATIONS = {
    "aggregates/agg-empty-group-count-graph": NO_GRAPH_VARIABLE,
    "bindings/graph": NO_GRAPH_VARIABLE,
    "negation/graph-minus": NO_GRAPH_VARIABLE,
    "functions/bnode01": "the engine gives BNODE(text) one node for all solutions",
    "property-path/zero_or_more_set_start": NO_ZERO_PATH,
    "property-path/zero_or_more_set_end": NO_ZERO_PATH,
    "property-path/zero_or_one_set_start": NO_ZERO_PATH,
    "property-path/zero_or_one_set_end": NO_ZERO_PATH,
    "csv-tsv-res/csv03": "the engine spells the double 1.0E6 as 1000000, an integer to CSV",
    "service/service5": "SERVICE with a variable is refused; the engine could not ask either, for it evaluates SERVICE "
    "without the solutions beside it, where the variable is unbound",
}
"""Tests whose answer is another one."""
