"""Prints messages as the official Python SDK of CloudEvents (cloudevents 2) makes them of the events on standard input."""

import base64
import json
import sys
from datetime import datetime

from cloudevents.core.bindings import http, kafka
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent


def printable(value):
    return base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()


def messages(event):
    data = event.pop("data")
    event["time"] = datetime.fromisoformat(event["time"])
    made = CloudEvent(attributes=event | {"datacontenttype": "application/json"}, data=data)
    for mode in ("binary", "structured"):
        message = getattr(http, f"to_{mode}")(made, JSONFormat())
        yield {"mode": mode, "headers": message.headers, "body": printable(message.body)}
    record = kafka.to_binary(made, JSONFormat())
    headers = {name: printable(value) for name, value in record.headers.items()}
    yield {"mode": "kafka", "headers": headers, "body": printable(record.value)}


for line in sys.stdin:
    print(json.dumps(list(messages(json.loads(line)))))
