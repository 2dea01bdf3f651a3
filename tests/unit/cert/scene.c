#include "scene.h"

void
scene_add(struct pki_party *party, const char *cn, const char *serial, const char *extensions,
    const struct pki_party *issuer)
{
	struct pki_wish wish = {
	    .cn = cn,
	    .serial = serial,
	    .extensions = extensions,
	    .from = SCENE_DATE - 100 * PKI_DAY,
	    .until = SCENE_DATE + 100 * PKI_DAY,
	};

	pki_make(party, &wish, issuer);
}

void
scene_make(struct scene *scene)
{
	scene_add(&scene->root, "Root", "01", PKI_CA, NULL);
	scene_add(&scene->issuing, "Issuing CA", "02", PKI_CA, &scene->root);
	scene_add(&scene->impostor, "Issuing CA", "02", PKI_CA, &scene->root);
	scene_add(&scene->leaf, "vpn.example.com", SCENE_SERIAL, SCENE_POINTS, &scene->issuing);
	scene_add(&scene->stranger, "other.example.com", "FE", NULL, &scene->issuing);
}

void
scene_free(struct scene *scene)
{
	pki_free(&scene->root);
	pki_free(&scene->issuing);
	pki_free(&scene->impostor);
	pki_free(&scene->leaf);
	pki_free(&scene->stranger);
}
