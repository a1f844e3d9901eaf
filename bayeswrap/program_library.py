"""`library`: Stan programs that come with bayeswrap, with example data and reference numbers."""

from __future__ import annotations

import difflib
import json
import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from bayeswrap.errors import UsageError
from bayeswrap.markup import block, brief, sentences, table
from bayeswrap.program.program import Program

__all__ = [
    "GROUPS",
    "Library",
    "LibraryEntry",
    "ModelCard",
    "ParameterCard",
    "library",
]


_WIDTH = 88

# of the entries, in the order of their listing
GROUPS = (
    "one sample",
    "regression",
    "survival",
    "hierarchies",
    "series and processes",
    "hidden states",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterCard:
    """Meaning of one parameter.

    Attributes
    ----------
    name, symbol : str
        Its name in the program and in formulas (LaTeX).
    meaning, unit : str
        In words.
    scale : str
        Its range, and its unconstrained scale where that differs.
    """

    name: str
    symbol: str
    meaning: str
    unit: str
    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Description of a model: parameters, priors, meaningful estimates, example data.

    Attributes
    ----------
    title, description : str
        In words.
    group : str
        Which group of `GROUPS` it belongs to.
    parameters : tuple of ParameterCard
        In the order of the program.
    priors : mapping of str to str
        The prior of each parameter, in words.
    estimates : mapping of str to bool
        Whether ``mle``, ``map``, ``laplace``, ``posterior`` and ``enumerate`` are meaningful.
    reasons : mapping of str to str
        The reason, for each estimate that is not meaningful.
    references : tuple of str
        Literature.
    data, data_source, data_licence : str
        What the example data are, where they come from, and on what terms.
    """

    title: str
    group: str
    description: str
    parameters: tuple[ParameterCard, ...]
    priors: Mapping[str, str]
    estimates: Mapping[str, bool]
    reasons: Mapping[str, str]
    references: tuple[str, ...]
    data: str
    data_source: str
    data_licence: str

    def __repr__(self) -> str:
        return f"ModelCard({self.title!r}, {len(self.parameters)} parameters)"

    def __str__(self) -> str:
        sections = {
            "parameters": [f"{p.name}: {p.meaning} [{p.unit}]; {p.scale}" for p in self.parameters],
            "priors": [f"{name}: {prior}" for name, prior in self.priors.items()],
            "estimates": [self._estimate(name) for name in self.estimates],
            "example data": [
                self.data,
                f"source: {self.data_source}",
                f"licence: {self.data_licence}",
            ],
            "references": list(self.references),
        }
        head = [self.title, textwrap.fill(self.description, _WIDTH)]
        return "\n".join([*head, *(_section(name, items) for name, items in sections.items())])

    def _estimate(self, name: str) -> str:
        return f"{name}: yes" if self.estimates[name] else f"{name}: no, {self.reasons[name]}"


def _section(name: str, items: list[str]) -> str:
    wrapped = [
        textwrap.fill(item, _WIDTH, initial_indent="  ", subsequent_indent="      ")
        for item in items
    ]
    return "\n".join([name, *wrapped])


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LibraryEntry:
    """One model of the library; its files are read when asked for, and afresh each time.

    Attributes
    ----------
    folder : Path
        Where its files are: ``<name>.stan``, ``model.toml``, ``reference.json``, example data.

    Examples
    --------
    >>> from bayeswrap.program_library import library
    >>> entry = library["logistic_regression"]
    >>> entry.columns
    {'y': 'switched', 'X': ['dist100', 'arsenic']}
    >>> entry.example_data.shape
    (3020, 3)
    """

    folder: Path

    @property
    def name(self) -> str:
        """Its key in the library."""
        return self.folder.name

    @property
    def path(self) -> Path:
        """Where the Stan program is, to copy and to change."""
        return self.folder / f"{self.name}.stan"

    @property
    def program(self) -> Program:
        """The Stan program."""
        return Program.from_file(self.path)

    @property
    def card(self) -> ModelCard:
        """Parameters, priors, estimates, references and the origin of the data, in words."""
        return _card(self._toml())

    @property
    def example_data(self) -> pd.DataFrame | dict[str, Any]:
        """A data frame; or a dict of all Stan data, where there is no table."""
        file = self.folder / self._toml()["data"]["file"]
        if file.suffix == ".csv":
            return pd.read_csv(file)
        return dict(json.loads(file.read_text(encoding="utf-8")))

    @property
    def columns(self) -> dict[str, Any]:
        """How the example data become Stan data: ``Model(program, example_data, **columns)``.

        A str or a list of str names columns of the data frame, anything else is a value.
        """
        data = self._toml()["data"]
        return {**data.get("columns", {}), **data.get("values", {})}

    @property
    def reference(self) -> dict[str, Any]:
        """Numbers computed without Stan, each with the way in which it was computed."""
        return dict(json.loads((self.folder / "reference.json").read_text(encoding="utf-8")))

    @property
    def words(self) -> str:
        """All that a search looks at: name, group and card."""
        return f"{self.name} {self.card.group} {self.card}"

    def _toml(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "model.toml").read_text(encoding="utf-8"))

    def __repr__(self) -> str:
        return f"{self.name} — {self._toml()['title']}"

    def _repr_html_(self) -> str:
        card = self.card
        rows = [(p.name, p.meaning, p.unit, card.priors.get(p.name, "")) for p in card.parameters]
        columns = ["parameter", "meaning", "unit", "prior"]
        frame = pd.DataFrame(rows, columns=columns).set_index("parameter")
        return block(repr(self), sentences([card.description]), table(frame))


def _card(toml: dict[str, Any]) -> ModelCard:
    estimates = dict(toml["estimates"])
    reasons = estimates.pop("reason", {})
    return ModelCard(
        title=toml["title"],
        group=toml["group"],
        description=toml["description"].strip(),
        parameters=tuple(ParameterCard(**p) for p in toml["parameters"]),
        priors=MappingProxyType(toml["priors"]),
        estimates=MappingProxyType(estimates),
        reasons=MappingProxyType(reasons),
        references=tuple(toml["references"]),
        data=toml["data"]["description"],
        data_source=toml["data"]["source"],
        data_licence=toml["data"]["licence"],
    )


def _has_all(words: list[str], text: str) -> bool:
    lower = text.lower().replace("_", " ")
    return all(word.replace("_", " ") in lower for word in words)


class _UnknownModelError(UsageError, KeyError):
    """A KeyError too, so that `in` and `get` do what they do for every mapping."""

    __str__ = Exception.__str__


class Library(Mapping[str, LibraryEntry]):
    """The models that come with bayeswrap, by name.

    Parameters
    ----------
    folder : Path
        A folder with one folder for each model.

    Examples
    --------
    >>> from bayeswrap.program_library import library
    >>> library["six_valued"]
    six_valued — A parameter with six possible values
    >>> library["logistic"]
    Traceback (most recent call last):
    ...
    bayeswrap.program_library._UnknownModelError: the library has no such model
      expected: one of ..., beta_binomial, ...
      got: 'logistic'
      do: did you mean 'logistic_regression'?
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> LibraryEntry:
        if name in tuple(self):
            return LibraryEntry(folder=self._folder / name)
        names = ", ".join(self)
        # "logistic" is the beginning of one name and the end of others that are shorter
        near = [n for n in self if n.startswith(str(name))] or difflib.get_close_matches(
            str(name), tuple(self), n=1, cutoff=0.4
        )
        raise _UnknownModelError(
            "the library has no such model",
            expected=f"one of {names}",
            got=repr(name),
            do=f"did you mean {near[0]!r}?" if near else "print(bayeswrap.library) lists them",
        )

    def search(self, text: str) -> tuple[LibraryEntry, ...]:
        """Find entries in whose card every word of a text stands.

        Parameters
        ----------
        text : str
            Words or parts of words, in any order and case.

        Returns
        -------
        tuple of LibraryEntry
            Those with the words in their name or title first.

        Examples
        --------
        >>> from bayeswrap.program_library import library
        >>> [entry.name for entry in library.search("schools funnel")]
        ['eight_schools_centered']
        """
        words = text.lower().split()
        found = [entry for entry in self.values() if _has_all(words, entry.words)]
        return tuple(sorted(found, key=lambda entry: not _has_all(words, repr(entry))))

    def by_group(self) -> dict[str, tuple[LibraryEntry, ...]]:
        """Return the entries of each group, in the order of `GROUPS`."""
        entries = tuple(self.values())
        groups = {g: tuple(e for e in entries if e.card.group == g) for g in GROUPS}
        return {group: members for group, members in groups.items() if members}

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(file.parent.name for file in self._folder.glob("*/model.toml")))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __str__(self) -> str:
        return "\n".join(repr(entry) for entry in self.values())

    def __repr__(self) -> str:
        return brief(str(self))

    def _repr_html_(self) -> str:
        rows = [(e.name, e.card.group, e.card.title) for e in self.values()]
        frame = pd.DataFrame(rows, columns=["name", "group", "title"]).set_index("name")
        return block(f"{len(rows)} models", table(frame, rows=len(rows)))


def _folder() -> Path:
    package = Path(__file__).resolve().parent
    # a wheel carries the folder inside the package, a source checkout beside it
    inside, beside = package / "stan_models", package.parent / "stan_models"
    return inside if inside.is_dir() else beside


library = Library(_folder())
