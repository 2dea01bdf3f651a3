/*
 * server - whom the plugins are tested against: rras-sim, or a TLS server whose certificate names a
 * CRL and an OCSP responder that answer.
 */
#ifndef FAULTS_SERVER_H
#define FAULTS_SERVER_H

/* Begin rras-sim with the members SIM, or the other for NULL. Its root goes to ca.pem in FOLDER.
 * The port it is at. */
int server_begin(const char *sim, const char *folder);

void server_end(void);

#endif
