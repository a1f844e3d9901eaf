"""Properties of switched programs, over random programs whose roles are known as they are made.

Each program is a tree of nodes that can be written whole, or with the terms of some roles alone:
what a part must be is the program written without the others.
"""

from __future__ import annotations

import re
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bayeswrap.data.model_data import ModelData
from bayeswrap.engine import stanc
from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import ProgramError, RoleError
from bayeswrap.estimates.problem.log_density import ALL_OFF, ModelDensity
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role
from bayeswrap.program.weights.part_weights import PartWeights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROLES = ("prior", "population", "likelihood")
EVERYTHING = frozenset(ROLES)
few = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# a statement and a term are marked where they begin; the marks are taken out before Stan reads
STATEMENT, TERM = "\x01", "\x02"


@dataclass(frozen=True)
class Leaf:
    """A statement of one role."""

    role: str
    text: str

    def write(self, keep: frozenset[str]) -> str:
        return STATEMENT + self.text if self.role in keep else ";"


@dataclass(frozen=True)
class Plain:
    """Text that touches nothing."""

    text: str

    def write(self, _keep: frozenset[str]) -> str:
        return self.text


@dataclass(frozen=True)
class Sum:
    """``target +=`` terms, each with its role; brackets of `inner` may hold sums."""

    terms: tuple[DensityTerm | Bracket, ...]
    gap: str

    @property
    def roles(self) -> frozenset[str]:
        return frozenset[str]().union(*(t.roles for t in self.terms))

    def write(self, keep: frozenset[str]) -> str:
        if not self.roles & keep:
            return ";"
        inside = joined(self.terms, keep, self.gap)
        return f"{STATEMENT}target{self.gap}+={self.gap}{inside};"


@dataclass(frozen=True)
class DensityTerm:
    """One term: a sign, a density with its role, and brackets around it."""

    sign: str
    role: str
    text: str

    @property
    def roles(self) -> frozenset[str]:
        return frozenset({self.role})

    def write(self, keep: frozenset[str], _gap: str) -> str:
        return TERM + self.text if self.role in keep else f"{TERM}0"


@dataclass(frozen=True)
class Bracket:
    """A sum in brackets, with the sign before it."""

    sign: str
    terms: tuple[DensityTerm | Bracket, ...]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset[str]().union(*(t.roles for t in self.terms))

    def write(self, keep: frozenset[str], gap: str) -> str:
        return f"({gap}{joined(self.terms, keep, gap)}{gap})"


def joined(terms: tuple[DensityTerm | Bracket, ...], keep: frozenset[str], gap: str) -> str:
    first, *rest = terms
    others = (f"{gap}{t.sign}{gap}{t.write(keep, gap)}" for t in rest)
    return first.write(keep, gap) + "".join(others)


@dataclass(frozen=True)
class Gathered:
    """A local that gathers terms, which are added to target at the end."""

    name: str
    leaves: tuple[tuple[str, str], ...]
    wrap: str

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.leaves)

    def write(self, keep: frozenset[str]) -> str:
        # additions are told one by one where roles differ, else where the local is added
        one_by_one = len(self.roles) > 1
        mark = STATEMENT if one_by_one else ""
        added = " ".join(
            f"{mark}{self.name} += {text};" if role in keep else ";" for role, text in self.leaves
        )
        end = "" if one_by_one else STATEMENT
        body = self.wrap.replace("@", added)
        return f"{{ real {self.name} = 0; {body} {end}target += {self.name}; }}"


@dataclass(frozen=True)
class Around:
    """Text around other nodes: blocks, loops, branches; ``@`` is their place."""

    text: str
    nodes: tuple[Any, ...]

    def write(self, keep: frozenset[str]) -> str:
        pieces = self.text.split("@")
        inside = [n.write(keep) for n in self.nodes]
        return pieces[0] + "".join(i + p for i, p in zip(inside, pieces[1:], strict=True))


