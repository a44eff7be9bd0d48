"""What else might classify marks: a small network, and boosted trees. For comparison only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

Rows = np.ndarray
TRUTHS = 4


def shares(scores: Rows) -> Rows:
    """(N, TRUTHS) probabilities of (N, TRUTHS) scores."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@dataclass
class Network:
    """One hidden layer of tanh, least squares penalised, fitted by L-BFGS from a fixed seed."""

    hidden: int = 16
    penalty: float = 3e-4
    steps: int = 300

    def fit(self, rows: Rows, truth: Rows) -> Network:
        """Fit to (N, D) rows and (N,) truths."""
        self.low, self.high = np.percentile(rows, (0.02, 99.98), axis=0)
        inside = np.clip(rows, self.low, self.high)
        self.middle, self.scale = inside.mean(axis=0), inside.std(axis=0) + 1e-9
        scaled, wanted = (inside - self.middle) / self.scale, np.eye(TRUTHS)[truth]
        shapes = (
            (rows.shape[1], self.hidden),
            (1, self.hidden),
            (self.hidden, TRUTHS),
            (1, TRUTHS),
        )
        cuts = np.cumsum([a * b for a, b in shapes])[:-1]

        def parts(packed: Rows) -> list[Rows]:
            return [p.reshape(s) for p, s in zip(np.split(packed, cuts), shapes, strict=True)]

        def loss(packed: Rows) -> tuple[float, Rows]:
            into, bias, out, last = parts(packed)
            inner = np.tanh(scaled @ into + bias)
            found = shares(inner @ out + last)
            own = np.maximum(found[np.arange(len(truth)), truth], 1e-300)
            error = (found - wanted) / len(truth)
            back = (error @ out.T) * (1 - inner**2)
            slopes = (scaled.T @ back + self.penalty * into, back.sum(0),
                      inner.T @ error + self.penalty * out, error.sum(0))  # fmt: skip
            size = 0.5 * self.penalty * ((into**2).sum() + (out**2).sum())
            return float(-np.log(own).mean() + size), np.concatenate([s.ravel() for s in slopes])

        rng = np.random.default_rng(0)
        start = np.concatenate([rng.normal(0, a**-0.5, a * b) for a, b in shapes])
        options = {"maxiter": self.steps, "maxcor": 20}
        self.parts = parts(minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x)
        return self

    def probabilities(self, rows: Rows) -> Rows:
        """(N, TRUTHS)."""
        into, bias, out, last = self.parts
        scaled = (np.clip(rows, self.low, self.high) - self.middle) / self.scale
        return shares(np.tanh(scaled @ into + bias) @ out + last)


@dataclass
class Trees:
    """Gradient boosting: a tree of fixed depth for each truth in every round, binned features."""

    rounds: int = 120
    depth: int = 3
    rate: float = 0.1
    penalty: float = 2.0

    def fit(self, rows: Rows, truth: Rows) -> Trees:
        """Fit to (N, D) rows and (N,) truths."""
        cuts = np.linspace(0, 1, 26)[1:-1]
        self.edges = [
            np.unique(
                np.concatenate([np.quantile(column[truth == t], cuts) for t in range(TRUTHS)])
            )
            for column in rows.T
        ]
        self.bins = max(len(edge) for edge in self.edges) + 1
        binned, wanted = self._binned(rows), np.eye(TRUTHS)[truth]
        self.trees: list[tuple[int, list[tuple[Rows, Rows]], Rows]] = []
        self.start = np.log(wanted.mean(axis=0))
        scores = np.tile(self.start, (len(rows), 1))
        for _ in range(self.rounds):
            found = shares(scores)
            for t in range(TRUTHS):
                slope = found[:, t] - wanted[:, t]
                curve = np.maximum(found[:, t] * (1 - found[:, t]), 1e-12)
                splits, node = self._grown(binned, slope, curve)
                leaves = 1 << self.depth
                leaf = -self.rate * np.bincount(node, slope, leaves)
                leaf /= np.bincount(node, curve, leaves) + self.penalty
                scores[:, t] += leaf[node]
                self.trees.append((t, splits, leaf))
        return self

    def _binned(self, rows: Rows) -> Rows:
        pairs = zip(self.edges, rows.T, strict=True)
        return np.column_stack(
            [np.searchsorted(edge, column, side="right") for edge, column in pairs]
        )

    def _grown(
        self, binned: Rows, slope: Rows, curve: Rows
    ) -> tuple[list[tuple[Rows, Rows]], Rows]:
        count, width = binned.shape
        used = np.flatnonzero(np.abs(slope) > 1e-5)  # noqa: PLR2004 - the rest is settled
        node, splits = np.zeros(count, np.int64), []
        place = np.arange(width) * self.bins + binned[used]
        for depth in range(self.depth):
            nodes = 1 << depth
            key = (node[used, None] * width * self.bins + place).ravel()
            size = nodes * width * self.bins
            sums = [
                np.bincount(key, np.repeat(v[used], width), size).reshape(nodes, width, self.bins)
                for v in (slope, curve)
            ]
            left = [s.cumsum(axis=2) for s in sums]
            right = [whole[:, :, -1:] - whole for whole in left]
            gain = sum(s**2 / (c + self.penalty) for s, c in (left, right))
            gain = gain - left[0][:, :, -1:] ** 2 / (left[1][:, :, -1:] + self.penalty)
            feature, edge = np.divmod(gain.reshape(nodes, -1).argmax(axis=1), self.bins)
            splits.append((feature, edge))
            node = 2 * node + (binned[np.arange(count), feature[node]] > edge[node])
        return splits, node

    def probabilities(self, rows: Rows) -> Rows:
        """(N, TRUTHS)."""
        binned = self._binned(rows)
        scores = np.tile(self.start, (len(rows), 1))
        for t, splits, leaf in self.trees:
            node = np.zeros(len(rows), np.int64)
            for feature, edge in splits:
                node = 2 * node + (binned[np.arange(len(rows)), feature[node]] > edge[node])
            scores[:, t] += leaf[node]
        return shares(scores)
