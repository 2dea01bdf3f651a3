#include "cert/path.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "scene.h"
#include "unit/unit.h"

/* Trust in the root of SCENE alone. */
static struct trust *
trust_in(const struct scene *scene)
{
	char name[] = "path.XXXXXX";
	int descriptor = mkstemp(name);
	FILE *file = fdopen(descriptor, "w");
	const char *problem;
	struct trust *trust;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(PEM_write_X509(file, scene->root.x509), 1);
	ck_assert_int_eq(fclose(file), 0);
	trust = trust_create(name, NULL, &problem);
	unlink(name);
	ck_assert_ptr_nonnull(trust);
	return trust;
}

static STACK_OF(X509) * chain_of(X509 *one, X509 *two, X509 *three)
{
	STACK_OF(X509) *chain = sk_X509_new_null();

	sk_X509_push(chain, one);
	if (two != NULL)
		sk_X509_push(chain, two);
	if (three != NULL)
		sk_X509_push(chain, three);
	return chain;
}

START_TEST(the_whole_path)
{
	struct scene scene;
	struct trust *trust;
	struct path path;
	STACK_OF(X509) * chain;

	scene_make(&scene);
	trust = trust_in(&scene);
	/* The impostor bears the issuer's name and has not signed the leaf; the root is not sent.
	 */
	chain = chain_of(scene.leaf.x509, scene.impostor.x509, scene.issuing.x509);
	ck_assert(path_build(&path, trust, chain, NULL, false));
	ck_assert_uint_eq(path.count, 2);
	ck_assert_ptr_eq(path.links[0].x509, scene.leaf.x509);
	ck_assert_ptr_eq(path.links[0].issuer, scene.issuing.x509);
	ck_assert_str_eq(path.links[0].about, "vpn.example.com");
	ck_assert_ptr_eq(path.links[1].x509, scene.issuing.x509);
	ck_assert_ptr_nonnull(path.links[1].issuer);
	ck_assert_int_eq(X509_cmp(path.links[1].issuer, scene.root.x509), 0);
	path_free(&path);

	ck_assert(path_build(&path, trust, chain, NULL, true));
	ck_assert_uint_eq(path.count, 1);
	ck_assert_ptr_eq(path.links[0].issuer, scene.issuing.x509);
	path_free(&path);

	ck_assert(path_build(&path, NULL, chain, NULL, false));
	ck_assert_uint_eq(path.count, 2);
	ck_assert_ptr_null(path.links[0].issuer);
	path_free(&path);
	sk_X509_free(chain);
	trust_destroy(trust);
	scene_free(&scene);
}
END_TEST

START_TEST(where_it_ends)
{
	struct scene scene;
	struct trust *trust;
	struct path path;
	STACK_OF(X509) * chain;

	scene_make(&scene);
	trust = trust_in(&scene);
	chain = chain_of(scene.leaf.x509, NULL, NULL);
	ck_assert(path_build(&path, trust, chain, NULL, false));
	ck_assert_uint_eq(path.count, 1);
	ck_assert_ptr_null(path.links[0].issuer);
	path_free(&path);
	sk_X509_free(chain);

	/* A root that is sent is no part of it, nor a certificate that is its own issuer. */
	chain = chain_of(scene.leaf.x509, scene.issuing.x509, scene.root.x509);
	ck_assert(path_build(&path, trust, chain, NULL, false));
	ck_assert_uint_eq(path.count, 2);
	path_free(&path);
	sk_X509_free(chain);
	chain = chain_of(scene.root.x509, NULL, NULL);
	ck_assert(path_build(&path, trust, chain, NULL, false));
	ck_assert_uint_eq(path.count, 0);
	path_free(&path);
	sk_X509_free(chain);
	trust_destroy(trust);
	scene_free(&scene);
}
END_TEST

/* An authority gave its own name to a server, and has that of the one above it: equal names make
 * no root. */
START_TEST(all_of_one_name)
{
	struct scene scene;
	struct trust *trust;
	struct pki_party issuing, leaf;
	struct path path;
	STACK_OF(X509) * chain;

	scene_make(&scene);
	trust = trust_in(&scene);
	scene_add(&issuing, "Root", "21", PKI_CA, &scene.root);
	scene_add(&leaf, "Root", "22", NULL, &issuing);
	chain = chain_of(leaf.x509, issuing.x509, scene.root.x509);
	ck_assert(path_build(&path, trust, chain, NULL, false));
	ck_assert_uint_eq(path.count, 2);
	ck_assert_ptr_eq(path.links[0].issuer, issuing.x509);
	ck_assert_int_eq(X509_cmp(path.links[1].issuer, scene.root.x509), 0);
	path_free(&path);

	ck_assert(path_build(&path, NULL, chain, NULL, false));
	ck_assert_uint_eq(path.count, 2);
	ck_assert_ptr_eq(path.links[1].x509, issuing.x509);
	path_free(&path);
	sk_X509_free(chain);
	pki_free(&leaf);
	pki_free(&issuing);
	trust_destroy(trust);
	scene_free(&scene);
}
END_TEST