GAPS = st.sampled_from(
    ["", "", " ", "  ", "\n", "\t", "\r\n", "/* ~ ; { */", "// } é ~ 1;\n", "/* T[ 中 */", " /**/ "]
)
DECOYS = st.sampled_from(
    [
        ";",
        "{}",
        "{ ; }",
        'if (N < 0) print("m ~ normal(0, 1); } // {", N);',
        'if (N < 0) reject("target += 1; /* ", "*/");',
        "{ real target_z = 1; target_z += 1; real z_lp = target_z; z_lp += 2; }",
        "{ array[2] int q = {1, 2}; q[1] += 1; vector[2] w = [1, 2]'; w .*= w; }",
        "// y ~ normal(0, 1);\n;",
        "/* target += normal_lpdf(y | 0, 1); */ ;",
        "/* 😀 ~ */ ;",
        "if (flag > 9) { } else if (flag > 7) ; else { }",
    ]
)
NAMES = st.permutations(
    [
        "bw_prior",
        "bw_likelihood_weight",
        "bw2_normalized",
        "target_x",
        "lp",
        "lupdf",
        "T",
        "prior",
        "jacobian_x",
        "E",
        "e1",
        "m",
        "Likelihood",
        "y_lp",
        "model_",
    ]
)
CONSTRAINTS = st.sampled_from(
    ["", "<lower=-9>", "<upper=9>", "<lower=-8, upper=h + 9>", "<offset=h, multiplier=2>"]
)
SCALES = st.sampled_from(["<lower=0>", "<lower=0, upper=99>", "<lower=h - 0.5>"])

# densities of each role; A and B are reals, S a scale, V a vector, E its population
PRIORS = st.sampled_from(
    [
        "A|normal|0, 1",
        "B|student_t|3, h, 2",
        "A|cauchy|-1, h + 1",
        "S|gamma|2, 1",
        "S|normal|0, 3",
        "B|double_exponential|0, 1",
        "[A, B]|normal|0, 2",
        "{A, B}|std_normal|",
        "V|normal|0, 1.5",
        "V[2]|logistic|1e-3, 2.",
        "A - B|normal|0, 1",
        "S|lognormal|-1 + 2, {1, 2}[1]",
        "B|mine|h",
    ]
)
LIKELIHOODS = st.sampled_from(
    [
        "y|normal|A, S",
        "y[2]|cauchy|A + B, 1",
        "k|poisson_log|A",
        "k[1]|poisson|S",
        "y|mine_vec|A",
        "y - A|normal|0, S",
        "y[{1, 2}]|student_t|4, V[1], S",
        "k|neg_binomial_2|exp(B), S + 1",
        "y[1 : 2]|normal|A - -B, 1",
        "{1.5, y[1]}|normal|[A, B], 1",
        "k[3]|count|S",
        "y[1]|mine|A",
    ]
)
CUTS = {
    "normal": ["T[-9, ]", "T[, 9]", "T[-9, 9]", "T[ - 9,{8, 9}[1]]"],
    "cauchy": ["T[-99, h * 99]"],
    "poisson": ["T[, 20]", "T[k[2], max({N, 20})]"],
    "mine": ["T[-9.0, 9.5]", "T[, 9.5]", "T[h - 9,]"],
}
UNIVARIATE = frozenset({"A", "B", "S", "y[2]", "y[1]", "k[1]", "A - B"})
COUNTS = frozenset({"poisson", "poisson_log", "neg_binomial_2", "count"})
# statements of other forms; what stands before @ stands around them
OTHERS = st.sampled_from(
    [
        ("prior", "add_lp(A, 2);"),
        ("likelihood", "see_lp(y /* ; */, A + B);"),
        ("likelihood", "for (x# in y)@x# ~ normal(A, S);"),
        ("likelihood", "for (x# in k) // {\n @target += poisson_lupmf(x# | S);"),
        ("likelihood", "for (x# in {{y[1], h}, {1, y[2]}}) @x# ~ normal(A, 1);"),
        ("prior", "target += {normal_lpdf(A | 0, 1), normal_lpdf(B | h, 2)};"),
        ("likelihood", "target += [normal_lupdf(y | A, S), poisson_lupmf(k | S)]';"),
        ("prior", "target += -square(A - 0.5);"),
        ("prior", "target += V;"),
        ("prior", "while (N < 0) @S ~ exponential(1);"),
    ]
)
CONDITIONS = st.sampled_from(
    ["flag > 0", "flag == 1 && N > 2", "!(N > 9)", "h < 0 || N == 3", "k[1] > 9"]
)
FORMS = st.sampled_from(
    [
        "HEADER`@",
        "if`(CONDITION)`@",
        "if (CONDITION)`@` else @",
        "{`@`@\n}",
        'profile("a ~ { ;"){ @`}',
    ]
)
HEADERS = st.sampled_from(
    [
        "for (i# in 1:2)",
        "for (i# in {1, 2})",
        "for (i# in {{1, 2}[1], 3 - 1})",
        "for (i# in 1:N)",
        "for (i# in [1, 2])",
        "for (i#\n in // } {\n 1 : 2)",
    ]
)


