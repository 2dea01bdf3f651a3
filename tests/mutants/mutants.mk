# Patches that each break one subtle rule; each must fail the test it names. make mutants.
mutants: all
	$(srcdir)/tests/mutants/run.sh "$$(cd $(srcdir) && pwd)"
.PHONY: mutants

EXTRA_DIST += \
	tests/mutants/binding-keys-swapped.patch \
	tests/mutants/binding-length-big-endian.patch \
	tests/mutants/binding-mac-not-zeroed.patch \
	tests/mutants/binding-seed-with-nul.patch \
	tests/mutants/crl-of-another-part.patch \
	tests/mutants/crl-signature-unchecked.patch \
	tests/mutants/domain-not-stripped.patch \
	tests/mutants/early-protocol-reject.patch \
	tests/mutants/entry-ends-at-a-blank-line.patch \
	tests/mutants/expected-down-counts.patch \
	tests/mutants/fips-got-round.patch \
	tests/mutants/giving-in-is-an-offer.patch \
	tests/mutants/green-without-proof.patch \
	tests/mutants/hung-members-keep-their-places.patch \
	tests/mutants/members-unknown-vip-up.patch \
	tests/mutants/next-update-ignored.patch \
	tests/mutants/no-good-bye-after-a-failure.patch \
	tests/mutants/no-good-bye-after-a-timeout.patch \
	tests/mutants/ocsp-answer-for-another.patch \
	tests/mutants/ppp-length-trusted.patch \
	tests/mutants/proof-out-of-the-message.patch \
	tests/mutants/responder-unauthorised.patch \
	tests/mutants/run.sh \
	tests/mutants/sha1-alone-unsaid.patch \
	tests/mutants/sha1-compared-with-sha256.patch \
	tests/mutants/sha1-though-both-are-offered.patch \
	tests/mutants/sick-members-drift.patch \
	tests/mutants/split-at-the-first-colon.patch \
	tests/mutants/unknown-member-is-down.patch \
	tests/mutants/upn-stripped.patch \
	tests/mutants/words-after-the-good-bye.patch
