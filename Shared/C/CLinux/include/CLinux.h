#pragma once
// What Glibc's Swift module lacks: epoll, eventfd, timerfd, mallopt, and calls that glibc declares
// for _GNU_SOURCE only.
#include <malloc.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>

struct clinux_peer {
  int32_t pid;
  uint32_t uid;
  uint32_t gid;
};

/// SO_PEERCRED (unix(7)); 0, or -1 with errno.
int clinux_peer(int socket, struct clinux_peer *peer);

/// accept4 for a non-blocking, close-on-exec descriptor; -1 with errno.
int clinux_accept(int listener);

/// Opens a folder as a place only (O_PATH); -1 with errno.
int clinux_open_folder(const char *path);

/// Names the calling thread as ps and debuggers show it; at most 15 characters.
void clinux_name_thread(const char *name);

/// A non-blocking, close-on-exec pipe for `clinux_catch_signal`; 0, or -1 with errno.
int clinux_signal_pipe(int ends[2]);

/// Writes the signal's number, one byte, to `pipe` whenever the signal reaches the process, and has
/// the calling thread take it; 0, or -1 with errno.
int clinux_catch_signal(int signal, int pipe);

/// Has the kernel send `signal` to this process when its parent ends; 0, or -1 with errno.
int clinux_end_with_parent(int signal);
