"""Built indexes, kept in a scratch folder by a digest of all that shapes them, so that a second run need not build."""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench import questions
from bench.corpora import CorpusError, Source, Splicer
from bench.documents import TokenBook
from bench.peers.base import Peer
from bench.peers.fts5 import Fts5Peer
from bench.peers.ours import OurPeer
from bench.peers.plain_whoosh import WhooshPeer
from bench.questions import Chooser, Question
from searchapp.analysis import VERSION
from searchapp.engine.whoosh_index.files.schema import fingerprint
from searchapp.facets import FacetSet

logger = logging.getLogger(__name__)

MADE_BY = 2
"""Changes when the documents, the questions or what peers hold of them are made in another way."""


@dataclass(frozen=True)
class Corpus:
    """What to splice, and where to keep what is built of it."""

    path: Path
    documents: int
    words: int
    seed: int
    scratch: Path

    @cached_property
    def splicer(self) -> Splicer:
        return Splicer(Source.read(self.path), self.documents, words=self.words, seed=self.seed)

    @cached_property
    def book(self) -> TokenBook:
        return TokenBook()

    @cached_property
    def folder(self) -> Path:
        """The folder of this corpus."""
        content = sha256(self.path.read_bytes()).hexdigest()
        shape = (MADE_BY, content, self.documents, self.words, self.seed, VERSION)
        return self.scratch / sha256(json.dumps(shape).encode()).hexdigest()[:12]

    def index_of(self, peer: type[Peer]) -> Path:
        """The peer's index of the documents, built unless it is there."""
        name = f"ours-{fingerprint(FacetSet())}" if peer.name in ("ours", "whoosh") else peer.name
        return self._kept(name, lambda folder: self._build(peer, folder))

    def questions(self) -> list[Question]:
        """The questions about these documents; CorpusError where there is nothing to ask."""
        found = questions.read(self.questions_file())
        if not found:
            raise CorpusError(f"{self.path} has too few different words to ask for; give it more lines")
        return found

    def questions_file(self) -> Path:
        """The file that keeps the questions."""
        return self._kept(f"questions-{questions.CHOSEN_BY}.json", self._choose)

    def _build(self, peer: type[Peer], folder: Path) -> None:
        folder.mkdir()
        peer.build(folder, self.splicer, self.book)

    def _choose(self, file: Path) -> None:
        splicer = self.splicer
        chooser = Chooser(self.book.ready(splicer), self.documents)
        questions.write(chooser.choose(splicer.source.languages, seed=self.seed), file)

    def _kept(self, name: str, make: Callable[[Path], None]) -> Path:
        """What `make` leaves under a name; it is put there only when it is whole."""
        kept, partial = self.folder / name, self.folder / f"{name}.part"
        if not kept.exists():
            remove(partial)
            self.folder.mkdir(parents=True, exist_ok=True)
            logger.info("building %s of %d documents", name, self.documents)
            started = time.process_time()
            make(partial)
            partial.rename(kept)
            logger.info("built %s in %.0f CPU seconds", name, time.process_time() - started)
        return kept


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def peers(names: Sequence[str]) -> tuple[list[type[Peer]], list[str]]:
    """Our engine and the peers of these names; and a line for each that cannot be had."""
    known: dict[str, type[Peer]] = {"fts5": Fts5Peer, "whoosh": WhooshPeer}
    reasons = dict.fromkeys(names, "there is no such peer")
    if find_spec("tantivy"):
        known["tantivy"] = import_module("bench.peers.tantivy").TantivyPeer
    else:
        reasons["tantivy"] = "it is not installed (pip install 'searchapp[bench]')"
    chosen = [known[name] for name in names if name in known]
    return [OurPeer, *chosen], [f"{name} is left out: {reasons[name]}" for name in names if name not in known]