@dataclass(frozen=True)
class Made:
    """A random program with all that is known about it."""

    names: dict[str, str]
    head: str
    nodes: tuple[Any, ...]
    newline: str

    def marked(self, keep: frozenset[str] = EVERYTHING) -> str:
        body = "\n".join(n.write(keep) for n in self.nodes)
        text = f"{self.head}model{{\n{body}\n}}\n"
        for short, name in self.names.items():
            text = re.sub(rf"\b{short}\b", name, text)
        return text.replace("\r\n", "\n").replace("\n", self.newline)

    def code(self, keep: frozenset[str] = EVERYTHING) -> str:
        return re.sub(f"[{STATEMENT}{TERM}]", "", self.marked(keep))


@st.composite
def spaced(draw: st.DrawFn, text: str) -> str:
    """Put a gap wherever the text has a blank."""
    return "".join(draw(GAPS) if piece == " " else piece for piece in re.split("( )", text))


@st.composite
def densities(draw: st.DrawFn, role: str) -> tuple[str, str, str]:
    drawn = draw(
        {"prior": PRIORS, "likelihood": LIKELIHOODS, "population": st.just("Z|normal|Q, R")}[role]
    )
    outcome, name, args = drawn.split("|")
    return outcome, name, args


@st.composite
def statements(draw: st.DrawFn, role: str) -> Leaf:
    """A statement with one density, by ``~`` or by ``target +=``."""
    outcome, name, args = draw(densities(role))
    if draw(st.booleans()):
        cuts = CUTS.get(name, []) if outcome in UNIVARIATE else []
        cut = draw(st.sampled_from(["", *cuts]))
        return Leaf(role, draw(spaced(f"{outcome} ~ {name} ( {args} ) {cut} ;")))
    term = draw(added(role, (outcome, name, args)))
    factor = draw(st.sampled_from(["", "", "2 * ", "h * ", "- ", "-1.e-1 * "]))
    return Leaf(role, draw(spaced(f"target += {factor}{term} ;")))


@st.composite
def added(draw: st.DrawFn, role: str, parts: tuple[str, str, str] | None = None) -> str:
    """A density as it is added to target."""
    outcome, name, args = parts or draw(densities(role))
    kind = "pmf" if name in COUNTS else "pdf"
    form = draw(st.sampled_from(["lp", "lup"]))
    return f"{name}_{form.removesuffix('p')}{kind}( {outcome} | {args} )"


