# What is done to this tree; "make" lists it. It needs Go and make.

GO ?= go
# Tools are Go modules of pinned versions, run without a place in go.mod.
GOLANGCI_LINT_VERSION = v2.15.0
GOVULNCHECK_VERSION = v1.9.0

GOLANGCI_LINT = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
GENERATED = graph/generated/generated.go graph/model/models_gen.go

# ARGS are more flags for the command of a target, PKG what is tested:
#   make test PKG=./graph ARGS='-run TestScreens -v'
#   make demo ARGS='--listen 127.0.0.1:9000'
ARGS ?=
PKG ?= ./...

# Where git does not answer, as for a tree of another user, the program is
# built without its revision.
ifneq ($(shell git rev-parse --is-inside-work-tree 2>/dev/null),true)
export GOFLAGS += -buildvcs=false
endif

# The race detector needs C. Without a compiler Go turns C off.
RACE = $(shell [ "`$(GO) env CGO_ENABLED`" = 1 ] && echo -race)

.DEFAULT_GOAL = help
.NOTPARALLEL:

.PHONY: help
help: ## lists the targets
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ------------------------------------------------------------------------ run

.PHONY: demo
demo: go ## starts a private PostgreSQL with demo data, and the server
	$(GO) build -trimpath -o bin/ ./cmd/adsgraph
	@bin/adsgraph demo $(ARGS)

.PHONY: dev
dev: go ## the same with little data, in a cluster of its own
	$(GO) build -trimpath -o bin/ ./cmd/adsgraph
	@bin/adsgraph demo --size small --dir .dev/postgres-small $(ARGS)

# ----------------------------------------------------------------------- test

.PHONY: test
test: compiler postgres ## all tests, with the race detector, on a real PostgreSQL
	$(GO) test $(RACE) -timeout 20m $(ARGS) $(PKG)

# WITH is pooler, replica or balancer.
WITH ?= replica
.PHONY: test-with
test-with: go postgres ## the tests with a pooler, a replica or three servers between: make test-with WITH=pooler
	ADSGRAPH_TEST_WITH=$(WITH) $(GO) test -timeout 40m $(ARGS) ./graph ./internal/store

.PHONY: test-long
test-long: go postgres ## as many repetitions as are claimed, without the race detector
	$(GO) test -timeout 40m $(ARGS) $(PKG)

.PHONY: test-short
test-short: go postgres ## fewer repetitions, without the race detector
	$(GO) test -short -timeout 20m $(ARGS) $(PKG)

.PHONY: resilience
resilience: go postgres ## restarts servers and databases, and fails over, while clients work; takes minutes
	RESILIENCE=1 $(GO) test -count=1 -v -timeout 30m -parallel 1 $(ARGS) ./test/resilience

.PHONY: clients
clients: node postgres ## real GraphQL clients, and the audits of GraphQL over HTTP, against the server
	@cd test/clients && npm ci --ignore-scripts --no-progress
	$(GO) test -count=1 -timeout 10m -run TestClients $(ARGS) ./graph

.PHONY: golden
golden: go ## rewrites the golden files of the screens; read the diff
	UPDATE_GOLDEN=1 $(GO) test -count=1 -run TestScreens $(ARGS) ./graph

.PHONY: bench
bench: go ## benchmarks of the screens, on the medium demo
	$(GO) test -timeout 60m -run '^$$' -bench . -benchmem $(ARGS) ./graph

.PHONY: peers
peers: node ## the screens beside hand-written SQL, PostGraphile and GraphQL Yoga; see bench/peers
	$(GO) run ./bench/peers $(ARGS)

.PHONY: scale
scale: go ## what screens cost against the size of the database, and of the advertiser
	$(GO) run ./bench/peers --scale $(ARGS)

.PHONY: overhead
overhead: go ## what metrics and traces cost, on four screens
	$(GO) run ./bench/peers --telemetry $(ARGS)

# ------------------------------------------------------------------------ web

# What depends on the lock file alone is installed when that changed.
web/node_modules/.package-lock.json: web/package-lock.json web/package.json
	@command -v npm >/dev/null || { echo 'Node 20 or newer is not installed: https://nodejs.org' >&2; exit 1; }
	cd web && npm ci --no-audit --no-fund

