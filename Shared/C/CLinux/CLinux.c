#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

int clinux_peer(int socket, struct clinux_peer *peer) {
  struct ucred credentials;
  socklen_t size = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size)) return -1;
  *peer = (struct clinux_peer){credentials.pid, credentials.uid, credentials.gid};
  return 0;
}

int clinux_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_open_folder(const char *path) {
  return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

void clinux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int clinux_signal_pipe(int ends[2]) { return pipe2(ends, O_NONBLOCK | O_CLOEXEC); }

static volatile int signal_pipes[_NSIG];

static void write_signal(int signal) {
  int before = errno;
  unsigned char number = (unsigned char)signal;
  // A full pipe wakes its reader all the same.
  ssize_t ignored = write(signal_pipes[signal], &number, 1);
  (void)ignored;
  errno = before;
}

int clinux_catch_signal(int signal, int pipe) {
  if (signal < 1 || signal >= _NSIG) return errno = EINVAL, -1;
  signal_pipes[signal] = pipe;
  struct sigaction action = {.sa_handler = write_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  if (sigaction(signal, &action, NULL)) return -1;
  return pthread_sigmask(SIG_UNBLOCK, &set, NULL) ? -1 : 0;
}

int clinux_end_with_parent(int signal) { return prctl(PR_SET_PDEATHSIG, signal); }
