"""The schema of the JSON report: valid, met by any comparison, and complete."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from bayeswrap.report.build import build_report
from bayeswrap.report.document.render_json import to_json

SCHEMA = json.loads(
    (files("bayeswrap.report.document") / "report-1.schema.json").read_text(encoding="utf-8")
)
CHECKER = jsonschema.Draft202012Validator(SCHEMA)


def parsed(comparison):
    return json.loads(to_json(build_report(comparison, pictures=False)))


def undescribed(value, schema, path=""):
    """Yield the paths of keys for which the schema has no word."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    for choice in schema.get("oneOf", ()):
        if CHECKER.evolve(schema=choice).is_valid(value):
            yield from undescribed(value, choice, path)
    if isinstance(value, dict) and "oneOf" not in schema:
        rest = schema.get("additionalProperties", schema in ({}, {"type": "object"}))
        for key, inner in value.items():
            found = schema.get("properties", {}).get(key, rest)
            if found is False:
                yield f"{path}/{key}"
            elif found is not True:
                yield from undescribed(inner, found, f"{path}/{key}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from undescribed(inner, schema.get("items", {}), f"{path}/{number}")


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "case", ["no prior", "edge", "lost", "only missing", "still", "points only"]
)
def test_any_comparison_fits_the_schema(shapes, case):
    found = parsed(shapes(case))
    assert not [f"{e.json_path}: {e.message}" for e in CHECKER.iter_errors(found)]
    assert not [*undescribed(found, SCHEMA)]


def test_draws_checks_and_searches_fit_the_schema(hits):
    found = parsed(hits)
    assert found["predictive"]
    assert found["loo"]
    assert not [f"{e.json_path}: {e.message}" for e in CHECKER.iter_errors(found)]
    assert not [*undescribed(found, SCHEMA)]


def test_what_does_not_fit_is_found(full):
    found = parsed(full)
    found["verdict"]["flags"] = None
    found["data"]["news"] = 1
    assert not CHECKER.is_valid(found)
    assert [*undescribed(found, SCHEMA)] == ["/data/news"]
