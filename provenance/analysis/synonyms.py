"""Words that say the same where all tell of one event: kindred ones, and miles and kilometres."""

from dataclasses import replace
from functools import cache

import numpy as np

from provenance.analysis.columns import Claims, code_of
from provenance.analysis.spilling import Codes, Numbers
from provenance.common.stemming import first_kin, metric_units

_MIX = np.uint64(0x9E3779B97F4A7C15)
_NEARLY = 0.05
"""How far two amounts may differ, as part of them, where one is rounded in miles, one in km."""


def by_amount(claims: Claims, story: Numbers) -> Claims:
    """Return *claims* with amounts by their measures: 2,000 acres are not 2,000 hectares.

    One that is not metric is the metric one of its story that it comes to, if there is any.

    Args:
        claims: In order of their articles.
        story: That of each article.
    """
    amounts = claims.amount != 0
    own, others = np.flatnonzero(claims.amount > 0), np.flatnonzero(claims.amount < 0)
    of_stem, measure = story[claims.article][claims.rows], _in_metric(claims.measure)
    codes = np.where(amounts, claims.codes ^ (claims.measure * _MIX), claims.codes)
    for at in others:
        same = own[(of_stem[own] == of_stem[at]) & (measure[own] == measure[at])]
        off = np.abs(claims.amount[same] / -claims.amount[at] - 1)
        if len(same) and off.min() <= _NEARLY:
            codes[at] = codes[same[off.argmin()]]
    return replace(claims, codes=codes, measure=measure)


def _in_metric(measures: Codes) -> Codes:
    """Return *measures* with those that are not metric as what they come to."""
    found = measures.copy()
    for unit, other in metric_units().items():
        found[measures == code_of(unit)] = code_of(other)
    return found


def by_kin(claims: Claims) -> Claims:
    """Return *claims* with words that mean much the same as one: who died was killed."""
    words, firsts = _kindred()
    at = np.minimum(np.searchsorted(words, claims.codes), len(words) - 1)
    codes = np.where(words[at] == claims.codes, firsts[at], claims.codes)
    order = np.lexsort((codes, claims.rows))
    codes, rows = codes[order], claims.rows[order]
    new = np.r_[True, (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])][: len(codes)]
    starts = np.flatnonzero(new)
    said, number, denied, weighty = (
        np.logical_or.reduceat(flags[order], starts)
        for flags in (claims.said, claims.number, claims.denied, claims.weighty)
    )
    ends = np.cumsum(np.bincount(rows[new], minlength=len(claims)))
    return replace(
        claims,
        codes=codes[new],
        said=said,
        number=number,
        denied=denied,
        weighty=weighty,
        amount=claims.amount[order][starts],
        measure=np.maximum.reduceat(claims.measure[order], starts),
        starts=np.r_[0, ends].astype(np.int64),
    )


@cache
def _kindred() -> tuple[Codes, Codes]:
    """Return the codes of kindred words, sorted, and beside each that of the first of its kin."""
    pairs = sorted((code_of(word), code_of(first)) for word, first in first_kin().items())
    words, firsts = zip(*pairs, strict=True)
    return np.array(words, np.uint64), np.array(firsts, np.uint64)