/* Of two certificates of the issuer, the first is not that by which the path was verified: the
 * sources that it names are of no account. */
START_TEST(the_path_that_was_verified)
{
	struct scene scene;
	struct pki_wish wish = {
	    .cn = "Issuing CA",
	    .serial = "24",
	    .extensions = PKI_CA,
	    .from = SCENE_DATE - 100 * PKI_DAY,
	    .until = SCENE_DATE + 100 * PKI_DAY,
	};
	struct pki_party stranger, cross;
	struct facts_trust verified = {.checked = false};
	struct trust *trust;
	struct path path;
	STACK_OF(X509) * chain;

	scene_make(&scene);
	trust = trust_in(&scene);
	scene_add(&stranger, "Stranger", "23", PKI_CA, NULL);
	wish.key = scene.issuing.key;
	pki_make(&cross, &wish, &stranger);
	chain = chain_of(scene.leaf.x509, cross.x509, scene.issuing.x509);
	trust_check(trust, chain, SCENE_DATE, &verified);
	ck_assert(verified.checked);
	ck_assert_uint_eq(verified.errors_count, 0);
	for (int i = 0; i < 2; i++) {
		ck_assert(path_build(&path, i == 0 ? trust : NULL, chain, &verified, false));
		ck_assert_uint_eq(path.count, 2);
		ck_assert_ptr_eq(path.links[1].x509, scene.issuing.x509);
		if (i == 0) {
			ck_assert_ptr_eq(path.links[0].issuer, scene.issuing.x509);
			ck_assert_int_eq(X509_cmp(path.links[1].issuer, scene.root.x509), 0);
		}
		path_free(&path);
	}
	facts_path_free(&verified);
	sk_X509_free(chain);
	pki_free(&cross);
	pki_free(&stranger);
	trust_destroy(trust);
	scene_free(&scene);
}
END_TEST

/* Two authorities that certify each other lead nowhere. */
START_TEST(a_circle)
{
	struct scene scene;
	struct pki_party one, two, back;
	struct path path;
	STACK_OF(X509) * chain;

	scene_make(&scene);
	scene_add(&one, "One", "21", PKI_CA, &scene.root);
	scene_add(&two, "Two", "22", PKI_CA, &one);
	scene_add(&back, "One", "23", PKI_CA, &two);
	chain = chain_of(two.x509, back.x509, NULL);
	ck_assert(path_build(&path, NULL, chain, NULL, false));
	ck_assert_uint_eq(path.count, 2);
	ck_assert(!path.cut);
	path_free(&path);
	sk_X509_free(chain);
	pki_free(&back);
	pki_free(&two);
	pki_free(&one);
	scene_free(&scene);
}
END_TEST

/* As many as there is room for, and one more. */
START_TEST(a_long_path)
{
	struct scene scene;
	struct pki_party above[PATH_LINKS_MAX + 1];
	size_t count = PATH_LINKS_MAX + (size_t)_i;
	STACK_OF(X509) *chain = sk_X509_new_null();
	struct trust *trust;
	struct path path;

	scene_make(&scene);
	trust = trust_in(&scene);
	for (size_t i = 0; i < count; i++) {
		char cn[] = "CA 0";

		cn[3] = (char)('0' + i);
		scene_add(&above[i], cn, "21", PKI_CA, i == 0 ? &scene.root : &above[i - 1]);
		sk_X509_unshift(chain, above[i].x509);
	}
	ck_assert(path_build(&path, trust, chain, NULL, false));
	ck_assert_uint_eq(path.count, PATH_LINKS_MAX);
	ck_assert(path.cut == (count > PATH_LINKS_MAX));
	path_free(&path);
	ck_assert(path_build(&path, trust, chain, NULL, true));
	ck_assert(!path.cut);
	path_free(&path);
	sk_X509_free(chain);
	for (size_t i = 0; i < count; i++)
		pki_free(&above[i]);
	trust_destroy(trust);
	scene_free(&scene);
}
END_TEST

static void
list(TCase *tests)
{
	tcase_add_test(tests, the_whole_path);
	tcase_add_test(tests, where_it_ends);
	tcase_add_test(tests, all_of_one_name);
	tcase_add_test(tests, the_path_that_was_verified);
	tcase_add_test(tests, a_circle);
	tcase_add_loop_test(tests, a_long_path, 0, 2);
}

int
main(void)
{
	return unit_run("cert/path", list);
}
