#!/bin/sh
# Calls that have no place here, captions that are missing, statements that
# forget the workspace, paths of somebody's machine.
cd "$(dirname "$0")/.." || exit 2
bad=0
say() { if [ -n "$1" ]; then printf '%s\n' "$1" | sed "s|\$|  <- $2|"; bad=1; fi; }

say "$(grep -rnE '\b(strcpy|strcat|sprintf|strncpy|strtok|atoi|gets|alloca)[[:space:]]*\(' --include='*.[ch]' src)" 'banned call'
say "$(for f in $(find src test -name '*.c'); do head -1 "$f" | grep -q '^/\*' || echo "$f"; done)" 'no caption in the first line'
say "$(grep -rnE '^(static )?(int|bool|char|struct [a-z_]+) \*?[a-z_]+( = [^(]*)?;' --include='*.c' src | grep -v const)" 'a global'
# Every statement that reads or writes a table says ws.
say "$(python3 tools/ws.py)" 'a statement without ws'
say "$(git grep -nE '/work/|/root/|/home/[a-z]' -- . ':!tools/banned.sh' ':!src/base/log.c' | grep -v '^doc/.*example' | head -5)" 'a path of a machine'
exit $bad