@st.composite
def sums(draw: st.DrawFn, depth: int = 2) -> tuple[DensityTerm | Bracket, ...]:
    found: list[DensityTerm | Bracket] = []
    for _ in range(draw(st.integers(2, 3))):
        sign = draw(st.sampled_from("+-"))
        if depth and draw(st.integers(0, 3)) == 0:
            found.append(Bracket(sign, draw(sums(depth - 1))))
            continue
        role = draw(st.sampled_from(("prior", "likelihood")))
        text = draw(spaced(draw(added(role))))
        wrapped = draw(
            st.sampled_from(["@", "@", "(@)", "-@", "3 * @", "(h > 9 ? 1 : @)", "@ / 2"])
        )
        found.append(DensityTerm(sign, role, wrapped.replace("@", text)))
    return tuple(found)


@st.composite
def gathered(draw: st.DrawFn, number: int) -> Gathered:
    roles = draw(st.lists(st.sampled_from(("prior", "likelihood")), min_size=1, max_size=3))
    leaves = tuple((role, draw(added(role))) for role in roles)
    wrap = draw(st.sampled_from(["@", f"for (g{number} in 1:2) {{ @ }}", "if (flag > 0) { @ }"]))
    return Gathered(f"lp_{number}", leaves, wrap)


@st.composite
def simple(draw: st.DrawFn, numbers: Iterator[int]) -> Any:
    """A node without others in it."""
    match draw(st.integers(0, 9)):
        case 0:
            return Plain(draw(DECOYS))
        case 1 | 2:
            return Sum(draw(sums()), draw(GAPS))
        case 3:
            return draw(gathered(next(numbers)))
        case 4 | 5:
            role, text = draw(OTHERS)
            around, _, own = text.replace("#", str(next(numbers))).rpartition("@")
            return Around(f"{around}@", (Leaf(role, own),))
        case _:
            return draw(statements(draw(st.sampled_from(("prior", "likelihood")))))


@st.composite
def nodes(draw: st.DrawFn, numbers: Iterator[int], depth: int = 3) -> Any:
    """A statement, or others inside loops, branches and blocks."""
    if depth == 0 or draw(st.booleans()):
        return draw(simple(numbers))
    text = draw(FORMS)
    text = text.replace("HEADER", draw(HEADERS).replace("#", str(next(numbers))))
    text = text.replace("CONDITION", draw(CONDITIONS))
    text = "".join(draw(GAPS) if piece == "`" else piece for piece in re.split("(`)", text))
    return Around(text, tuple(draw(nodes(numbers, depth - 1)) for _ in range(text.count("@"))))


@st.composite
def programs(draw: st.DrawFn) -> Made:
    numbers = iter(range(1, 999))
    names = dict(zip(["A", "B", "S", "V", "Z", "Q", "R"], draw(NAMES), strict=False))
    hierarchy = draw(st.booleans())
    head = "functions { real mine_lpdf(real x, real a) { return normal_lpdf(x | a, 1); }\n"
    head += "real mine_lcdf(real x, real a) { return normal_lcdf(x | a, 1); } // data { ~\n"
    head += "real mine_lccdf(real x, real a) { return normal_lccdf(x | a, 1); }\n"
    head += "real mine_vec_lpdf(vector x, real a) { return normal_lupdf(x | a, 1); }\n"
    head += "void add_lp(real a, real s) { a ~ normal(0, s); }\n"
    head += "void see_lp(vector x, real a) { x ~ normal(a, 1); target += -a ^ 2; }\n"
    head += "real count_lpmf(int n, real s) { return poisson_lpmf(n | s); } }\n"
    head += draw(GAPS) + "data {int N; vector[N] y; array[N] int k; int flag;real h; }\n"
    head += f"parameters {{ real{draw(CONSTRAINTS)} A; real{draw(CONSTRAINTS)} B;\n"
    head += f"real{draw(SCALES)} S; vector{draw(CONSTRAINTS)}[2] V;"
    head += "vector[N] Z; real Q; real<lower=0> R; }\n" if hierarchy else "}\n"
    body = [draw(nodes(numbers)) for _ in range(draw(st.integers(1, 4)))]
    # something must be observed: without it no term is sure
    body.insert(draw(st.integers(0, len(body))), Leaf("likelihood", "y ~ normal(A, S);"))
    if hierarchy:
        body += [Leaf("prior", "Q ~ normal(0, 2);"), Leaf("prior", "R ~ exponential(1);")]
        body += [draw(statements("population")), Leaf("likelihood", "y ~ normal(Z, 1);")]
        body = draw(st.permutations(body))
    return Made(names, head, tuple(body), draw(st.sampled_from(["\n", "\n", "\r\n"])))


