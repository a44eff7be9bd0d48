"""Proving a form: rules of the paper, and simulated sheets read by the real reader."""

from __future__ import annotations

from omr.proof.model import Finding, Proof, Verdict
from omr.proof.prove import prove

__all__ = ["Finding", "Proof", "Verdict", "prove"]
