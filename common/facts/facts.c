#include "facts/facts.h"

#include <stdlib.h>
#include <string.h>

#include "facts/persistence.h"
#include "facts/revocation.h"
#include "facts/trace.h"

static const char *const stage_names[FACTS_STAGES] = {
    [FACTS_RESOLVE] = "resolve",
    [FACTS_CONNECT] = "connect",
    [FACTS_TLS] = "tls",
    [FACTS_HTTP] = "http",
    [FACTS_SSTP] = "sstp",
    [FACTS_PPP] = "ppp",
    [FACTS_AUTH] = "auth",
    [FACTS_TUNNEL] = "tunnel",
    [FACTS_PING] = "ping",
};

static const char *const symptom_names[FACTS_SYMPTOMS] = {
    [FACTS_WELL] = "ok",
    [FACTS_NO_SUCH_NAME] = "no such name",
    [FACTS_NO_RESOLVER] = "no answer from the resolver",
    [FACTS_REFUSED] = "refused",
    [FACTS_UNREACHABLE] = "unreachable",
    [FACTS_TIMEOUT] = "timeout",
    [FACTS_RESET] = "reset",
    [FACTS_CLOSED] = "closed",
    [FACTS_ALERT] = "alert",
    [FACTS_PLAINTEXT] = "plain HTTP",
    [FACTS_NOT_TLS] = "not TLS",
    [FACTS_TLS_REFUSED] = "TLS refused",
    [FACTS_GARBAGE] = "not HTTP",
    [FACTS_TOO_LONG] = "endless head",
    [FACTS_NAK] = "nak",
    [FACTS_ABORT] = "abort",
    [FACTS_DISCONNECTED] = "disconnected",
    [FACTS_NOT_SSTP] = "not SSTP",
    [FACTS_NO_HASH] = "no hash",
    [FACTS_TERMINATED] = "terminated",
    [FACTS_LOOPED] = "looped back",
    [FACTS_DISAGREED] = "no agreement",
    [FACTS_NO_COMMON_METHOD] = "no common method",
    [FACTS_INSECURE] = "insecure",
    [FACTS_LOGON_REFUSED] = "logon refused",
    [FACTS_EAP_UNTRUSTED] = "untrusted EAP server",
    [FACTS_EAP_ALERT] = "alert inside EAP",
    [FACTS_EAP_TLS_FAILED] = "TLS inside EAP refused",
    [FACTS_SERVER_UNPROVEN] = "server unproven",
    [FACTS_NO_PROTOCOL] = "no protocol",
    [FACTS_NO_ADDRESS] = "no address",
    [FACTS_LOST] = "lost",
    [FACTS_NO_ROUTE] = "no route from here",
    [FACTS_NO_DESCRIPTORS] = "no descriptors",
    [FACTS_NO_MEMORY] = "no memory",
    [FACTS_NO_PROVIDER] = "no provider",
    [FACTS_INTERRUPTED] = "interrupted",
    [FACTS_SOCKET_ERROR] = "socket error",
};

static void
free_strings(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
	free(strings);
}

static void
free_certificates(struct facts_certificate *certificates, size_t count)
{
	for (size_t i = 0; i < count; i++)
		facts_certificate_free(&certificates[i]);
	free(certificates);
}

void
facts_path_free(struct facts_trust *trust)
{
	free_certificates(trust->known, trust->known_count);
	trust->known = NULL;
	trust->known_count = 0;
	free(trust->path);
	trust->path = NULL;
	trust->path_count = 0;
}

void
facts_chain_free(struct facts_tls *tls)
{
	free_certificates(tls->chain, tls->chain_count);
	tls->chain = NULL;
	tls->chain_count = 0;
	facts_path_free(&tls->trust);
	for (size_t i = 0; i < tls->names_count; i++)
		free(tls->names[i].name);
	free(tls->names);
	tls->names = NULL;
	tls->names_count = 0;
}

const struct facts_certificate *
facts_path_at(const struct facts_tls *tls, size_t depth)
{
	size_t place = tls->trust.path[depth];

	return place < tls->chain_count ? &tls->chain[place]
	                                : &tls->trust.known[place - tls->chain_count];
}

