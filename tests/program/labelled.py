"""The corpus of labelled programs: Stan text whose comments say the role of each statement.

``/*@prior*/`` and its kin stand before a statement, or before a term of a sum whose terms differ.
They were written before the classifier saw the programs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from bayeswrap import Program

FOLDER = Path(__file__).parent / "corpus"
# statements whose role is decided but marked as doubtful, by program and line
CURRENT_DOUBTS = frozenset(
    {
        ("ar1_missing_merged", 27),
        ("car_sparse_crime", 35),
        ("competing_risks_weibull", 15),
        ("cox_partial", 25),
        ("cox_partial_likelihood", 19),
        ("dynamic_factor_macro", 21),
        ("hmm_semi_supervised", 39),
        ("irt_2pl", 4),
        ("jolly_seber_augmented", 54),
        ("kalman_ct_affect", 25),
        ("lda_topics", 28),
        ("normal_inverse_wishart_conjugate", 16),
        ("rstanarm_polr_simplex_cutpoints", 50),
        ("stochastic_frontier_marginal", 30),
        ("two_pl_difficulty_form", 17),
        ("wine_ordinal_induced", 37),
    }
)
_MARK = re.compile(r"/\*@(\w+)\*/[ \t]*")


@dataclass(frozen=True)
class Labelled:
    """A program of the corpus."""

    name: str
    marked: str

    @property
    def source(self) -> str:
        """The program without its labels."""
        return _MARK.sub(" ", self.marked)

    @property
    def program(self) -> Program:
        """The program."""
        return Program.from_string(self.source, name=self.name)

    @property
    def labels(self) -> list[tuple[int, int, str]]:
        """Line, column and label of what the marks stand before, as stanc counts."""
        found, text, end = [], "", 0
        for match in _MARK.finditer(self.marked):
            text += self.marked[end : match.start()] + " "
            end = match.end()
            # a mark may stand on a line of its own, and before comments
            gap = re.match(r"(\s|//[^\n]*\n)*", self.marked[end:])
            before = text + (gap[0] if gap else "")
            column = len(before[before.rfind("\n") + 1 :].encode()) + 1
            found.append((before.count("\n") + 1, column, match[1]))
        return found

    @property
    def can_be_edited(self) -> bool:
        """Whether a hand can take single statements out without rewriting others."""
        return not re.search(r"[-+(*]\s*/\*@|\*/[^;]*[-+(]\s*/\*@|\+=\s*/\*@", self.marked)

    def without(self, *labels: str) -> str:
        """Return the text as a hand would edit it: statements with these labels are gone."""
        first, *rest = re.split(r"/\*@(\w+)\*/", self.marked)
        pairs = zip(rest[::2], rest[1::2], strict=True)
        return " ".join(
            [first, *(_emptied(text) if own in labels else text for own, text in pairs)]
        )

    @property
    def _file(self) -> dict[str, object]:
        text = (FOLDER / f"{self.name}.json").read_text(encoding="utf-8")
        return dict(json.loads(text))

    @property
    def about(self) -> str:
        """What the program is, and why its labels are what they are."""
        return str(self._file["about"])

    @property
    def data(self) -> dict[str, object]:
        """Small data that fit."""
        return dict(self._file["data"])  # type: ignore[call-overload]  # a JSON object


def _emptied(rest: str) -> str:
    """Drop a statement up to its semicolon; an empty statement keeps loops and branches whole."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: " " * len(m[0]), rest, flags=re.DOTALL)
    return "{ }" + rest[code.index(";") + 1 :]


def corpus() -> list[Labelled]:
    """Return all labelled programs."""
    return [
        Labelled(path.stem, path.read_bytes().decode("utf-8"))
        for path in sorted(FOLDER.glob("*.stan"))
    ]
