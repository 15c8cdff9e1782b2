# The front door; meson and ninja do the work.  `make help` lists it all.
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
DATA ?= data
LISTEN ?= 127.0.0.1:8080
DEBUG := build/debug

.PHONY: help run build release web test check check-pg lint fmt fuzz bench cover harness install clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

run: build ## install what is missing, build, make a workspace on first start, serve it
	@tools/run.sh build/crisalide $(DATA) $(LISTEN)

test: install web ## everything: SQLite, PostgreSQL, Chromium
	@tools/test.sh

install:
	@tools/install.sh

build: install web ## the optimised program: build/crisalide
	@test -f build/release/build.ninja || meson setup build/release --buildtype=release -Db_lto=true >build/setup.log 2>&1 || { mkdir -p build; meson setup build/release --buildtype=release -Db_lto=true; }
	@ninja -C build/release crisalide >build/ninja.log 2>&1 || { cat build/ninja.log; exit 1; }
	@cp --remove-destination build/release/crisalide build/crisalide

release: build ## the same, with its version and size told
	@build/crisalide version && ls -l build/crisalide

web: install ## the user interface: web/dist
	@tools/web.sh

$(DEBUG)/build.ninja:
	@meson setup $(DEBUG) --buildtype=debug -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false

check: $(DEBUG)/build.ninja ## the C tests on SQLite, with ASan and UBSan
	@tools/check.sh $(DEBUG)

check-pg: $(DEBUG)/build.ninja ## the same on PostgreSQL
	@tools/with-postgres.sh tools/check.sh $(DEBUG)

lint: web ## floors, sizes, banned calls, words, screens, format, clang
	@tools/lint.sh

fmt: ## put the layout right
	@git ls-files 'src/*.[ch]' 'test/*.[ch]' 'bench/*.[ch]' | xargs clang-format -i

fuzz: ## each parser a minute under libFuzzer
	@tools/fuzz.sh

bench: build ## a million leads, and every budget beside the machine's own limit
	@bench/run.sh

harness: build ## crashes, power cuts, hostile HTTP and JSON, foreign records
	@tools/harness.sh

cover: ## lines that the C tests reach
	@tools/cover.sh

clean:
	@rm -rf build web/dist web/node_modules
