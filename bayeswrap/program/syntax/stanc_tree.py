"""Read stanc's own tree, by field name, into `syntax`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.program.syntax.sexp import Node, field, parse
from bayeswrap.program.syntax.tree import (
    Assign,
    Branch,
    Call,
    Declaration,
    Expression,
    Function,
    Group,
    Loop,
    Return,
    Statement,
    Target,
    Tilde,
    Tree,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "read",
]


_BLOCKS = {
    "functionblock": "functions",
    "datablock": "data",
    "transformeddatablock": "transformed data",
    "parametersblock": "parameters",
    "transformedparametersblock": "transformed parameters",
    "modelblock": "model",
    "generatedquantitiesblock": "generated quantities",
}


def read(text: str) -> Tree:
    """Build the tree from what stanc prints."""
    root = parse(text)
    functions: dict[str, tuple[Function, ...]] = {}
    blocks: dict[str, tuple[Statement, ...]] = {}
    for key, block in _BLOCKS.items():
        content = field(root, key)
        statements = field(content[0], "stmts") if content else ()
        if key == "functionblock":
            functions = _functions(statements)
        else:
            blocks[block] = tuple(s for node in statements for s in _statements(node))
    return Tree(blocks=blocks, functions=functions)


def _identifier(node: Node) -> str:
    return str(field(node, "name"))


def _functions(nodes: Node) -> dict[str, tuple[Function, ...]]:
    """Return the functions with a body by name; a forward declaration has none."""
    functions: dict[str, tuple[Function, ...]] = {}
    for node in nodes:
        record = field(node, "stmt")[1:]
        name, body = _identifier(field(record, "funname")), _single(field(record, "body"))
        arguments = tuple(_identifier(_list(a)[2]) for a in _list(field(record, "arguments")))
        overloads = functions.setdefault(name, ())
        if body != Group(()):
            functions[name] = (*overloads, Function(name, arguments, body))
    return functions


def _list(node: Node) -> tuple[Node, ...]:
    return node if isinstance(node, tuple) else ()


def expression(node: Node) -> Expression:
    """Convert ``((expr ...) (emeta ...))``."""
    body = field(node, "expr")
    head, rest = (body, ()) if isinstance(body, str) else (str(body[0]), body[1:])
    if head == "Promotion":
        return expression(rest[0])
    name, args = _name_and_parts(head, rest)
    return Expression(head, name, args, _type_name(_meta(node)))


def _name_and_parts(head: str, rest: Node) -> tuple[str, tuple[Expression, ...]]:  # noqa: PLR0911 - one return a constructor
    """Return the name and the parts of an expression."""
    if head == "Variable":
        return _identifier(rest[0]), ()
    if head in {"IntNumeral", "RealNumeral", "ImagNumeral"}:
        return str(rest[0]), ()
    if head in {"FunApp", "CondDistApp"}:
        return _identifier(rest[1]), _expressions(rest[2])
    if head == "BinOp":
        return str(rest[1]), (expression(rest[0]), expression(rest[2]))
    if head == "PrefixOp":
        return str(rest[0]), (expression(rest[1]),)
    if head == "PostfixOp":
        return str(rest[1]), (expression(rest[0]),)
    if head == "Indexed":
        return "", (expression(rest[0]), *(_index(i) for i in rest[1]))
    if head == "TupleProjection":
        return str(rest[1]), (expression(rest[0]),)
    if head in {"ArrayExpr", "RowVectorExpr", "TupleExpr"}:
        return "", _expressions(rest[0])
    return "", tuple(expression(n) for n in rest if _is_expression(n))


def _meta(node: Node) -> Node:
    meta = field(node, "emeta")
    return field(meta, "type_") if _has(meta, "type_") else ""


_TYPES = {
    "UInt": "int",
    "UReal": "real",
    "UComplex": "complex",
    "UVector": "vector",
    "URowVector": "row_vector",
    "UMatrix": "matrix",
}


def _type_name(node: Node) -> str:
    """Write an unsized type: ``real``, ``array array int``; empty for tuples and functions."""
    if isinstance(node, str):
        return _TYPES.get(node, "")
    return f"array {_type_name(node[1])}" if node[0] == "UArray" else ""


def _is_expression(node: Node) -> bool:
    return isinstance(node, tuple) and bool(node) and node[0][:1] == ("expr",)


def _expressions(node: Node) -> tuple[Expression, ...]:
    return tuple(expression(n) for n in node)


def _index(node: Node) -> Expression:
    if isinstance(node, str):
        return Expression(node)
    return Expression(str(node[0]), "", tuple(expression(n) for n in node[1:]))


def _statements(node: Node) -> Iterator[Statement]:
    """Convert ``((stmt ...) (smeta ...))``; a declaration may hold several variables."""
    body = field(node, "stmt")
    if isinstance(body, str):
        if body == "ReturnVoid":
            yield Return(None)
        return
    head, rest = str(body[0]), body[1:]
    if head == "VarDecl":
        yield from _declarations(rest)
    elif head in _READERS:
        yield _READERS[head](rest)


def _single(node: Node) -> Statement:
    return Group(tuple(_statements(node)))


def _assign(rest: Node) -> Assign:
    lhs = _lvalue(field(rest, "assign_lhs"))
    root = next((e.name for e in lhs.walk() if e.head == "Variable"), "")
    rhs, operator = expression(field(rest, "assign_rhs")), field(rest, "assign_op")
    if not isinstance(operator, str):
        rhs = Expression("BinOp", str(operator[1]), (lhs, rhs))
    return Assign(root, lhs, rhs, lhs.head != "Variable")


def _lvalue(node: Node) -> Expression:
    """Convert what is assigned to; several at once make a tuple."""
    if _has(node, "lval"):
        return _lvalue_body(field(node, "lval"))
    if isinstance(node, tuple) and node and node[0] == "LTuplePack":
        return Expression("TupleExpr", "", tuple(_lvalue(n) for n in field(node[1:], "lvals")))
    return _lvalue_body(node[1] if node[0] == "LValue" else node)


def _lvalue_body(body: Node) -> Expression:
    if _has(body, "lval"):
        return _lvalue_body(field(body, "lval"))
    head = str(body[0])
    if head == "LVariable":
        return Expression("Variable", _identifier(body[1]))
    base = _lvalue(body[1])
    if head == "LIndexed":
        return Expression("Indexed", "", (base, *(_index(i) for i in body[2])))
    return Expression("TupleProjection", str(body[2]), (base,))


def _has(node: Node, name: str) -> bool:
    return isinstance(node, tuple) and any(isinstance(e, tuple) and e[:1] == (name,) for e in node)


def _tilde(rest: Node) -> Tilde:
    cut = field(rest, "truncation")
    return Tilde(
        outcome=expression(field(rest, "arg")),
        distribution=_identifier(field(rest, "distribution")),
        args=_expressions(field(rest, "args")),
        truncation=() if isinstance(cut, str) else tuple(expression(n) for n in cut[1:]),
    )


def _branch(rest: Node) -> Branch:
    otherwise = tuple(_single(n) for n in rest[2]) if rest[2] else ()
    return Branch(expression(rest[0]), (_single(rest[1]), *otherwise))


def _for(rest: Node) -> Loop:
    bounds = (expression(field(rest, "lower_bound")), expression(field(rest, "upper_bound")))
    body = _single(field(rest, "loop_body"))
    return Loop(_identifier(field(rest, "loop_variable")), bounds, None, body)


def _loop_over(rest: Node) -> Loop:
    return Loop(_identifier(rest[0]), (), expression(rest[1]), _single(rest[2]))


def _block(nodes: Node) -> Group:
    return Group(tuple(s for n in nodes for s in _statements(n)))


_READERS: dict[str, Callable[[Node], Statement]] = {
    "Assignment": _assign,
    "Tilde": _tilde,
    "TargetPE": lambda r: Target(expression(r[0]), is_jacobian=False),
    "JacobianPE": lambda r: Target(expression(r[0]), is_jacobian=True),
    "Return": lambda r: Return(expression(r[0])),
    "NRFunApp": lambda r: Call(_identifier(r[1]), _expressions(r[2])),
    "IfThenElse": _branch,
    "For": _for,
    "ForEach": _loop_over,
    "While": lambda r: Loop("", (expression(r[0]),), None, _single(r[1])),
    "Block": lambda r: _block(r[0]),
    "Profile": lambda r: _block(r[1]),
}

_BASES = {
    "SInt": "int",
    "SReal": "real",
    "SComplex": "complex",
    "SVector": "vector",
    "SRowVector": "row_vector",
    "SMatrix": "matrix",
    "SComplexVector": "complex_vector",
    "SComplexRowVector": "complex_row_vector",
    "SComplexMatrix": "complex_matrix",
    "STuple": "tuple",
}


def _declarations(rest: Node) -> Iterator[Declaration]:
    base, dims, rank = _type(field(rest, "decl_type"))
    transformation = field(rest, "transformation")
    bounds: tuple[Expression, ...] = ()
    if isinstance(transformation, tuple):
        bounds = tuple(expression(n) for n in transformation[1:] if _is_expression(n))
    transform = str(transformation if isinstance(transformation, str) else transformation[0])
    for variable in field(rest, "variables"):
        value = field(variable, "initial_value")
        yield Declaration(
            name=_identifier(field(variable, "identifier")),
            base=base,
            dims=dims,
            array_rank=rank,
            transform=transform,
            bounds=bounds,
            value=expression(value[0]) if value else None,
        )


def _type(node: Node) -> tuple[str, tuple[Expression, ...], int]:
    """Return base type, sizes and array rank of a sized type."""
    if isinstance(node, str):
        return _BASES[node], (), 0
    head = str(node[0])
    if head == "SArray":
        base, dims, rank = _type(node[1])
        return base, (expression(node[2]), *dims), rank + 1
    if head == "STuple":
        return "tuple", (), 0
    return _BASES[head], tuple(expression(n) for n in node[1:] if _is_expression(n)), 0
