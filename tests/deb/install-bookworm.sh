#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1200
#
# In a fresh bookworm the packages install, run, upgrade, and are purged without leftovers.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=install.bash
. "$(dirname "$0")/install.bash"

lives_in bookworm
