"""Vectors kept on disk by the content of their texts: what was encoded once is never encoded again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from filelock import FileLock, Timeout
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from kgrec_core.data.disk.files import PART, remove, replacing
from kgrec_core.data.disk.writable_folders import ANOTHER_HOME, writing
from kgrec_core.schema.progress import Progress, no_progress

_log = logging.getLogger(__name__)

Vectors = npt.NDArray[np.float32]
Known = dict[bytes, npt.NDArray[np.float32]]  # sha256 of a text -> its vector (dim,)

_LOCK = ".lock"
_CHUNK = 2000  # texts between two writes; a cancelled run loses at most these


class Encoder(Protocol):
    """What turns texts into vectors: a language model, TF-IDF or Word2Vec."""

    @property
    def dim(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> Vectors: ...


class VectorStore:
    """A folder with one safetensors file per encoder fingerprint: `keys` (n, 32) uint8 and `vectors` (n, dim).

    A file is replaced as a whole, so readers never see half of one; a file that is damaged is left out of use
    and rebuilt by the next `encode`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def encode(self, encoder: Encoder, texts: Sequence[str], progress: Progress = no_progress) -> Vectors:
        """(len(texts), dim) float32, equal to `encoder.encode(texts)`; only unseen texts reach the encoder."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        known = self._read(encoder)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        pending = sorted(missing, key=lambda key: len(missing[key]))  # like lengths in one chunk
        for start in range(0, len(pending), _CHUNK):
            chunk = pending[start : start + _CHUNK]

            def report(what: str, share: float, start: int = start, size: int = len(chunk)) -> None:
                progress(what, (start + share * size) / len(pending))

            fresh = encoder.encode([missing[key] for key in chunk], report)
            known.update(zip(chunk, fresh, strict=True))
            known = self._write(encoder, known)
        progress("Reading texts", 1.0)
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, encoder.dim), np.float32)

    def path(self, encoder: Encoder) -> Path:
        """The file that holds this encoder's vectors."""
        return self.folder / f"{hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:24]}.safetensors"

    def _read(self, encoder: Encoder) -> Known:
        path = self.path(encoder)
        if not path.exists():
            return {}
        try:
            with safe_open(path, framework="numpy") as file:
                keys, vectors = file.get_tensor("keys"), file.get_tensor("vectors")
                digest = (file.metadata() or {}).get("digest")
        except (SafetensorError, OSError, ValueError) as error:
            return self._damaged(path, str(error))
        whole = keys.ndim == 2 and keys.shape[1] == 32 and vectors.shape == (len(keys), encoder.dim)
        if not whole or digest != _digest(keys, vectors):
            return self._damaged(path, "its content does not match its checksum")
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def _damaged(self, path: Path, why: str) -> Known:
        _log.warning("The vector file %s is damaged (%s); its texts are encoded again.", path, why)
        return {}

    def _write(self, encoder: Encoder, known: Known) -> Known:
        """Replaces the file by `known` and what others wrote since; returns both together. One writer at a time."""
        with writing(self.folder, ANOTHER_HOME):
            self.folder.mkdir(parents=True, exist_ok=True)
            return self._merged(encoder, known)

    def _merged(self, encoder: Encoder, known: Known) -> Known:
        with FileLock(self.folder / _LOCK):
            merged = {**self._read(encoder), **known}
            keys = np.frombuffer(b"".join(merged), dtype=np.uint8).reshape(-1, 32)
            vectors = np.stack(list(merged.values())).astype(np.float32)
            metadata = {"fingerprint": encoder.fingerprint, "digest": _digest(keys, vectors)}
            with replacing(self.path(encoder)) as part:
                save_file({"keys": keys, "vectors": vectors}, part, metadata)
        return merged


def sweep_vectors(folder: Path) -> None:
    """Removes files that a killed run has not finished; nothing while somebody writes."""
    parts = list(folder.glob(f".*{PART}"))
    if parts:
        with suppress(Timeout), FileLock(folder / _LOCK, timeout=0):
            for part in parts:
                remove(part)


def _digest(keys: npt.NDArray[np.uint8], vectors: Vectors) -> str:
    return hashlib.sha256(keys.tobytes() + vectors.tobytes()).hexdigest()
