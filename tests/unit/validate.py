#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""validate.py SCHEMAS ANSWERS [--cover COMMANDS] - judge answers of -j.

SCHEMAS is a directory of JSON Schemas, NAME-VERSION.json for "pghot/NAME/VERSION",
or several, with colons between them.
ANSWERS is a directory of N.args, the words of a command, a line each; N.json, its
answer, or several, one per line; and perhaps N.text, the same with -r instead of
-j, whose numbers must all be in the JSON. With COMMANDS, a file with a path per
line, every command must have answered at least once.

For users the schemas are open, since new members may come at any time. Here they
are closed: a member that no schema describes is a mistake.
"""

import glob
import json
import os
import re
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
from jsonschema import Draft202012Validator, RefResolver  # noqa: E402

# They have no answers of their own: their commands have.
SILENT = {"shell", "run"}
# Text for people that holds no facts, or not the answer's.
NUMBER = re.compile(r"(?<![\w.])(0x[0-9a-f]+|-?\d+(?:\.\d+)?)(?![\w.])")


def close(schema):
    """No other members than those described."""
    if isinstance(schema, dict):
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
        for value in schema.values():
            close(value)
    elif isinstance(schema, list):
        for value in schema:
            close(value)
    return schema


class Schemas:
    """All schemas of the directories, closed."""

    def __init__(self, directories):
        self.by_name, self.used, store = {}, set(), {}
        for path in sorted(path for directory in directories.split(":")
                           for path in glob.glob(os.path.join(directory, "*.json"))):
            with open(path, encoding="utf-8") as file:
                schema = json.load(file)
            # The host has done it, and in an emulated machine it takes seconds.
            if not os.environ.get("PGHOT_VM"):
                Draft202012Validator.check_schema(schema)
            name, version = os.path.basename(path)[:-5].rsplit("-", 1)
            if schema["title"] != f"pghot/{name}/{version}":
                sys.exit(f"{path}: its title is {schema['title']}")
            store[os.path.basename(path)] = close(schema)
            self.by_name[schema["title"]] = schema
        self.validators = {
            name: Draft202012Validator(schema, resolver=RefResolver("", schema, store=store))
            for name, schema in self.by_name.items() if name != "pghot/common/1"}

    def wrong(self, answer):
        """What is wrong with an answer, as lines."""
        name = answer.get("schema") if isinstance(answer, dict) else None
        if name not in self.validators:
            return [f"no schema {name!r}"]
        self.used.add(name)
        return [f"{name}: {'/'.join(map(str, e.absolute_path))}: {e.message[:300]}"
                for e in self.validators[name].iter_errors(answer)]


def leaves(value):
    """Every number, string and name of a member."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from leaves(member)
    elif isinstance(value, list):
        yield len(value)
        for member in value:
            yield from leaves(member)
    else:
        yield value


def facts(answers):
    """The numbers that JSON has, and those within its strings."""
    numbers, strings = set(), []
    for leaf in leaves(answers):
        # A switch is 0 or 1 in raw text.
        if isinstance(leaf, (int, float)):
            numbers.add(float(leaf))
        elif isinstance(leaf, str):
            strings.append(leaf)
    for text in strings:
        for found in NUMBER.findall(text):
            numbers.add(float(int(found, 0)) if found.startswith("0x") else float(found))
    return numbers


def sums(answers):
    """Text shows the sum of what JSON lists by reason."""
    if isinstance(answers, dict):
        if answers and all(isinstance(v, int) for v in answers.values()):
            yield float(sum(answers.values()))
        for member in answers.values():
            yield from sums(member)
    elif isinstance(answers, list):
        for member in answers:
            yield from sums(member)


def missing_facts(text, answers):
    """Numbers of the text that the JSON lacks."""
    known = facts(answers) | set(sums(answers))
    for found in NUMBER.findall(text):
        value = float(int(found, 0)) if found.startswith("0x") else float(found)
        if value not in known:
            yield found


def main():
    schemas = Schemas(sys.argv[1])
    bad = answers = 0
    names = sorted(glob.glob(os.path.join(sys.argv[2], "*.args")), key=lambda p: (len(p), p))
    for args in names:
        with open(args, encoding="utf-8") as file:
            command = " ".join(file.read().split("\n")).strip()
        with open(args[:-5] + ".json", encoding="utf-8") as file:
            lines = file.read().splitlines()
        wrong = [] if lines else ["no answer"]
        parsed = []
        for line in lines:
            try:
                parsed.append(json.loads(line))
                wrong += schemas.wrong(parsed[-1])
            except ValueError as e:
                wrong.append(f"no JSON: {e}: {line[:100]}")
        if os.path.exists(args[:-5] + ".text"):
            with open(args[:-5] + ".text", encoding="utf-8") as file:
                wrong += [f"{n} of the text is not in the JSON"
                          for n in missing_facts(file.read(), parsed)]
        answers += len(lines)
        for line in wrong[:8]:
            print(f"-j {command}: {line}")
        bad += bool(wrong)
    if len(sys.argv) > 4 and sys.argv[3] == "--cover":
        with open(sys.argv[4], encoding="utf-8") as file:
            for path in file.read().splitlines():
                if path not in SILENT and f"pghot/{path.replace(' ', '-')}/1" not in schemas.used:
                    print(f"no answer of {path} was judged")
                    bad += 1
    print(f"{answers} answers of {len(names)} commands, {bad} wrong")
    sys.exit(bad > 0 or not answers)


main()
