#!/bin/bash
# swift-build.sh [OPTION...]: `swift build`, once more if the package manager itself dies.
#
# That of Swift 6.3 on Linux now and then ends by SIGSEGV, in libdispatch and before it compiles anything, whatever the
# package is. A build that fails for a reason of its own, a compiler's crash among them, ends with 1 and stays so.
set -uo pipefail
"${SWIFT:-swift}" build "$@"
status=$?
[ $status -eq 139 ] || exit $status
echo "swift build died by a fault of its own; it begins once more" >&2
exec "${SWIFT:-swift}" build "$@"
