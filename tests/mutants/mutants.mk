# Patches that each break one subtle rule; each must fail the test it names. make mutants.
mutants: all
	$(srcdir)/tests/mutants/run.sh "$$(cd $(srcdir) && pwd)"
.PHONY: mutants

EXTRA_DIST += \
	tests/mutants/early-protocol-reject.patch \
	tests/mutants/giving-in-is-an-offer.patch \
	tests/mutants/green-without-proof.patch \
	tests/mutants/no-good-bye-after-a-failure.patch \
	tests/mutants/no-good-bye-after-a-timeout.patch \
	tests/mutants/ppp-length-trusted.patch \
	tests/mutants/run.sh \
	tests/mutants/sha1-alone-unsaid.patch \
	tests/mutants/sha1-though-both-are-offered.patch \
	tests/mutants/words-after-the-good-bye.patch
