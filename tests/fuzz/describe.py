#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What fuzzers of the kernel's side have to know of the family, from uapi/pghot.yaml.

describe.py tables       for tests/e2e/fuzz.c: tests/e2e/fuzz-tables.h
describe.py syzkaller    for syzkaller: tests/fuzz/syzkaller/pghot.txt

Both are committed; tests/static/descriptions.sh says when they are out of date.
"""

import os
import sys

import yaml

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
with open(os.path.join(TOP, "uapi", "pghot.yaml"), encoding="utf-8") as spec_file:
    SPEC = yaml.safe_load(spec_file)

SETS = {s["name"]: s for s in SPEC["attribute-sets"]}
CONSTANTS = {d["name"]: d["value"] for d in SPEC["definitions"] if d["type"] == "const"}
ENUMS = {d["name"]: d for d in SPEC["definitions"] if d["type"] in ("enum", "flags")}
BITS = {"u8": 8, "u32": 32, "s32": 32, "uint": 64}


def caps(name):
    return name.upper().replace("-", "_")


def attributes_of(set_name):
    """[(attribute, its number)]; a subset has the numbers of the whole"""
    whole = SETS[SETS[set_name].get("subset-of", set_name)]
    numbers = {a["name"]: i for i, a in enumerate(whole["attributes"], 1)}
    full = {a["name"]: a for a in whole["attributes"]}
    return [(full[a["name"]], numbers[a["name"]]) for a in SETS[set_name]["attributes"]]


def bounds(set_name, attribute):
    """What is accepted, as far as the specification says."""
    name = attribute["name"]
    names = (f"{set_name}-{name}", name, name.removeprefix("promote-"))
    low = next((CONSTANTS[n + "-min"] for n in names if n + "-min" in CONSTANTS), 0)
    high = next((CONSTANTS[n + "-max"] for n in names if n + "-max" in CONSTANTS), None)
    if high is None:
        high = {"u8": 1}.get(attribute["type"], 2 ** BITS.get(attribute["type"], 1) - 1)
    return low, high


def operations():
    """Commands and events."""
    return SPEC["operations"]["list"]


def requests(operation):
    """{"do" or "dump": names of the attributes of the request} as far as it can be requested"""
    return {kind: operation[kind].get("request", {}).get("attributes", [])
            for kind in ("do", "dump") if kind in operation}


# ---- tables ------------------------------------------------------------------------

TYPES = {"u8": "FUZZ_U8", "u32": "FUZZ_U32", "s32": "FUZZ_S32", "uint": "FUZZ_UINT",
         "string": "FUZZ_STRING", "binary": "FUZZ_BINARY", "nest": "FUZZ_NEST"}


def c_name(set_name):
    return "fuzz_" + set_name.replace("-", "_")


def ordered_sets():
    """Names of the sets that are no subsets, those that are nested before those around them."""
    done = []

    def add(name):
        if name in done:
            return
        for attribute in SETS[name]["attributes"]:
            if attribute.get("type") == "nest":
                add(SETS[attribute["nested-attributes"]].get("subset-of", attribute["nested-attributes"]))
        done.append(name)

    for name, s in SETS.items():
        if "subset-of" not in s:
            add(name)
    return done


def tables():
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
    print("/* Made by tests/fuzz/describe.py from uapi/pghot.yaml; do not edit. */")
    print("#ifndef PGHOT_E2E_FUZZ_TABLES_H\n#define PGHOT_E2E_FUZZ_TABLES_H\n")
    print('#include <linux/pghot.h>\n\n#include "fuzz.h"\n\n/* clang-format off */')
    for name in ordered_sets():
        print(f"\nstatic const struct fuzz_attr {c_name(name)}_attrs[] = {{")
        for attribute, _ in attributes_of(name):
            nest = "NULL"
            if attribute["type"] == "nest":
                inner = attribute["nested-attributes"]
                nest = "&" + c_name(SETS[inner].get("subset-of", inner)) + "_set"
            low, high = bounds(name, attribute)
            print(f'\t{{ "{attribute["name"]}", PGHOT_A_{caps(name)}_{caps(attribute["name"])}, {TYPES[attribute["type"]]}, {nest}, '
                  f"{low}u, {high}u }},")
        print("};")
        print(f'static const struct fuzz_set {c_name(name)}_set = {{ "{name}", {c_name(name)}_attrs, '
              f"{len(SETS[name]['attributes'])} }};")
    print("\nstatic const struct fuzz_command fuzz_commands[] = {")
    for operation in operations():
        kinds = requests(operation)
        numbers = {a["name"]: n for a, n in attributes_of(operation["attribute-set"])}
        mask = 0
        for names in kinds.values():
            mask |= sum(1 << numbers[n] for n in set(names))
        flags = " | ".join({"do": "FUZZ_DO", "dump": "FUZZ_DUMP"}[k] for k in kinds) or "0"
        print(f'\t{{ "{operation["name"]}", PGHOT_CMD_{caps(operation["name"])}, &{c_name(operation["attribute-set"])}_set, '
              f"{flags}, {mask:#x} }},")
    print("};\n\n/* Numbers of the specification. */\nstatic const uint64_t fuzz_numbers[] = {")
    for value in sorted(set(CONSTANTS.values())):
        print(f"\t{value},")
    print("};\n/* clang-format on */\n\n#endif /* PGHOT_E2E_FUZZ_TABLES_H */")


# ---- syzkaller ---------------------------------------------------------------------

def syz_name(name):
    return name.replace("-", "_")


def syz_value(set_name, attribute):
    """The type of an attribute's value."""
    kind = attribute["type"]
    if kind == "string":
        if set_name == "source" and attribute["name"] == "name":
            return "string[pghot_source_names]"
        return "string"
    if kind == "binary":
        return "array[int8]"
    low, high = bounds(set_name, attribute)
    if kind == "s32":
        return "int32[-1:64]"
    if "enum" in attribute:
        return f"flags[pghot_{syz_name(attribute['enum'])}, int{BITS[kind]}]"
    if set_name == "reset" and attribute["name"] == "what":
        return "flags[pghot_reset_what, int32]"
    if high == 2 ** BITS[kind] - 1:
        return f"int{BITS[kind]}"
    return f"int{BITS[kind]}[{low}:{high}]"


