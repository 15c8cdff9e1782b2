#!/bin/bash
# Company names typed by hand, and how well those of one firm are found by name
# alone: bench/names.sh [FILE].  The file is no part of this repository.
cd "$(dirname "$0")/.." || exit 2
file=${1:-${NAMES:-../shared/data/duplicates/company_names.csv}}
if [ ! -f "$file" ]; then
	echo "company names: skipped, there is no file of them (NAMES=file.csv bench/names.sh)"
	exit 0
fi
program=$(mktemp)
trap 'rm -f "$program"' EXIT
# shellcheck disable=SC2046 # words are wanted
gcc -O2 -std=gnu11 -Isrc -o "$program" bench/names.c \
	src/base/{arena,buf,company_alike,company_name,csv,fold}.c \
	$(pkg-config --cflags --libs icu-uc icu-i18n) -lm || exit 1
"$program" "$file" ${2:+"$2"}
