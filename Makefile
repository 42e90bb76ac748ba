# make run    installs what is missing, builds, and turns samples/ki-skepsis/photos into a protocol
# make test   installs what is missing, builds, and runs every test
# make format rewrites the Swift sources in the house style

.DEFAULT_GOAL := run
.PHONY: run test setup swift format lint install clean

PHOTOS ?= samples/ki-skepsis/photos
INTO ?= out
PREFIX ?= /usr/local
PACKAGES := $(shell cat .ci/packages.txt)
BUILD := swift build -c release

run: setup
	@$(BUILD) --product fotoprotokoll
	@.build/release/fotoprotokoll run $(PHOTOS) --pipeline pipeline.json --into $(INTO)

test: setup lint
	@$(BUILD) --build-tests
	@swift test -c release --skip-build

lint: swift
	@swift format lint --strict --recursive Package.swift Sources Tests

format: swift
	@swift format --in-place --recursive Package.swift Sources Tests

# One movable folder: the program with its data beside it.
install: setup
	@$(BUILD) --product fotoprotokoll
	@install -d $(PREFIX)/lib/fotoprotokoll $(PREFIX)/bin
	@cp -R .build/release/*.resources .build/release/fotoprotokoll $(PREFIX)/lib/fotoprotokoll/
	@ln -sf $(PREFIX)/lib/fotoprotokoll/fotoprotokoll $(PREFIX)/bin/fotoprotokoll

clean:
	@rm -rf .build $(INTO)

swift:
	@command -v swift >/dev/null || { \
	  echo "Swift 6.1 or newer is missing: curl -O https://download.swift.org/swiftly/linux/swiftly-$$(uname -m).tar.gz && tar zxf swiftly-$$(uname -m).tar.gz && ./swiftly init (https://www.swift.org/install)"; \
	  exit 1; }

# Installs only what is missing; a second call does nothing.
setup: swift
	@case "$$(uname -s)" in \
	Darwin) brew bundle check --file .ci/Brewfile >/dev/null 2>&1 || brew bundle --file .ci/Brewfile ;; \
	*) missing=""; \
	  for name in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' "$$name" 2>/dev/null | grep -q "ok installed" || missing="$$missing $$name"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    sudo=""; [ "$$(id -u)" = 0 ] || sudo="sudo"; \
	    echo "installing:$$missing"; \
	    $$sudo apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  fi ;; \
	esac
