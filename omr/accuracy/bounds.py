"""How far a counted share can be from the true one: exact binomial bounds.

C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case
of the binomial", Biometrika 26 (1934). They hold whatever the share; no normal curve is assumed.
"""

from __future__ import annotations

from scipy.special import betaincinv

CONFIDENCE = 0.95


def upper_bound(found: int, of: int, confidence: float = CONFIDENCE) -> float:
    """The share (0..1) that the true one exceeds with a chance of at most ``1 - confidence``.

    One-sided. For 0 found among n this is ``1 - (1 - confidence) ** (1 / n)``; 1.0 if n is 0.
    """
    _check(found, of)
    if found == of:
        return 1.0
    return float(betaincinv(found + 1, of - found, confidence))


def lower_bound(found: int, of: int, confidence: float = CONFIDENCE) -> float:
    """The share (0..1) that the true one falls below with a chance of at most ``1 - confidence``.

    One-sided; 0.0 where nothing was found.
    """
    _check(found, of)
    if found == 0:
        return 0.0
    return float(betaincinv(found, of - found + 1, 1 - confidence))


def interval(found: int, of: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The two-sided interval: either side is left out with half the remaining chance."""
    each = 1 - (1 - confidence) / 2
    return lower_bound(found, of, each), upper_bound(found, of, each)


def _check(found: int, of: int) -> None:
    if not 0 <= found <= of:
        message = f"{found} of {of} is no share"
        raise ValueError(message)