DATA = {"N": 3, "y": [0.4, -1.3, 0.8], "k": [1, 0, 3], "h": 0.5}


def places_of(text: str, mark: str) -> list[tuple[int, int]]:
    """Line and column (in bytes, from 1) of what the marks stand before."""
    found = []
    for match in re.finditer(mark, text):
        before = re.sub(f"[{STATEMENT}{TERM}]", "", text[: match.start()])
        column = len(before[before.rfind("\n") + 1 :].encode()) + 1
        found.append((before.count("\n") + 1, column))
    return found


class Rig:
    """A random program beside its switched form."""

    def __init__(self, made: Made, flag: int) -> None:
        self.made = made
        self.program = Program.from_string(made.code())
        self.data = ModelData.build(self.program, {**DATA, "flag": flag})
        self.source = self.program.switched()
        self.switched = ModelDensity(source=self.source, data=self.data, name="model")

    def edited(self, keep: frozenset[str]) -> InProcessDensity:
        mir = translate(self.made.code(keep), "model")
        return InProcessDensity(mir=mir, data=self.data.json(), name="model")

    def points(self) -> list[np.ndarray]:
        rng = np.random.default_rng(3)
        dimension = self.switched.of(ALL_OFF).dimension
        return [rng.normal(0, 0.6, dimension) for _ in range(3)]

    def values(self, part: PartWeights) -> np.ndarray:
        """Log densities and gradients at the points, one row a point."""
        return rows(self.switched.of(part), self.points())


def rows(density: Any, points: list[np.ndarray]) -> np.ndarray:
    return np.array([np.append(*density.evaluate(q)) for q in points])


def only(role: str) -> PartWeights:
    return PartWeights(**{name: float(name == role) for name in ROLES})


def assert_same_up_to_a_constant(mine: np.ndarray, other: np.ndarray) -> None:
    possible = np.isfinite(other).all(axis=1)
    assert (np.isfinite(mine).all(axis=1) == possible).all()
    mine, other = mine[possible], other[possible]
    if not possible.any():
        return
    scale = 1 + np.abs(other).max()
    assert np.abs(mine[:, 1:] - other[:, 1:]).max(initial=0) <= 1e-12 * scale
    assert np.ptp(mine[:, 0] - other[:, 0]) <= 1e-12 * scale


@settings(few, max_examples=30)
@given(made=programs(), flag=st.integers(0, 2))
def test_parts_of_random_programs_are_what_was_put_in(made: Made, flag: int) -> None:
    rig = Rig(made, flag)
    whole, off = rig.values(PartWeights()), rig.values(ALL_OFF)
    assert_same_up_to_a_constant(whole, rows(rig.edited(EVERYTHING), rig.points()))
    total = off.copy()
    for role in ROLES:
        part = rig.values(only(role))
        assert_same_up_to_a_constant(part, rows(rig.edited(frozenset({role})), rig.points()))
        total += part - off
    possible = np.isfinite(whole).all(axis=1)
    assert (np.isfinite(total).all(axis=1) == possible).all()
    scale = 1 + np.abs(whole[possible]).max(initial=0)
    assert np.abs(total[possible] - whole[possible]).max(initial=0) <= 1e-11 * scale


