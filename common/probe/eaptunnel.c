#include "probe/eaptunnel.h"

#include <string.h>

bool
eaptunnel_begin(struct eaptunnel *tunnel, struct tlspeer_context *context, struct facts_tls *facts,
    int64_t date)
{
	memset(tunnel, 0, sizeof *tunnel);
	tunnel->facts = facts;
	tunnel->plain.secret = true; /* a server may repeat a password */
	tunnel->tls = tlspeer_create(context, facts, date);
	return tunnel->tls != NULL;
}

/* A stranger in the place of the server is another thing than a server that will not have us. */
static enum facts_symptom
symptom_of(const struct facts_tls *facts)
{
	if (facts->trust.errors_count > 0 || facts->name_match == FACTS_NAME_DIFFERS)
		return FACTS_EAP_UNTRUSTED;
	return facts->alert >= 0 ? FACTS_EAP_ALERT : FACTS_EAP_TLS_FAILED;
}

static enum eaptunnel_result
take_message(struct eaptunnel *tunnel, struct text *data, enum facts_symptom *symptom)
{
	struct text *in = &tunnel->fragments.in, out = TEXT_EMPTY;
	bool was_up = tunnel->up;
	enum tlspeer_state state = tlspeer_feed(tunnel->tls, in->bytes, in->length, &out);
	bool well = state != TLSPEER_FAILED, said;

	text_cut(in, 0);
	tunnel->up = state == TLSPEER_UP;
	if (tunnel->up)
		well = tlspeer_read(tunnel->tls, &tunnel->plain, &out);
	data->failed |= text_failed(&out);
	said = out.length > 0;
	if (said) {
		eaptls_put(&tunnel->fragments, out.bytes, out.length);
		eaptls_add(&tunnel->fragments, data);
	}
	text_free(&out);
	if (!well) {
		*symptom = symptom_of(tunnel->facts);
		return EAPTUNNEL_FAILED;
	}
	if (said)
		return EAPTUNNEL_ANSWERED;
	if (tunnel->up && (!was_up || tunnel->plain.length > 0))
		return EAPTUNNEL_TURN;
	/* Nothing to say, as after a part of a record or an empty packet of the server's. */
	eaptunnel_acknowledge(tunnel, data);
	return EAPTUNNEL_ANSWERED;
}

enum eaptunnel_result
eaptunnel_receive(struct eaptunnel *tunnel, const struct eap_packet *request, struct text *data,
    enum facts_symptom *symptom)
{
	switch (eaptls_receive(&tunnel->fragments, request)) {
	case EAPTLS_START:
		if (tunnel->facts->done || tunnel->fragments.in.length > 0)
			break;
		return take_message(tunnel, data, symptom);
	case EAPTLS_WHOLE:
		return take_message(tunnel, data, symptom);
	case EAPTLS_FRAGMENT:
		eaptunnel_acknowledge(tunnel, data);
		return EAPTUNNEL_ANSWERED;
	case EAPTLS_GO_ON:
		eaptls_add(&tunnel->fragments, data);
		return EAPTUNNEL_ANSWERED;
	case EAPTLS_BROKEN:
		break;
	}
	*symptom = FACTS_DISAGREED;
	return EAPTUNNEL_FAILED;
}

bool
eaptunnel_say(struct eaptunnel *tunnel, const void *bytes, size_t length, struct text *data)
{
	struct text out = TEXT_EMPTY;
	bool well = tlspeer_write(tunnel->tls, bytes, length, &out);

	data->failed |= text_failed(&out);
	if (well) {
		eaptls_put(&tunnel->fragments, out.bytes, out.length);
		eaptls_add(&tunnel->fragments, data);
	}
	text_free(&out);
	return well;
}

/* Not by way of the fragments: in the middle of the server's there are none of ours. */
void
eaptunnel_acknowledge(struct eaptunnel *tunnel, struct text *data)
{
	text_add_char(data, (char)tunnel->fragments.version);
}

void
eaptunnel_end(struct eaptunnel *tunnel)
{
	tlspeer_destroy(tunnel->tls);
	text_free(&tunnel->plain);
	eaptls_free(&tunnel->fragments);
	tunnel->tls = NULL;
}
