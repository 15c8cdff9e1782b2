#!/bin/sh
# Messages out of the real program: test/mail/mail.py.  PROGRAM=build/crisalide
cd "$(dirname "$0")/.." || exit 2
exec env PYTHONDONTWRITEBYTECODE=1 python3 test/mail/mail.py "$PWD/${PROGRAM:-build/crisalide}" "$PWD/build/debug/test/mail/enqueue"
