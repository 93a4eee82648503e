"""Makes ridge.json: ridge logistic regressions by scikit-learn, against which our own fit is checked.

scikit-learn minimises  C * sum(weight * loss) + |b|^2 / 2,  ours  mean loss + penalty * |b|^2 / 2,  so C = 1 / (penalty * sum of weights).
"""
import json
import numpy as np
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(20240902)
x = np.round(random.normal(size=(60, 3)), 3)
y = (random.uniform(size=60) < 1 / (1 + np.exp(-(x @ [1.0, -0.5, 0.0] - 0.4)))).astype(int)
weights = np.round(random.uniform(0.5, 2, size=60), 2)
fits = []
for penalty in (0.001, 0.1, 2.0):
    for w in (np.ones(60), weights):
        fit = LogisticRegression(C=1 / (penalty * w.sum()), solver="newton-cholesky", tol=1e-14, max_iter=500)
        fit.fit(x, y, sample_weight=w)
        fits.append({"penalty": penalty, "weighted": bool(w is weights), "intercept": fit.intercept_[0], "coefficients": list(fit.coef_[0])})
print(json.dumps({"x": x.tolist(), "y": y.tolist(), "weights": weights.tolist(), "fits": fits}))
