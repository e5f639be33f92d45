#ifndef CFAULTVFS_H
#define CFAULTVFS_H

#include <stdint.h>

// An operating-system layer of SQLite that fails when it is told to, and a disk that forgets what was not synced.
//
// Every function may be called from any thread. A layer must outlive the connections that use it.

typedef struct fault_vfs fault_vfs;

// What goes wrong.
enum fault_kind {
    FAULT_EIO,   // any call: an input/output error
    FAULT_NOSPC, // a write: no room, nothing written
    FAULT_SHORT, // a write: half of it written, then an error
    FAULT_FSYNC, // a sync
};

// Registers a layer under a name of its own. One that tracks keeps what a disk holds for certain beside the files.
fault_vfs *fault_vfs_create(const char *name, int tracks);
void fault_vfs_destroy(fault_vfs *vfs);

// Lets the n-th call from now on that the fault can strike fail, from 1; a lasting fault strikes those after it as well.
void fault_vfs_arm(fault_vfs *vfs, int kind, long n, int lasting);
void fault_vfs_disarm(fault_vfs *vfs);

// How many calls the fault could have struck since it was armed, and how many it did.
long fault_vfs_calls(fault_vfs *vfs);
long fault_vfs_strikes(fault_vfs *vfs);

// Takes the power away at the n-th write, truncation or sync from now on, from 1: it does not happen, nor does anything
// after it.
void fault_vfs_cut(fault_vfs *vfs, long n);
int fault_vfs_is_cut(fault_vfs *vfs);

// Writes into the folder `to` what a disk may hold after the cut: all that was synced, and of the rest each 4 KiB page
// whole, torn or not at all, as the seed has it. 0 if that went well.
int fault_vfs_remains(fault_vfs *vfs, const char *to, uint64_t seed);

#endif
