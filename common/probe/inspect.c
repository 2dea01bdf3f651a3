#include "probe/inspect.h"

#include "cert/certfile.h"
#include "cert/trust.h"
#include "probe/handshake.h"
#include "probe/ladder.h"
#include "probe/revocation.h"
#include "probe/tools.h"

/* Which sources of revocation data the certificates name; they are not asked. */
static void
list_sources(
    const struct plan_run *run, struct trust *trust, STACK_OF(X509) * chain, struct facts *facts)
{
	const struct plan_run off = {
	    .revocation = FACTS_REVOCATION_OFF,
	    .revocation_of_leaf = run->revocation_of_leaf,
	};
	struct tools tools = {.trust = trust};
	struct revocation *revocation = revocation_create(&tools, &off);

	facts->no_memory |= revocation == NULL;
	revocation_take(revocation, chain, 0, facts);
	revocation_share(revocation);
	revocation_destroy(revocation);
}

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
		list_sources(run, trust, chain, facts);
		problem = NULL;
	} else if (problem == NULL)
		problem = "out of memory";
	trust_destroy(trust);
	sk_X509_pop_free(chain, X509_free);
	return problem;
}
