#!/bin/sh
# The requirement ids that no test names yet; doc/requirements.md lists all.
cd "$(dirname "$0")/.." || exit 2
grep -oE '\bS[1-5]\.[0-9]+\b' doc/requirements.md | sort -uV > /tmp/all.$$
git grep -hoE '\bS[1-5]\.[0-9]+\b' -- test web/test | sort -uV > /tmp/named.$$
comm -23 /tmp/all.$$ /tmp/named.$$ | sort -V | tr '\n' ' '
echo
rm -f /tmp/all.$$ /tmp/named.$$
