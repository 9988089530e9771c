import COpenSSL

/// Has OpenSSL keep its tables until the process is gone.
///
/// By itself it frees them in `exit`, while other threads go on: one that makes a connection to PostgreSQL at that moment
/// would read what is freed, and the process would end by SIGSEGV. Only the first call of OpenSSL decides this
/// ([OPENSSL_init_crypto(3)](https://docs.openssl.org/3.0/man3/OPENSSL_init_crypto/)), so it is made before `main`.
@section(".init_array") @used
private let keepUntilTheEnd: @convention(c) () -> Void = {
  OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
}
