# Aliases for those who type make; ./run does the work.

MODEL ?= inputs/agent-runtime
MINUTES ?= 10

.PHONY: test build check bench fuzz

test:
	./run test

build:
	./run build $(MODEL)

check:
	./run check $(MODEL)

bench:
	./run bench

fuzz:
	./run fuzz $(MINUTES)
