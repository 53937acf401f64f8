"""/reconcile: the Reconciliation Service API, by which OpenRefine and others link a column of names to our things.

Version 0.2 (Final Community Group Report of 2023-04-10) has its endpoint at `/reconcile`, version 1.0-draft at
`/reconcile/1.0-draft`; both ask the same matching. Queries are read (`queries`), matched (`matching`) and told in the
form of the version (`answers`); values of things are fetched by `extending`, names completed by `suggesting`.
"""

from kg.web.reconcile.views import views

__all__ = ["views"]
