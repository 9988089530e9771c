// Has calls on files fail with EIO, as those on a broken disk do; to be preloaded.
//
// LEADMESH_FAULTS names a folder. While it has a file `fsync` or `write`, that call fails on each file
// whose path ends as this file says.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What a file of the folder says; 0 when it is not there.
static ssize_t said(const char *fault, char *text, size_t size) {
  const char *folder = getenv("LEADMESH_FAULTS");
  if (!folder) return 0;
  char name[4096];
  snprintf(name, sizeof name, "%s/%s", folder, fault);
  int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, size);
  close(file);
  return length;
}

static int fails(const char *call, int descriptor) {
  char name[64], suffix[256], path[4096];
  int kept = errno;
  ssize_t length = said(call, suffix, sizeof suffix);
  snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
  ssize_t size = length > 0 ? readlink(name, path, sizeof path) : 0;
  if (length > 0 && size >= length && !memcmp(path + size - length, suffix, length)) {
    errno = EIO;
    return 1;
  }
  errno = kept;
  return 0;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { return fails("fsync", file) ? -1 : NEXT(fsync)(file); }

int fdatasync(int file) { return fails("fsync", file) ? -1 : NEXT(fdatasync)(file); }

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  return fails("write", file) ? -1 : NEXT(pwrite)(file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  return fails("write", file) ? -1 : NEXT(pwrite64)(file, bytes, count, offset);
}
