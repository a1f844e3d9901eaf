import re

from bayeswrap.regression.stan_names import stan_names


def test_names_are_identifiers_and_unique():
    hostile = ["g:h", "g h", "g_h", "real", "日本", "Größe (cm)", "1st", "_", "a__", "é" * 90, ""]
    made = stan_names(hostile)
    assert len(set(made)) == len(hostile)
    assert all(re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_]*", name) for name in made)
    assert not any(name.endswith("__") for name in made)


def test_plain_names_stay():
    assert stan_names(["g", "school"]) == ("g", "school")
