"""Whether a text is English."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = frozenset(
    (
        *("the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as", "by"),
        *("at", "from", "be", "are", "has", "have", "had", "will", "which", "its", "an", "this", "their"),
        *("been", "or", "not", "but", "they", "he", "she", "his", "her", "would", "were", "who", "after"),
    )
)
_SAMPLE = 4000
_FEW = 12  # words, too few to tell a language by
_SURE, _POSSIBLE = 0.3, 0.05  # shares of function words in running English, and in lists and headlines


def is_english(text: str) -> bool:
    """Whether most of a text is English: by its function words, and where these leave doubt by a classifier.

    The sample is from start, middle and end, so that a long foreign part shows. Of texts of a few words only
    those in another script are refused.
    """
    sample = _sample(text)
    words = _WORD.findall(sample.lower())
    if len(words) < _FEW:
        return not words or sum(word.isascii() for word in words) * 2 >= len(words)
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    return share >= _SURE or (share >= _POSSIBLE and _classified(sample) == "en")


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return f"{text[:third]} {text[middle : middle + third]} {text[-third:]}"


def _classified(sample: str) -> str:
    from py3langid import classify  # noqa: PLC0415  # loading its model takes a second, and few texts need it

    return str(classify(sample)[0])
