#!/usr/bin/env python3
"""Verifies a full draw record tier-srs-v1 against its frame: python3 verify_draw.py RECORD.json FRAME.tsv
Written from docs/spec/draw.md alone, with the standard library only. Exit 0, or 1 with the first check that fails."""
import json, sys
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import isfinite


def H(*parts): return sha256(b"".join(parts)).digest()


def es6(v):  # a number as RFC 8785 has it: the shortest form of the double
    if not v: return "0"
    minus, digits, exponent = Decimal(repr(float(v))).normalize().as_tuple()
    d, n, sign = "".join(map(str, digits)), len(digits) + exponent, "-" * minus
    if 0 < n <= 21: return sign + d[:n].ljust(n, "0") + ("." + d[n:] if d[n:] else "")
    if -6 < n <= 0: return sign + "0." + "0" * -n + d
    return sign + d[0] + ("." + d[1:] if d[1:] else "") + f"e{n - 1:+d}"


def number(text):  # refuses what programs read differently
    v = float(text)
    if not isfinite(v) or (text.lstrip("-").isdigit() and text != es6(v) and int(text) != v):
        sys.exit(f"record: programs read the number {text} differently")
    return int(v) if v.is_integer() and abs(v) < 2**53 else v


def once(members):
    names = [name for name, _ in members]
    if len({*names}) < len(names): sys.exit(f"record: {max(names, key=names.count)} stands twice in one object")
    return dict(members)


def canonical(v):  # RFC 8785
    if isinstance(v, dict):
        return "{" + ",".join(canonical(k) + ":" + canonical(v[k]) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))) + "}"
    if isinstance(v, list): return "[" + ",".join(map(canonical, v)) + "]"
    return json.dumps(v, ensure_ascii=False) if v is None or isinstance(v, (bool, str)) else es6(v)


def merkle(nodes):
    while len(nodes) > 1:  # neighbours; a last one without neighbour is carried up
        nodes = [H(b"\1", *nodes[i:i + 2]) if i + 1 < len(nodes) else nodes[i] for i in range(0, len(nodes), 2)]
    return nodes[0]


def check(name, computed, claimed):
    if computed != claimed: sys.exit(f"{name}: computed {computed}, the record says {claimed}")
    print("ok", name)


record = json.load(open(sys.argv[1], encoding="utf-8"), object_pairs_hook=once, parse_int=number, parse_float=number, parse_constant=number)
header, *lines = open(sys.argv[2], "rb").read().removesuffix(b"\n").split(b"\n")
columns, plan = header.decode().split("\t"), record["plan"]
rows = sorted((line.split(b"\t") for line in lines), key=lambda row: row[0])
check("spec", (plan["method"], columns[0], len({row[0] for row in rows})), (record["spec"], "id", len(rows)))
canon = [b"\t".join(row) for row in rows]
root, plan_hash = merkle([H(b"\0", line) for line in canon]), H(canonical(plan).encode())
check("frame", {"rows": len(rows), "sha256": H(*(line + b"\n" for line in canon)).hex(), "merkle_root": root.hex()}, record["frame"])
check("plan_hash", plan_hash.hex(), record["plan_hash"])
secret = bytes.fromhex(record["secret"])
check("commit", H(b"DRAW-COMMIT-v1\0", secret, root, plan_hash).hex(), record["commit"])
seed = H(b"DRAW-SEED-v1\0", secret, bytes.fromhex(record["beacon"]), root, plan_hash)
check("seed", seed.hex(), record["seed"])
x = int.from_bytes(H(seed, b"\1", bytes(8))[:8], "big")
check("u", str(x), record["u"])

cells, places, salt = {}, [columns.index(c) for c in [*plan.get("strata", []), "tier"]], columns.index("salt") if "salt" in columns else None
for row in rows:
    key = H(seed, b"\0", row[0], *([] if salt is None else [b"\x1f", row[salt]]))
    cells.setdefault(tuple(row[p] for p in places), []).append((key, row[0].decode()))
N, pi, p = {}, {}, {tier.encode(): Fraction(text) for tier, text in plan["tiers"].items()}
for cell, units in cells.items(): N[cell[-1]] = N.get(cell[-1], 0) + len(units)
m, left = plan.get("n"), set(N)
if m is None: pi = {t: p[t] for t in N}
while m is not None and left:
    S = sum(N[t] * p[t] for t in left)
    whole = {t for t in left if m * p[t] >= S}
    pi.update({t: Fraction(1) if whole else m * p[t] / S for t in whole or left})
    m, left = m - sum(N[t] for t in whole), left - whole if whole else set()

C, out, drawn, reserve = Fraction(x, 2**64), [], [], []
for number, cell in enumerate(sorted(cells)):
    units, e = sorted(cells[cell]), len(cells[cell]) * pi[cell[-1]]
    n, C = int(C + e) - int(C), C + e
    out.append({"key": [v.decode() for v in cell], "N": len(units), "expected": str(e), "n": n, "pi": str(pi[cell[-1]]),
                "threshold": units[n - 1][0].hex() if n else None})
    ranked = [{"id": i, "cell": number, "key": k.hex(), "rank": r} for r, (k, i) in enumerate(units, 1)]
    drawn, reserve = drawn + ranked[:n], reserve + ranked[n:2 * n]
check("cells", out, record["cells"])
check("selected", drawn, record["selected"])
check("reserve", reserve, record["reserve"])
check("result_hash", H(*sorted(u["id"].encode() + b"\n" for u in drawn)).hex(), record["result_hash"])
