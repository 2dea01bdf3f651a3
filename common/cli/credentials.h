/*
 * credentials - who logs on and by what password: from options, a file and the environment.
 *
 * What an option gave holds; what is then missing comes from the file, and a password that is
 * missing still from the environment variable SSTP_PASSWORD. The file:
 *
 *   # a comment; so is what follows a semicolon that begins a line
 *   username = DOMAIN\monitor
 *   password = any characters but line feeds
 *
 * Blanks around keys and values do not count. It is read when it is needed, and refused when
 * anybody but its owner and its group may read or change it.
 *
 * No message holds anything of what it complains of, not the name of the file either: a secret may
 * have slipped there. Passwords are wiped wherever they were read from.
 */
#ifndef CLI_CREDENTIALS_H
#define CLI_CREDENTIALS_H

#include <stdbool.h>

#include "base/text.h"

#define CREDENTIALS_VARIABLE "SSTP_PASSWORD"

#define CREDENTIALS_USER     256 /* bytes */
#define CREDENTIALS_PASSWORD 256 /* characters, as Windows counts them: units of UTF-16 */

struct credentials {
	const char *file; /* NULL for none; borrowed */
	bool has_user;
	bool has_password;
	char user[CREDENTIALS_USER + 1];             /* UTF-8 */
	char password[3 * CREDENTIALS_PASSWORD + 1]; /* UTF-8 */
	bool has_variable;
	char variable[3 * CREDENTIALS_PASSWORD +
	              2]; /* its beginning; one that fills it is refused */
};

/* From here on this process leaves no core dump, and only root may look into it. */
void credentials_guard(void);

/* Move what CREDENTIALS_VARIABLE holds out of the environment: to be called first, needed or not.
 */
void credentials_hide(struct credentials *credentials);

/* Take what an option gave. NULL, or what such an option takes. */
const char *credentials_user(struct credentials *credentials, const char *value);
const char *credentials_password(struct credentials *credentials, const char *value);

/* Find what is missing, the password WITH_PASSWORD alone. False when something is missing still or
 * is not well: TEXT then says in one line what, or has failed where that is want of memory. */
bool credentials_complete(struct credentials *credentials, bool with_password, struct text *text);

/* Wipe what is secret; there is no password afterwards. */
void credentials_wipe(struct credentials *credentials);

#endif
