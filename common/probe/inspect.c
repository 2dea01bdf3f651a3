#include "probe/inspect.h"

#include "base/text.h"
#include "cert/certfile.h"
#include "cert/trust.h"
#include "net/memory.h"
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

static const char *
look_at(const struct plan_run *run, const struct plan *plan, STACK_OF(X509) * chain,
    struct facts *facts)
{
	const char *problem;
	struct trust *trust = trust_create(run->ca_file, run->ca_path, &problem);

	if (trust == NULL)
		return problem == NULL ? text_no_memory : problem;
	ladder_skip(plan, facts);
	facts->from_file = true;
	handshake_take_chain(chain, trust, plan, facts);
	list_sources(run, trust, chain, facts);
	trust_destroy(trust);
	return NULL;
}

const char *
inspect_bytes(const struct plan_run *run, const struct plan *plan, const void *bytes, size_t length,
    const char *passphrase, struct facts *facts)
{
	const char *problem;
	STACK_OF(X509) * chain;

	facts_begin(facts);
	memory_watch(true);
	chain = certfile_read(bytes, length, passphrase, &problem);
	if (chain != NULL)
		problem = look_at(run, plan, chain, facts);
	else if (problem == NULL)
		problem = text_no_memory;
	sk_X509_pop_free(chain, X509_free);
	/* Nothing that was found, or not found, is to be trusted then. */
	return memory_ran_out() ? text_no_memory : problem;
}
