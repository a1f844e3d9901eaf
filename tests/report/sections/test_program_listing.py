"""The program with the roles of its statements."""

from __future__ import annotations

from dataclasses import replace

from bayeswrap.report.sections.program_listing import annotated_lines


def section(report, key):
    return next(s for s in report.every_section if s.key == key)


def test_all_lines_of_a_statement_carry_its_role(full, plain):
    code = section(plain, "program").code
    roles = {line.number: (line.role, line.first) for line in code if line.role}
    assert roles == {
        10: ("prior", True),
        11: ("prior", False),
        12: ("prior", True),
        13: ("likelihood", True),
    }
    assert "\n".join(line.text for line in code) + "\n" == full.record.program


def test_a_role_that_the_user_set_is_labelled_as_such(builder):
    source = "data { real y; } parameters { real a; } model { target += -0.5 * (y - a)^2; }"
    record = replace(
        builder().record("mle"), program=source, program_name="said", roles={"1": "likelihood"}
    )
    assert [line.role for line in annotated_lines(record)] == ["likelihood"]
    assert "set by roles=" in annotated_lines(record)[0].why


def test_terms_of_several_roles_on_a_line_are_all_named(builder):
    source = (
        "data { real y; } parameters { real a; }\nmodel {\n"
        "  target += normal_lpdf(a | 0, 1) + normal_lpdf(y | a, 1);\n}\n"
    )
    record = replace(builder().record("mle"), program=source, program_name="terms", roles={})
    told = {line.number: (line.role, line.first) for line in annotated_lines(record) if line.role}
    assert told == {3: ("prior + likelihood", True)}
    assert annotated_lines(record)[2].why == "outcome is a parameter; outcome is data (y)"
