#pragma once
// First, so that no header below chooses other feature macros than the rest of the program has.
#include <features.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// The stacks of OpenSSL are macros, which Swift cannot call.
static inline int redeye_chain_count(const STACK_OF(X509) *chain) { return chain ? sk_X509_num(chain) : 0; }
static inline X509 *redeye_chain_certificate(const STACK_OF(X509) *chain, int place) { return sk_X509_value(chain, place); }
// Whether a store has lists of revoked certificates; the objects of a store are a stack.
static inline int redeye_has_revocations(X509_STORE *store) {
  STACK_OF(X509_OBJECT) *objects = X509_STORE_get0_objects(store);
  for (int place = 0; place < sk_X509_OBJECT_num(objects); place++)
    if (X509_OBJECT_get_type(sk_X509_OBJECT_value(objects, place)) == X509_LU_CRL) return 1;
  return 0;
}
// A macro around SSL_ctrl.
static inline long redeye_set_server_name(SSL *session, const char *name) { return SSL_set_tlsext_host_name(session, name); }
// XN_FLAG_RFC2253 is an expression of macros the importer skips; characters beyond ASCII are wanted as they are.
static inline int redeye_print_name(BIO *output, const X509_NAME *name) {
  return X509_NAME_print_ex(output, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
}
