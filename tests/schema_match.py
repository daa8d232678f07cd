#!/usr/bin/env python3
"""schema_match.py FILE...: fails unless each is a summary as
samples/summary.schema.json has it, with all its members named there."""
import json
import os
import sys

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "../samples/summary.schema.json")) as file:
    SCHEMA = json.load(file)


def strict(node):
    """The published schema lets members be added; this build adds none."""
    if isinstance(node, dict):
        if "properties" in node:
            node.setdefault("additionalProperties", False)
        for value in node.values():
            strict(value)
    elif isinstance(node, list):
        for value in node:
            strict(value)


jsonschema.Draft202012Validator.check_schema(SCHEMA)
strict(SCHEMA)
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        found = json.load(file)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    rows = found["rows"]
    assert rows["total"] == rows["online"] + rows["offline"] + rows["failed"]
    assert rows["failed"] == sum(found["errors"].values())
    steps = found["timeline"]["steps"]
    assert found["requests"]["sent"] == sum(step["sent"] for step in steps)
    assert found["requests"]["refused"] == sum(s["refused"] for s in steps)
