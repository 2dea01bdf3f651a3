/*
 * registry - what "reg query KEY /s" prints and what "reg export" and regedit write, of the keys of
 * SSTP and of HTTP.sys. None of it is translated.
 *
 *   HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SstpSvc\Parameters
 *       UseHttps    REG_DWORD    0x1
 *
 *   [HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SstpSvc\Parameters]
 *   "UseHttps"=dword:00000001
 *
 * Keys: ..\SstpSvc\Parameters and its ConfigStore; ..\HTTP\Parameters\SslBindingInfo\IP:PORT,
 * SslSniBindingInfo\NAME:PORT (or any name, with NAME:PORT in a value) and SslCcsBindingInfo\PORT.
 */
#ifndef WINDUMP_REGISTRY_H
#define WINDUMP_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/dump.h"

enum registry_key {
	REGISTRY_NO_KEY, /* not in a listing of the registry */
	REGISTRY_OTHER,
	REGISTRY_SSTP,
	REGISTRY_APPLIED, /* ConfigStore */
	REGISTRY_BINDING,
};

struct registry {
	enum registry_key key;
	size_t values; /* of the key so far */
	struct dump_binding binding;
};

void registry_begin(struct registry *registry);

/* Take a line, of which a continued one is already whole; false when it is none of the registry's.
 * WHOLE: something follows it; else the input may have ended in it. */
bool registry_line(struct registry *registry, const char *line, bool whole, struct dump *dump);

/* Something else begins, or (AT_END) nothing follows. */
void registry_close(struct registry *registry, bool at_end, struct dump *dump);

/* Whether LINE of a .reg file goes on in the next one. */
bool registry_goes_on(const char *line);

/* Take the value NAME of SSTP's key, or of its ConfigStore (APPLIED). HASH: its bytes; else its
 * NUMBER, where it is one. */
void registry_set_sstp(bool applied, const char *name, const struct dump_hash *hash,
    const struct dump_number *number, struct dump *dump);

#endif
