#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test-man.sh PGHOTTOP PGHOTTOP-FAKE MAN-PAGE RECORDING - the examples of
# pghottop(8) work as they are printed, on the made-up machine; they run on the
# real one in tests/e2e/37-man-examples.sh

. "$(dirname "$0")/terminal.sh"

recording=$(realpath "$4")
examples=$(cd "$(dirname "$0")/../../tests" && pwd)/man-examples
mkdir "$tmp/bin" "$tmp/examples" "$tmp/work"
"$examples" "$tmp/examples" "$3" || exit 1
ln -s "$fake" "$tmp/bin/pghottop"
# There is no kernel to record here.
cat > "$tmp/bin/pghotctl" <<-END
	#!/bin/sh
	[ "\$1" = record ] && exec cp "$recording" "\$2"
	exit 1
END
chmod +x "$tmp/bin/pghotctl"
export PATH=$tmp/bin:$PATH
cd "$tmp/work" || exit 1

ran=0
for example in "$tmp/examples"/*; do
	ran=$((ran + 1))
	case $example in
	*.sh)
		checks=$((checks + 1))
		bash -euo pipefail "$example" > "$tmp/out" 2>&1 < /dev/null && continue
		failures=$((failures + 1))
		echo "FAIL: $(<"$example")"
		sed 's/^/    /' "$tmp/out" ;;
	*.tty)
		start 120 30 "bash $example"
		expect '(every|PLAYING|PAUSED|END).*q quit'
		keys q
		ended 0 ;;
	esac
done
checks=$((checks + 1))
[ "$ran" -ge 8 ] || { failures=$((failures + 1)); echo "FAIL: $ran examples only"; }

finish
