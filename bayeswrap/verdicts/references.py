"""The literature that checks refer to, each work once."""

from __future__ import annotations

__all__ = [
    "ALBERT_ANDERSON",
    "BETANCOURT",
    "BETANCOURT_SECTION_2",
    "CHUNG",
    "DAY",
    "DRUILHET_MARIN",
    "EVANS_MOSHONOV",
    "GELMAN_BOOK",
    "GELMAN_JAKULIN",
    "HOBERT_CASELLA",
    "KIEFER_WOLFOWITZ",
    "NOCEDAL_WRIGHT",
    "RAUE",
    "SELF_LIANG",
    "SMITH",
    "STEPHENS",
    "VAN_DER_VAART",
    "VEHTARI_PSIS",
    "VEHTARI_R_HAT",
    "YAO",
]


ALBERT_ANDERSON = "Albert & Anderson 1984, Biometrika 71:1-10"
BETANCOURT = "Betancourt 2017, arXiv:1701.02434"
BETANCOURT_SECTION_2 = f"{BETANCOURT}, section 2"
CHUNG = "Chung et al. 2013, Psychometrika 78:685-709"
DAY = "Day 1969, Biometrika 56:463-474"
DRUILHET_MARIN = "Druilhet & Marin 2007, Bayesian Analysis 2:681-691"
EVANS_MOSHONOV = "Evans & Moshonov 2006, Bayesian Analysis 1:893-914"
GELMAN_BOOK = "Gelman et al. 2013, Bayesian Data Analysis, ch. 4 and 13"
GELMAN_JAKULIN = "Gelman et al. 2008, Annals of Applied Statistics 2:1360-1383"
HOBERT_CASELLA = (
    "Hobert & Casella 1996, Journal of the American Statistical Association 91:1461-1473"
)
KIEFER_WOLFOWITZ = "Kiefer & Wolfowitz 1956, Annals of Mathematical Statistics 27:887-906"
NOCEDAL_WRIGHT = "Nocedal & Wright 2006, Numerical Optimization, ch. 2"
RAUE = "Raue et al. 2009, Bioinformatics 25:1923-1929"
SELF_LIANG = "Self & Liang 1987, JASA 82:605-610"
SMITH = "Smith 1985, Biometrika 72:67-90"
STEPHENS = "Stephens 2000, Journal of the Royal Statistical Society B 62:795-809"
VAN_DER_VAART = "van der Vaart 1998, Asymptotic Statistics, ch. 10"
VEHTARI_PSIS = "Vehtari et al. 2024, JMLR 25(72)"
VEHTARI_R_HAT = "Vehtari et al. 2021, Bayesian Analysis 16:667-718"
YAO = "Yao et al. 2018, ICML"
