#pragma once
// What Glibc's Swift module lacks: epoll, eventfd, timerfd, peer credentials.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <spawn.h>
