# SPDX-License-Identifier: GPL-2.0-or-later
#
# A thin front.  The work is done by meson (the tools), vm/kernel-build (the
# kernel), vm/tour (the demo) and tests/run (every test).

# make run SERIES=7.3: the kernel is of another series than 6.12.
export SERIES

help:		## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: deps	## the demo: build everything, boot a two-tier machine, promote hot pages
	@vm/tour $(if $(SOURCE),--source $(SOURCE))

check: deps	## run every test
	@PGHOT_BUILDS=few tests/run

lint: deps	## run the static checks only
	@tests/run static

coverage: deps	## which lines of the tools the unit tests run
	@tests/coverage 85

deps:		## install the Debian packages that are missing
	@vm/install-deps

kernel: deps	## build the kernel of the VM
	@vm/kernel-build plain

tools:		## build pghotctl, pghottop and the demo workload into build/
	@[ -f build/build.ninja ] || meson setup build
	@ninja -C build

bench: deps	## compare mechanisms of promotion (hours; BENCH="--arms A,B --loads C --seconds N")
	@vm/install-deps bench/packages
	@bench/placement/run $(BENCH)

series: deps	## write kernel/ as patches to post, into build/series/
	@kernel/make-series

shell: deps	## an interactive shell in the two-tier machine
	@vm/shell

deb: deps	## build the Debian packages into build/deb/
	@vm/install-deps packaging/packages
	@packaging/build-deb

# What MINUTES (60) bounds is how long the end-to-end tests are repeated.
soak: deps	## run the tests that take too long for make check (MINUTES=60)
	@vm/install-deps packaging/packages
	@PGHOT_SERIES=full tests/run static deb
	@tests/run --variant kcsan --variant leak --minutes $(or $(MINUTES),60) soak kunit e2e

clean:		## remove build/; the cache of kernels is ~/.cache/pghot
	rm -rf build

.PHONY: help run check lint coverage deps kernel tools bench series shell deb soak clean
