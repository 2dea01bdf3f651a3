/*
 * server - an RRAS server for the tests of verdict/windows: what its tools say of it, what was seen
 * of it, and what is made of both.
 *
 * A test begins, has the server tell a scene, and judges:
 *
 *   dumps_healthy(&scene, SERVER_X1, SERVER_X2);
 *   server_begin('x');
 *   server_tell(&scene, DUMPS_REG_QUERY, DUMPS_ENGLISH, DUMPS_UTF8);
 *   server_judge();
 *   server_expect("", "healthy");
 *   server_end();
 */
#ifndef UNIT_VERDICT_SERVER_H
#define UNIT_VERDICT_SERVER_H

#include "support/dumps.h"
#include "verdict/windows.h"

/* Digests of two certificates, x and y. No digest begins as the other kind does. */
#define SERVER_X1 "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
#define SERVER_Y1 "5566778899aabbccddeeff00112233445566778f"
#define SERVER_X2 "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
#define SERVER_Y2 "5ce8a11111111111222222222222333333333333444444444444555555555555"

#define SERVER_NAME   "vpn.example.com"                        /* that clients dial */
#define SERVER_SCRIPT "{11112222-3333-4444-5555-666677778888}" /* an owner who is nobody known */
#define SERVER_DATE   INT64_C(1800000000)

struct server {
	struct dump dump;
	struct facts facts;
	struct policy policy;
	struct verdict verdict;
};

extern struct server server;

/* Nothing is read yet; certificate SHOWN was seen, 'x', 'y', or 0: none. */
void server_begin(char shown);
void server_end(void);

/* Read the scene in one shape; of the whole: what that does not tell of SSTP in reg query. */
void server_tell(const struct dumps_scene *scene, enum dumps_shape shape,
    enum dumps_language language, enum dumps_encoding encoding);
void server_tell_whole(const struct dumps_scene *scene, enum dumps_shape shape,
    enum dumps_language language, enum dumps_encoding encoding);

/* Read what is given. */
void server_read(const char *chars);

/* Judge; clients dial NAMES besides. Returns what was judged. */
struct windows server_judge(void);
struct windows server_judge_dialled(const char *const *names, size_t names_count);

/* What was found must be CAUSES, names with a blank between them; ABOUT says of what. */
void server_expect(const char *causes, const char *about);

#endif