void
facts_begin(struct facts *facts)
{
	memset(facts, 0, sizeof *facts);
	facts->tls.alert = -1;
	facts->look.tls.alert = -1;
	facts->auth.method = FACTS_NO_METHOD;
}

bool
facts_lack_memory(const struct facts *facts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (facts[i].no_memory)
			return true;
	return false;
}

struct facts_eap *
facts_eap_begin(struct facts_auth *auth)
{
	auth->eap = calloc(1, sizeof *auth->eap);
	if (auth->eap != NULL)
		auth->eap->tls.alert = auth->eap->inner_tls.alert = -1;
	return auth->eap;
}

static void
free_eap(struct facts_eap *eap)
{
	if (eap == NULL)
		return;
	facts_chain_free(&eap->tls);
	facts_chain_free(&eap->inner_tls);
	free(eap);
}

void
facts_free(struct facts *facts)
{
	free(facts->target);
	free(facts->name);
	free(facts->host);
	free(facts->addresses);
	facts_chain_free(&facts->tls);
	facts_chain_free(&facts->look.tls);
	facts_revocation_free(facts->revocations, facts->revocations_count);
	facts_persistence_free(facts->persistence);
	free_eap(facts->auth.eap);
	trace_free(facts->trace);
	facts_begin(facts);
}

void
facts_certificate_free(struct facts_certificate *certificate)
{
	free(certificate->subject);
	free(certificate->issuer);
	free(certificate->common_name);
	free(certificate->serial);
	free(certificate->signature);
	free_strings(certificate->names, certificate->names_count);
	free_strings(certificate->eku, certificate->eku_count);
	memset(certificate, 0, sizeof *certificate);
}

enum facts_stage
facts_failed_stage(const struct facts *facts)
{
	for (int stage = 0; stage < FACTS_STAGES; stage++)
		if (facts->steps[stage].ended && facts->steps[stage].symptom != FACTS_WELL)
			return stage;
	return FACTS_STAGES;
}

const char *
facts_stage_name(enum facts_stage stage)
{
	return stage_names[stage];
}

const char *
facts_symptom_name(enum facts_symptom symptom)
{
	return symptom_names[symptom];
}

const char *
facts_method_name(enum facts_method method)
{
	static const char *const names[FACTS_METHODS] = {
	    [FACTS_PAP] = "pap",
	    [FACTS_CHAP_MD5] = "chap-md5",
	    [FACTS_MSCHAP_V1] = "mschap",
	    [FACTS_MSCHAP_V2] = "mschapv2",
	    [FACTS_EAP] = "eap",
	    [FACTS_OTHER_METHOD] = "other",
	    [FACTS_NO_METHOD] = "none",
	};

	return names[method];
}

const char *
facts_eap_name(enum facts_eap_method method)
{
	static const char *const names[FACTS_EAP_METHODS] = {
	    [FACTS_EAP_TLS] = "eap-tls",
	    [FACTS_PEAP_TLS] = "peap-tls",
	    [FACTS_PEAP_MSCHAPV2] = "peap-mschapv2",
	    [FACTS_EAP_MSCHAPV2] = "eap-mschapv2",
	};

	return names[method];
}

const char *
facts_proof_name(enum facts_proof proof)
{
	static const char *const names[] = {
	    [FACTS_PROOF_NONE] = NULL,
	    [FACTS_PROOF_MISSING] = "missing",
	    [FACTS_PROOF_WRONG] = "wrong",
	    [FACTS_PROOF_VERIFIED] = "verified",
	};

	return names[proof];
}

const char *
facts_acceptance_name(enum facts_acceptance acceptance)
{
	static const char *const names[] = {
	    [FACTS_NOT_ACCEPTED] = NULL,
	    [FACTS_ACCEPTED_BY_TIME] = "time",
	    [FACTS_ACCEPTED_BY_ECHO] = "echo",
	    [FACTS_ACCEPTED_BY_PING] = "ping",
	};

	return names[acceptance];
}

const char *
facts_level_name(enum facts_stage level)
{
	return level == FACTS_CONNECT ? "tcp" : stage_names[level];
}
