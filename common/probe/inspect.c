#include "probe/inspect.h"

#include "cert/certfile.h"
#include "cert/trust.h"
#include "probe/handshake.h"
#include "probe/ladder.h"

const char *
inspect_bytes(const struct plan_run *run, const struct plan *plan, const void *bytes, size_t length,
    const char *passphrase, struct facts *facts)
{
	const char *problem;
	STACK_OF(X509) *chain = certfile_read(bytes, length, passphrase, &problem);
	struct trust *trust;

	facts_begin(facts);
	if (chain == NULL)
		return problem == NULL ? "out of memory" : problem;
	trust = trust_create(run->ca_file, run->ca_path, &problem);
	if (trust != NULL) {
		ladder_skip(plan, facts);
		facts->from_file = true;
		handshake_take_chain(chain, trust, plan, facts);
		problem = NULL;
	} else if (problem == NULL)
		problem = "out of memory";
	trust_destroy(trust);
	sk_X509_pop_free(chain, X509_free);
	return problem;
}
