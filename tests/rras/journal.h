/*
 * journal - what clients did, for tests that assert it: one line per event.
 *
 *   127.0.0.2 #7 tcp accepted
 *   127.0.0.2 #7 tls sni=vpn.example.com alpn=none TLSv1.3
 *   127.0.0.2 #7 http HEAD /sra_{..}/ HTTP/1.1 host=vpn.example.com
 *   127.0.0.2 #7 end
 *
 * The address is the one the client came to, the number counts connections since the start. Instead
 * of TLSv1.3 may stand "failed: reason"; "tls hello" is a ClientHello that a knob had swallowed,
 * "http incomplete after N bytes" a request that ended too soon.
 *
 * With a tunnel there comes, between the request and the end:
 *
 *   duplex correlation={..}           its SSTPCORRELATIONID, or none
 *   connect request
 *   lcp offers eap                    for each method that is asked for
 *   lcp wants mschapv2                the client's Configure-Nak; "?" is no method known here
 *   lcp authentication rejected
 *   lcp gives up                      no answer to so many Configure-Requests
 *   lcp opened auth=eap
 *   frame of protocol C227            what came after that with EAP
 *   logon user=User method=mschapv2   the client's claim, and what was wrong with it:
 *   logon of an unknown user, logon with a wrong password
 *   radius does not answer            the radius=, or not before the client speaks
 *   radius has no word for the client   no EAP in its answer, or none that is whole
 *   radius answer is forged           somebody does not know the secret
 *   radius key N is missing           from the answer to MS-CHAPv2: that for the binding is zeros
 *   logon accepted, logon refused error=691, logon not answered
 *   logon repeated                    the same claim again, after it was accepted
 *   call connected
 *   binding verified                  or "binding verified but for the MAC", if the keys are
 *                                     unknown
 *   binding: what                     what is wrong with it: the first of a hash that was not
 *                                     offered, nonce differs, padding is not zero, certificate hash
 *                                     differs, MAC wrong
 *   sstp echo response                the client's answer to our echo request
 *   hello timeout                     there was none
 *   knob ends it                      see end-at=
 *   ipcp opened address=192.0.2.2     the client's
 *   ipcp terminate request, ipcp terminate ack
 *   ipcp compression rejected
 *   ipcp gives up                     no answer to so many Configure-Requests
 *   ping sequence=N                   and it was answered; or behind it stands "lost"
 *   ping of another address, icmp type N, ip protocol N
 *   code reject N, protocol reject XXXX
 *   terminate request                 the client's
 *   terminate ack, no terminate ack   what became of ours
 *   disconnect                        the client's Call Disconnect
 *   disconnect ignored                for ours was an Abort
 *   disconnect ack                    its answer to ours
 *   abort attribute=N status=N        its Call Abort; "abort" alone has no Status Info
 *   ppp program exit=N                of the ppp-program=; or signal=N, which is how we end it
 *   ppp program not started
 *   ppp program does not read         and so a frame to it is lost
 *   l2tp not connected                the l2tp= did not answer, or did not want to
 *   l2tp not answered                 nor later; or "l2tp refused": nobody listens there
 *   l2tp session ended result=N error=N   by the other side; or "l2tp tunnel ended"
 *   negotiation timeout               the client has not taken the next step
 *   breach: what                      see breach.h
 *
 * and one of these, when the client leaves:
 *
 *   left politely       after its Call Disconnect, or its answer to our goodbye
 *   left by abort       after a Call Abort of its own
 *   left across an abort   after a Call Disconnect that RRAS would not have heard
 *   left when cut off   rras-sim had ended the connection before
 *   left rudely         without a word
 *
 * There is one journal, or none, for the whole program. Each line is one write(), so threads do not
 * mix them. Control characters of clients become '?'.
 */
#ifndef RRAS_JOURNAL_H
#define RRAS_JOURNAL_H

#include <stdbool.h>

#include "line.h"

/* Append to FILE from now on; false with errno when that cannot be. */
bool journal_open(const char *file);

void journal_add(const struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
