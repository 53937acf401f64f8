"""The stages of a build on Apache Spark, for corpora and facts that one machine cannot hold.

    build(task, watch) -> Built

The stages are those of `kg.pipeline`, by the same functions: documents are mapped and checked as partitions, claims
meet by what they may have in common, and the rules that the reasoner compiled are joins of tables. Who does what,
when, and again where a process has died, is Spark's business. It needs the extra `spark`, and Java.
"""
