#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each house is built of rooms that stand on each other: an #include leads into the
# same room or down, never up, and no two modules (NAME.c with NAME.h) include each
# other, directly or around. Here are the plans, from the ground up.

set -eu
cd "$(dirname "$0")/../.."

# "." is what stands beside the rooms, in the house itself.
houses=(
	"kernel/tree/mm/pghot base attr record queue promote report source . control"
	"pghotctl system neighbours output backend cmdline config source report shell commands generate ."
	"vm common . workload"
	"bench/placement . load"
	"pghottop data screen table state setup input views batch . tests"
)

look() {
	python3 - "$@" <<-'END'
	import os
	import re
	import sys

	house, plan = sys.argv[1], sys.argv[2:]
	level = {room: n for n, room in enumerate(plan)}
	modules = {}  # module -> {module it includes: a file that does}
	bad = []

	def room_of(path):
	    room = os.path.relpath(path, house).split("/")[0]
	    return room if os.path.isdir(os.path.join(house, room)) else "."

	def module_of(path):
	    return os.path.splitext(os.path.relpath(path, house))[0]

	files = [os.path.join(d, f) for d, _, names in os.walk(house) for f in sorted(names)
	         if f.endswith((".c", ".h"))]
	for path in sorted(files):
	    if room_of(path) not in level:
	        bad.append(f"{path}: the plan has no room '{room_of(path)}'")
	        continue
	    for line in open(path, encoding="utf-8"):
	        m = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
	        if not m:
	            continue
	        # Beside the file that includes it, or from the door of the house.
	        found = [os.path.normpath(os.path.join(d, m[1])) for d in (os.path.dirname(path), house)]
	        found = [f for f in found if f in files]
	        if not found:
	            continue
	        to = found[0]
	        if level.get(room_of(to), 0) > level[room_of(path)]:
	            bad.append(f"{path}: includes {to}, a way up from {room_of(path)} to {room_of(to)}")
	        if module_of(to) != module_of(path):
	            modules.setdefault(module_of(path), {})[module_of(to)] = path

	# Depth first; a module on the way that is met again closes a circle.
	done, way = set(), []

	def visit(module):
	    if module in way:
	        bad.append("a circle: " + " -> ".join(way[way.index(module):] + [module]))
	        return
	    if module in done:
	        return
	    way.append(module)
	    for other in sorted(modules.get(module, ())):
	        visit(other)
	    done.add(way.pop())

	for module in sorted(modules):
	    visit(module)
	print("\n".join(bad) or f"{house}: {len(files)} files in {len(plan)} rooms")
	sys.exit(bool(bad))
	END
}

# A checker that finds nothing anywhere would pass everything.
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
mkdir "$planted/low" "$planted/high"
echo '#include "low/stone.h"' > "$planted/high/roof.c"
touch "$planted/low/stone.h" "$planted/high/roof.h"
look "$planted" low high > /dev/null || { look "$planted" low high; exit 1; }
echo '#include "high/roof.h"' > "$planted/low/other.c"
! look "$planted" low high > /dev/null || { echo "an arrow up is not noticed"; exit 1; }
rm "$planted/low/other.c"
echo '#include "stone.h"' > "$planted/low/brick.h"
echo '#include "brick.h"' > "$planted/low/stone.c"
! look "$planted" low high > /dev/null || { echo "a circle is not noticed"; exit 1; }
rm "$planted/low/stone.c"
mkdir "$planted/shed"
touch "$planted/shed/rake.c"
! look "$planted" low high > /dev/null || { echo "a room that the plan lacks is not noticed"; exit 1; }

for house in "${houses[@]}"; do
	# shellcheck disable=SC2086 # a name each
	look $house
done
