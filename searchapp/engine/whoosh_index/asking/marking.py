"""Where do a few rows hold what a query looks for? Told by postings and stored offsets, so that no text is analysed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from searchapp.analysis import analyze, look_up
from searchapp.engine.base import Deadline
from searchapp.engine.reading import Like, Together, Words, places_together
from searchapp.engine.snippets import Mark, Part
from searchapp.engine.whoosh_index.files.inverted import Numbers
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.engine.whoosh_index.words.leaves import LeafReader, Pattern, fields_read

Places = Mapping[int, Collection[int]]
"""The positions in each row that has any."""


_Found = tuple[Places, int, str]
"""Where something begins, over how many positions it goes, and the compound that must stand there ("": none)."""

_Span = tuple[int, int, int, str]
"""From a position to before another a part with this number is found, and the compound that must stand there."""


class Marker:
    """Marks the rows of a page, each given with the language of its document."""

    def __init__(
        self, snapshot: Snapshot, leaves: LeafReader, *, languages: Mapping[int, str | None], scope: str,
        deadline: Deadline,
    ) -> None:  # fmt: skip
        self._snapshot = snapshot
        self._leaves = leaves
        self._languages = languages
        self._scope = scope
        self._deadline = deadline
        self._segments = snapshot.postings.by_segment(sorted(languages))
        self._known: dict[tuple[str, str], Places] = {}

    def marks(
        self, stream: str, parts: Sequence[Part], pieces: Mapping[int, Sequence[str]]
    ) -> dict[int, list[list[Mark]]]:  # fmt: skip
        """The marks of each row, piece by piece, where `pieces` are the texts that the row has in the stream."""
        spans: defaultdict[int, list[_Span]] = defaultdict(list)
        for number, part in enumerate(parts):
            self._deadline.check()
            for places, length, whole in self._found(stream, part):
                for row, held in places.items():
                    spans[row] += [(at, at + length, number, whole) for at in held]
        marks: dict[int, list[list[Mark]]] = {}
        for row, texts in pieces.items():
            self._deadline.check()
            own = spans.get(row)
            marks[row] = self._marked(row, stream, texts=texts, spans=own) if own else [[] for _ in texts]
        return marks

    def _found(self, stream: str, part: Part) -> Iterator[_Found]:
        reading = part.reading
        match reading:
            case Words((form,)):
                yield self._places(stream, form), 1, ""
                yield from ((places, 1, "") for places in self._of_stems(stream, reading.stems))
            case Words(forms) if forms:
                yield self._side_by_side(stream, forms), len(forms), ""
            case Together():
                yield self._together(stream, reading), 1, ""
            case Like("forms"):
                yield from ((self._places(stream, token), 1, "") for token in self._tokens(part))
            case Like():
                for token in self._tokens(part):
                    forms = look_up(token, ()).forms
                    yield self._side_by_side(stream, forms), len(forms), token

    def _of_stems(self, stream: str, stems: Sequence[str]) -> Iterator[Places]:
        """Where forms have one of the stems, each in the rows of its language."""
        for stem in stems:
            rows = {row for row, language in self._languages.items() if stem.startswith(f"{language}:")}
            for form in self._snapshot.lexicon.forms_of(stem) if rows else ():
                yield {row: held for row, held in self._places(stream, form).items() if row in rows}

    def _side_by_side(self, stream: str, forms: Sequence[str]) -> Places:
        held = [self._places(stream, form) for form in forms]
        return {
            row: set.intersection(*({at - step for at in places.get(row, ())} for step, places in enumerate(held)))
            for row in held[0]
        }

    def _together(self, stream: str, reading: Together) -> Places:
        held: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for form in reading.forms:
            for row, places in self._places(stream, form).items():
                held[row] += [(at, form) for at in places]
        return {row: [at for at, _ in places_together(reading, sorted(found))] for row, found in held.items()}

    def _tokens(self, part: Part) -> Sequence[str]:
        """The tokens that a pattern stands for."""
        leaf, reading = part.leaf, part.reading
        if not isinstance(reading, Like) or not isinstance(leaf, Pattern):
            return ()
        return self._leaves.tokens(leaf, reading, fields_read(part.field, self._scope))

    def _places(self, stream: str, token: str) -> Places:
        # A cached method would hold itself, and with it the files of its generation.
        key = stream, token
        if key not in self._known:
            self._known[key] = self._find(stream, token)
        return self._known[key]

    def _find(self, stream: str, token: str) -> Places:
        found: dict[int, list[int]] = {}
        for segment, rows in self._segments:
            base = segment.base
            for row, positions in segment.positions(stream, token, rows).items():
                found[base + row] = positions
        return found

    def _marked(self, row: int, stream: str, *, texts: Sequence[str], spans: Sequence[_Span]) -> list[list[Mark]]:
        if len(texts) == 1:
            return [_marks_in(texts[0], self._snapshot.offsets(row, stream), spans)]
        marks: list[list[Mark]] = [[] for _ in texts]
        firsts = self._snapshot.firsts(row, stream).tolist()
        by_piece: defaultdict[int, list[_Span]] = defaultdict(list)
        for first, end, part, whole in spans:
            piece = bisect_right(firsts, first) - 1
            by_piece[piece].append((first - firsts[piece], end - firsts[piece], part, whole))
        for piece, held in by_piece.items():
            marks[piece] = _marks_in(texts[piece], self._snapshot.offsets(row, stream, piece), held)
        return marks


def _marks_in(text: str, offsets: tuple[Numbers, Numbers], spans: Sequence[_Span]) -> list[Mark]:
    """The marks of a text, with spans that are counted from its first token."""
    starts, ends = (each.data for each in offsets)
    return sorted({
        Mark(starts[first], ends[end - 1], part)
        for first, end, part, whole in spans
        if not whole or _holds(text, (starts, ends), (first, end), whole)
    })  # fmt: skip


def _holds(text: str, offsets: tuple[memoryview, memoryview], place: tuple[int, int], whole: str) -> bool:
    """Whether the forms from one place to before another are this compound: so they are read with their neighbours."""
    starts, ends = offsets
    first, end = place
    begin = starts[max(0, first - 1)]
    tokens = analyze(text[begin : ends[min(end, len(ends) - 1)]], None)
    return whole in tokens.wholes and tokens.starts[tokens.wholes.index(whole)] == starts[first] - begin