@settings(few, max_examples=15)
@given(made=programs(), weight=st.sampled_from([0.5, 2, 3.75]), normalized=st.booleans())
def test_weights_of_random_programs_are_powers(
    made: Made, weight: float, *, normalized: bool
) -> None:
    rig = Rig(made, 1)
    off = rig.values(PartWeights(prior=0, population=0, likelihood=0, normalized=normalized))
    for role in ROLES:
        once, more = (
            rig.values(PartWeights(**{n: w * (n == role) for n in ROLES}, normalized=normalized))
            - off
            for w in (1.0, weight)
        )
        possible = np.isfinite(once).all(axis=1)
        assert (np.isfinite(more).all(axis=1) == possible).all()
        scale = 1 + np.abs(once[possible]).max(initial=0) + np.abs(off[possible]).max(initial=0)
        gap = np.abs(more[possible] - weight * once[possible]).max(initial=0)
        assert gap <= 1e-11 * weight * scale


@settings(few, max_examples=40)
@given(made=programs())
def test_statements_of_random_programs_stand_where_they_were_put(made: Made) -> None:
    marked, program = made.marked(), Program.from_string(made.code())
    at_statements, at_terms = places_of(marked, STATEMENT), places_of(marked, TERM)
    whole = [(s.line, s.column) for s in program.statements if not s.summands]
    split = [(s.line, s.column) for s in program.statements if s.summands]
    table = stanc.statement_locations(program.source, program.name)
    assert {(line, column - 1) for line, column in at_statements} <= table
    assert set(whole) <= set(at_statements)
    assert set(split) <= set(at_terms)
    assert len({s.position for s in program.statements}) == len(at_statements)
    assert all(s.role is not Role.UNDECIDED for s in program.statements)


@settings(few, max_examples=40)
@given(made=programs())
def test_switching_random_programs_moves_no_line(made: Made) -> None:
    program = Program.from_string(made.code())
    before, after = program.source, program.switched().text
    assert after.count("\n") == before.count("\n")
    names = re.findall(r"\w+", before)
    assert not any(name.startswith(f"{program.switched().prefix}_") for name in names)
    again = Program.from_string(after)
    assert again.variables_in("parameters") == program.variables_in("parameters")


# what a wrong program may be told as; anything else is a fault of ours
CLEAN = (ProgramError, RoleError)
SECONDS = 20


