"""For tests: ClickHouse out of the Python package chdb-core, asked line by line.

Arguments: folder of the package, folder of the data. A line of standard input is {"sql", "format", "params", "settings", "database"};
the answer is a line {"text"} or {"error"}. It ends with its standard input.
"""

import json
import sys

sys.path.insert(0, sys.argv[1])
from chdb import session  # noqa: E402

engine = session.Session(sys.argv[2])


def text(value):
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def parameter(value):
    if isinstance(value, list):
        return "[" + ",".join(text(one) if isinstance(one, str) else str(parameter(one)) for one in value) + "]"
    return value


def answer(job):
    if job.get("database"):
        engine.query("USE `" + job["database"] + "`")
    settings = job.get("settings") or {}
    params = {name: parameter(value) for name, value in (job.get("params") or {}).items()}
    for name, value in settings.items():
        engine.query(f"SET {name} = {text(value)}")
    try:
        return str(engine.query(job["sql"], job.get("format") or "JSONEachRow", params=params or None))
    finally:
        for name in settings:
            engine.query(f"SET {name} = DEFAULT")


for line in sys.stdin:
    try:
        told = {"text": answer(json.loads(line))}
    except Exception as error:
        told = {"error": str(error)}
    print(json.dumps(told), flush=True)