def syzkaller():
    print("# Made by tests/fuzz/describe.py from uapi/pghot.yaml; do not edit.\n")
    print("include <net/netlink.h>\ninclude <net/genetlink.h>\n"
          "include <uapi/linux/genetlink.h>\ninclude <uapi/linux/pghot.h>\n")
    print("resource genl_pghot_family_id[int16]\n")
    print('syz_genetlink_get_family_id$pghot(name ptr[in, string["pghot"]], fd sock_nl_generic) '
          "genl_pghot_family_id\n")
    seen, used = {}, set()
    for operation in operations():
        for kind, names in requests(operation).items():
            command = f"PGHOT_CMD_{caps(operation['name'])}"
            suffix = f"{command}{'_DUMP' if kind == 'dump' and 'do' in operation else ''}"
            if names:
                set_name = operation["attribute-set"]
                key = (set_name, tuple(sorted(set(names))))
                policy = seen.setdefault(key, f"pghot_{syz_name(operation['name'])}_policy")
                message = f"msghdr_pghot[{command}, {policy}]"
            else:
                message = f"msghdr_pghot[{command}, nl_generic_attr]"
            print(f"sendmsg${suffix}(fd sock_nl_generic, msg ptr[in, {message}], f flags[send_flags])")
    print("\ntype msghdr_pghot[CMD, POLICY] msghdr_netlink[netlink_msg_t[genl_pghot_family_id, "
          "genlmsghdr_t[CMD], POLICY]]\n")
    for (set_name, names), policy in seen.items():
        print(f"{policy} [")
        for attribute, _ in attributes_of(set_name):
            if attribute["name"] not in names:
                continue
            constant = f"PGHOT_A_{caps(set_name)}_{caps(attribute['name'])}"
            if attribute["type"] == "nest":
                used.add(attribute["nested-attributes"])
                value = f"nlnest[{constant}, array[pghot_{syz_name(attribute['nested-attributes'])}_policy, 0:8]]"
            else:
                value = f"nlattr[{constant}, {syz_value(set_name, attribute)}]"
            print(f"\t{constant}\t{value}")
        print("] [varlen]\n")
    for set_name in sorted(used):
        print(f"pghot_{syz_name(set_name)}_policy [")
        for attribute, _ in attributes_of(set_name):
            constant = f"PGHOT_A_{caps(set_name)}_{caps(attribute['name'])}"
            print(f"\t{constant}\tnlattr[{constant}, {syz_value(set_name, attribute)}]")
        print("] [varlen]\n")
    for name in ("source-id", "reset-what"):
        entries = [e if isinstance(e, str) else e["name"] for e in ENUMS[name]["entries"]]
        print(f"pghot_{syz_name(name)} = " + ", ".join(f"PGHOT_{caps(name)}_{caps(e)}" for e in entries))
    sources = [e["name"] for e in ENUMS["source-id"]["entries"]]
    print("pghot_source_names = " + ", ".join(f'"{s}"' for s in sources))


def main():
    makers = {"tables": tables, "syzkaller": syzkaller}
    if len(sys.argv) != 2 or sys.argv[1] not in makers:
        sys.exit("usage: describe.py tables|syzkaller")
    makers[sys.argv[1]]()


if __name__ == "__main__":
    main()