@contextmanager
def in_time() -> Iterator[None]:
    """Raise where something hangs."""

    def late(*_: object) -> None:
        raise TimeoutError(f"no answer within {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def assert_clean(make: Callable[[], Program]) -> None:
    """A program, which can be told and switched, or an error that says what is wrong."""
    with in_time():
        try:
            program = make()
            program.roles()
            text = program.switched().text
        except CLEAN as error:
            told = str(error)
        else:
            told = text
            assert text.count("\n") == program.source.count("\n")
            _ = Program.from_string(text)
    assert told.strip()


TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
JUNK = st.sampled_from(
    [
        *list("{}()[];~+-*/'\"|,.:?<>=!&^%#\\@$\t\n\x00"),
        "target",
        "+=",
        "//",
        "/*",
        "*/",
        "1e",
        "é",
        "if",
        "else",
        "for",
        "while",
        "data",
        "model {",
        "#include",
        "#include x",
        "T[",
        "\ufeff",
    ]
)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A program after some deletions, insertions and swaps of tokens or characters."""
    code = draw(programs()).code().replace("\r\n", "\n")
    pieces = TOKENS.findall(code) if draw(st.booleans()) else list(code)
    # the model block has most to lose
    start = len("".join(pieces).split("model{")[0]) * len(pieces) // max(1, len(code))
    places = st.integers(0, len(pieces) - 1) | st.integers(start, len(pieces) - 1)
    for _ in range(draw(st.integers(1, 3))):
        i, j = draw(places) % len(pieces), draw(places) % len(pieces)
        how = draw(st.sampled_from(["delete", "insert", "swap", "double", "replace", "cut"]))
        if how == "delete":
            pieces[i] = ""
        elif how == "insert":
            pieces[i] += draw(JUNK)
        elif how == "swap":
            pieces[i], pieces[j] = pieces[j], pieces[i]
        elif how == "double":
            pieces[i] *= 2
        elif how == "replace":
            pieces[i] = draw(JUNK)
        elif draw(st.integers(0, 3)) == 0:
            pieces = pieces[: i + 1]
    return "".join(pieces)


@settings(few, max_examples=70)
@given(code=broken())
def test_broken_programs_are_refused_cleanly(code: str) -> None:
    assert_clean(lambda: Program.from_string(code))


@settings(few, max_examples=25)
@given(code=st.text(max_size=40) | st.lists(JUNK, max_size=12).map(" ".join))
def test_text_that_is_no_program_is_refused_cleanly(code: str) -> None:
    assert_clean(lambda: Program.from_string(code))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@settings(few, max_examples=25)
@given(content=st.binary(max_size=60), tail=st.sampled_from([b"", b"model { }", b"\xef\xbb\xbf"]))
def test_files_that_are_no_programs_are_refused_cleanly(
    folder: Path, content: bytes, tail: bytes
) -> None:
    path = folder / "junk.stan"
    path.write_bytes(content + tail)
    assert_clean(lambda: Program.from_file(path))


VALID = """functions { real f(real x) { return x; } }
data { int N; vector[N] y; }
parameters { real m; }
model {
  for (q in {1, 2}) { if (N > 0) m ~ normal(q, 1); else target += f(m); }
  y ~ normal(m, 1) T[ , ];
}
"""


def test_programs_that_end_too_early_are_refused_cleanly() -> None:
    for end in range(0, len(VALID), 7):
        assert_clean(lambda end=end: Program.from_string(VALID[:end]))


@pytest.mark.parametrize(
    "code",
    [
        *(
            "",
            " \n",
            "// nothing",
            "/*",
            '"',
            "#include",
            "#include ",
            "#include \n",
            "\0",
            "}",
            "{",
        ),
        *("model", "model {", "model { }}", "model { {", "model { ( }", "model { [ ) }", "data { "),
        *("model { target += }", "model { target += ; }", "model { ~ }", "model { x ~ }"),
        *("model { } data { }", "model { } model { }", "parameters { real m; } model { m ~ ; }"),
        *("model { if (1) }", "model { else ; }", "model { for (i in {1, 2) ; }", "#include .\n"),
        *('model { print("a); }', "// model { }\r", "model { /* }", "<!DOCTYPE html>", "{}" * 50),
    ],
)
def test_small_wrong_programs_are_refused_cleanly(code: str) -> None:
    assert_clean(lambda: Program.from_string(code))


HEAD = "parameters { real m; }"
ODD = {
    "carriage returns as line ends": f"{HEAD}\rmodel {{\r m ~ normal(0, 1);\n}}",
    "a carriage return ends a comment": f"{HEAD} model {{ // c\r m ~ normal(0, 1);\n}}",
    "an empty block before a row vector": f"{HEAD} model {{ {{}} [m, m] ~ normal(0, 1); }}",
    "a letter that UTF-8 has not": "// \ud800\nmodel { }",
    "an included file with a very long name": f"#include {'a' * 300}\nmodel {{ }}",
    "a sum of many terms": f"{HEAD} model {{ target += m{' + m' * 1500}; }}",
    "many brackets": f"{HEAD} model {{ target += {'(' * 600}m{')' * 600}; }}",
    "many blocks": f"{HEAD} model {{ {'{' * 600}target += m;{'}' * 600} }}",
    "many alternatives": f"data {{ int k; }} {HEAD} model {{ "
    + " else ".join(f"if (k == {i}) m ~ normal({i}, 1);" for i in range(600))
    + " }",
}


@pytest.mark.parametrize("case", ODD, ids=str)
def test_odd_programs_are_taken_or_refused_cleanly(case: str) -> None:
    assert_clean(lambda: Program.from_string(ODD[case]))
