# Everyday commands. SWIFT=/path/to/swift chooses a toolchain; `make run DATABASE=postgres` starts a
# PostgreSQL server of its own.

export SWIFT ?= swift
.PHONY: run run-sqlite run-postgres test test-long build format lint bench screenshots

run: run-$(or $(DATABASE),sqlite)
run-sqlite: build ; @.build/release/leadmesh demo
run-postgres: build
	@Deploy/setup.sh --postgres
	@LEADMESH_DATA=var/postgres Deploy/postgres.sh var/postgres/server sh -c \
	  '.build/release/leadmesh database prepare --database "$$LEADMESH_DATABASE" \
	  && exec .build/release/leadmesh demo'
test: ; @Deploy/setup.sh --test && Tests/run.sh
test-long: ; @Deploy/setup.sh --test && Tests/run.sh --long
build: ; @Deploy/setup.sh && Gateway/Web/build.sh && Deploy/swift-build.sh -c release --static-swift-stdlib
format: ; @Tests/lint.sh --fix
lint: ; @Tests/lint.sh
bench: build ; @Deploy/setup.sh --test --bench && Tests/venv.sh && Deploy/Benchmarks/run.sh
screenshots: build
	@Deploy/setup.sh --test && Tests/venv.sh && Gateway/Web/build.sh --debug
	@LEADMESH_BIN=.build/release .build/venv/bin/python Tests/BrowserTests/screenshots.py
