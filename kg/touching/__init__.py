"""Which documents a change of the lexicon or of the reference data can touch, told by words.

words_of(document, annotated, tokenizer) -> bytes     what a reading keeps beside it
rows(lexicon, reference, base) -> Rows                all that the mapping goes by, part by part
change(before, now) -> Change                         what differs, and whether a document has words that lead there

It rests on how the mapping asks: for a word of the document (as it stands, as its lemma, or as another form that
`keys` takes for the same), or for a thing that it came to from such a word. A document that has no word that leads to
a row, in the data before or after, is read as if the row were not there.
"""

from kg.touching.changes import Change, change
from kg.touching.rows import Row, Rows, asked, rows
from kg.touching.words import keys, words_of

__all__ = ["Change", "Row", "Rows", "asked", "change", "keys", "rows", "words_of"]
