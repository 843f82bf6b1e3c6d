# Aliases for those who type make; ./run does the work.

MODEL ?= inputs/agent-runtime

.PHONY: test build check bench

test:
	./run test

build:
	./run build $(MODEL)

check:
	./run check $(MODEL)

bench:
	./run bench
