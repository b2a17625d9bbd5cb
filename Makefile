# make help lists every target.
PREFIX ?= /usr/local
DESTDIR ?=
SHELL = /bin/sh
SOURCES = Sources Tests Package.swift
# What is not ours to mend is left out of what the sanitizers tell.
sanitizers = ASAN_OPTIONS="quarantine_size_mb=8:suppressions=$(CURDIR)/scripts/address.supp" \
  LSAN_OPTIONS="suppressions=$(CURDIR)/scripts/leaks.supp:print_suppressions=0"

.PHONY: help build run demo test lint format check leaks fuzz bench screenshots install clean static
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 13

build: ## the release binary, .build/release/redeye
	swift build -c release --product redeye

run: ## one cycle with config/redeye.yaml
	./scripts/run

demo: build ## five weeks of a simulated fleet in a minute; prints where its site is
	@.build/release/redeye demo .build/demo

test: ## every test, with the real peers
	./scripts/test

lint: ## formatting and shell scripts, without changing anything
	swift format lint --strict --parallel --recursive $(SOURCES)
	@if command -v shellcheck >/dev/null; then shellcheck -x -P SCRIPTDIR scripts/run scripts/test Benchmarks/run Benchmarks/tools.sh Benchmarks/snmp Benchmarks/interfaces Benchmarks/probes Benchmarks/ping Benchmarks/scale Benchmarks/graphs Benchmarks/cycle Benchmarks/site scripts/screenshots .ci/run; fi

format: ## put every file into the house format
	swift format --in-place --parallel --recursive $(SOURCES)

check: lint ## what CI runs: lint, generated documents, tests, nothing left changed
	./scripts/test
	git diff --exit-code

leaks: ## every test but those of whole runs, which wait for their minute, under the address and leak sanitizers
	$(sanitizers) REDEYE_PATIENCE=8 SWIFT_BACKTRACE=enable=no \
	  swift test --sanitize=address --disable-xctest --scratch-path .build/leaks --skip EndToEndTests

fuzz: ## 100,000 damaged answers, files and journals under the address sanitizer
	$(sanitizers) REDEYE_FUZZ=20 REDEYE_PATIENCE=8 SWIFT_BACKTRACE=enable=no \
	  swift test --sanitize=address --disable-xctest --scratch-path .build/leaks \
	  --filter 'MutationTests|MessageTests|HostileTests|DNSMessageTests|RRDHeaderTests|JournalTests.DamageTests|SeriesTests.DamageTests'

bench: ## speed, memory and size, both sides in one run
	./Benchmarks/run

screenshots: build ## the pictures of the README, docs/screenshots, from a demo
	./scripts/screenshots

static: ## the binary `make install` installs: Swift's library inside, stripped
	swift build -c release --product redeye --static-swift-stdlib --scratch-path .build/static

install: static ## into PREFIX (/usr/local), under DESTDIR
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/doc/redeye' '$(DESTDIR)$(PREFIX)/share/man/man1'
	install -s -m 0755 .build/static/release/redeye '$(DESTDIR)$(PREFIX)/bin/redeye'
	install -m 0644 README.md LICENSE docs/guide.md config/redeye.yaml cron/redeye.crontab '$(DESTDIR)$(PREFIX)/share/doc/redeye'
	install -m 0644 docs/redeye.1 '$(DESTDIR)$(PREFIX)/share/man/man1/redeye.1'

clean: ## everything that was built
	rm -rf .build
