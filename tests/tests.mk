# Tests, beside what they test as far as a folder can be.
include tests/unit/unit.mk
include tests/rras/rras.mk
include tests/fuzz/fuzz.mk