.PHONY: web
web: web/node_modules/.package-lock.json ## makes web/dist, the interfaces that the program serves
	cd web && npm run --silent gen && npm run --silent check && npm run --silent build

.PHONY: check-web
check-web: web/node_modules/.package-lock.json ## fails unless web/dist is what the sources make; lint and tests
	@before=`cksum <web/dist/MANIFEST; cksum graph/documents/web.json web/app/src/lib/columns.ts web/playground/src/examples.json`; \
	$(MAKE) --no-print-directory web && \
	if [ "$$before" != "`cksum <web/dist/MANIFEST; cksum graph/documents/web.json web/app/src/lib/columns.ts web/playground/src/examples.json`" ]; then \
		echo 'web/dist was not what the sources make. It is now: commit it.' >&2; exit 1; \
	fi
	cd web && npm run --silent lint && npm test --silent

.PHONY: e2e
e2e: web/node_modules/.package-lock.json build ## runs the Ads Manager and the playground in a browser, with a demo of their own
	@if $(APT) && ! command -v chromium >/dev/null; then \
		echo 'installing chromium'; \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null; \
	fi
	cd web && node test/e2e/run.mjs $(ARGS)

# ---------------------------------------------------------------- write, check

.PHONY: generate
generate: go ## makes the generated code from schema.graphqls
	$(GO) run github.com/99designs/gqlgen generate

.PHONY: fmt
fmt: go ## formats the code: gofumpt, and the order of imports
	$(GOLANGCI_LINT) fmt

.PHONY: lint
lint: go ## looks for mistakes with golangci-lint; the first run builds it, for minutes
	$(GOLANGCI_LINT) run $(ARGS)

.PHONY: build
build: go ## makes bin/adsgraph
	$(GO) build -trimpath -o bin/ ./cmd/...

.PHONY: vuln
vuln: go ## known vulnerabilities of what we import; asks vuln.go.dev
	$(GO) run golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK_VERSION) ./...

.PHONY: ci
ci: check-generate check-fmt lint build test ## all that has to pass

.PHONY: check-generate
check-generate: go ## fails unless the generated code is up to date
	@before=`cksum $(GENERATED)`; $(MAKE) --no-print-directory generate && \
	if [ "$$before" != "`cksum $(GENERATED)`" ]; then \
		echo 'The generated code was not up to date. It is now: look at the diff and commit it.' >&2; exit 1; \
	fi

.PHONY: check-fmt
check-fmt: go ## fails unless the code is formatted; "make fmt" does that
	$(GOLANGCI_LINT) fmt --diff

# --------------------------------------------------------------------- set-up

.PHONY: go
go:
	@command -v $(GO) >/dev/null || { \
		echo "Go is not installed. Install Go `sed -n 's/^go //p' go.mod` or newer: https://go.dev/doc/install" >&2; exit 1; }

# As root on Debian and Ubuntu, what is missing is installed.
APT = [ "`id -u`" = 0 ] && command -v apt-get >/dev/null

.PHONY: compiler
compiler: go
	@if [ "`$(GO) env CGO_ENABLED`" != 1 ] && $(APT); then \
		echo 'installing a C compiler, for the race detector'; \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends gcc libc6-dev; } >/dev/null || true; \
	fi
	@[ "`$(GO) env CGO_ENABLED`" = 1 ] || echo 'Go has no C compiler: the tests run without the race detector.'

.PHONY: node
node:
	@if ! command -v npm >/dev/null && $(APT); then \
		echo 'installing Node'; \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs npm; } >/dev/null || true; \
	fi
	@command -v npm >/dev/null || { echo 'Node is not installed. Install Node 20 or newer, with npm: https://nodejs.org' >&2; exit 1; }

# Tests with a database install PostgreSQL's programs, but not those of the
# package that looks for them. So where they are missing, one comes first.
.PHONY: postgres
postgres: go
	@if $(APT) && ! command -v pgbouncer >/dev/null; then \
		echo 'installing PgBouncer, for its test'; \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends pgbouncer; } >/dev/null || true; \
		if [ -d /run/systemd/system ]; then systemctl disable --now pgbouncer >/dev/null 2>&1 || true; fi; \
	fi
	@if $(APT) && ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && ! command -v postgres >/dev/null; then \
		echo 'PostgreSQL is missing: the first test installs it'; \
		$(GO) test -count=1 -run TestSchema ./internal/store; \
	fi
