#!/usr/bin/env bash
# Writes the text of the migration “1 everything” anew, for SQLite and for PostgreSQL, from what the records describe, and
# shows that the migrations make just that. Only while no release has it: afterwards a change takes a migration of its own.
#
#   Tests/freeze-schema.sh
set -euo pipefail

cd "$(dirname "$(dirname "$(readlink -f "$0")")")"
FREEZE_SCHEMA=1 swift test --disable-xctest --filter 'FrozenSchemaTests/isFrozen'
swift test --disable-xctest --filter FrozenSchemaTests
