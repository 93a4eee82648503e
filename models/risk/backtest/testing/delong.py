"""Makes delong.json: AUC by scikit-learn, and DeLong's covariance by its definition, pair by pair, in exact fractions.

Scores are columns of chicago-excerpt.csv. Source: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837-845, equations (3)-(6):
components V10(X_i) = mean over j of psi(X_i, Y_j), V01(Y_j) = mean over i; S10, S01 their sample covariances; S = S10 / m + S01 / n.
"""
import csv
import json
import math
import pathlib
from fractions import Fraction

from sklearn.metrics import roc_auc_score

SCORES = ["heat_garbage", "pastSerious", "ageAtInspection"]
here = pathlib.Path(__file__).parent
rows = list(csv.DictReader(open(here / "chicago-excerpt.csv", encoding="utf-8")))
y = [int(row["criticalFound"]) for row in rows]
scores = {name: [float(row[name]) for row in rows] for name in SCORES}


def psi(x, z):
    return Fraction(1) if x > z else Fraction(1, 2) if x == z else Fraction(0)


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def components(score):
    x = [s for s, found in zip(score, y) if found]
    z = [s for s, found in zip(score, y) if not found]
    return [mean([psi(a, b) for b in z]) for a in x], [mean([psi(a, b) for a in x]) for b in z]


def covariance(a, b):
    return sum(((p - mean(a)) * (q - mean(b)) for p, q in zip(a, b)), Fraction(0)) / (len(a) - 1)


def delong(first, second):
    (a10, a01), (b10, b01) = components(first), components(second)
    return covariance(a10, b10) / len(a10) + covariance(a01, b01) / len(a01)


answer = {"scores": {}, "differences": []}
for name, score in scores.items():
    auc = mean(components(score)[0])
    assert abs(float(auc) - roc_auc_score(y, score)) < 1e-12
    answer["scores"][name] = {"auc": roc_auc_score(y, score), "standardError": math.sqrt(delong(score, score))}
for first, second in [(0, 1), (0, 2), (1, 2)]:
    a, b = scores[SCORES[first]], scores[SCORES[second]]
    difference = answer["scores"][SCORES[first]]["auc"] - answer["scores"][SCORES[second]]["auc"]
    variance = delong(a, a) + delong(b, b) - 2 * delong(a, b)
    answer["differences"].append({"first": SCORES[first], "second": SCORES[second], "value": difference, "z": difference / math.sqrt(variance)})
print(json.dumps(answer, indent=2))
