#include "CFaultVFS.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 4096
#define SECTOR 512

// A write, or with no data a truncation to `offset`, that has not been synced.
typedef struct change {
    struct change *next;
    uint8_t *data;
    int64_t offset;
    int64_t length;
} change;

// What is known about a file on the disk.
typedef struct disk_file {
    struct disk_file *next;
    char *path;
    uint8_t *synced;
    int64_t size;
    change *first, *last;
    bool is_listed;  // its name is in the folder for certain
    bool is_deleted; // its name may still be in the folder
} disk_file;

struct fault_vfs {
    sqlite3_vfs base;
    sqlite3_vfs *real;
    char *name;
    pthread_mutex_t lock;
    disk_file *files;
    long at, calls, strikes, cut_at, changes;
    int kind;
    bool tracks, is_armed, lasts, is_cut;
};

typedef struct {
    sqlite3_file base;
    fault_vfs *vfs;
    disk_file *disk;
    sqlite3_file *real;
} fault_file;

enum call { CALL_OTHER = 1, CALL_WRITE = 2, CALL_SYNC = 4 };

#define WITHOUT_POWER 100

// What strikes a call: nothing, 0; no power; or one more than a fault. Asked once for each call.
static int strikes(fault_vfs *vfs, enum call call) {
    static const int struck[] = {
        [FAULT_EIO] = CALL_OTHER | CALL_WRITE | CALL_SYNC,
        [FAULT_NOSPC] = CALL_WRITE,
        [FAULT_SHORT] = CALL_WRITE,
        [FAULT_FSYNC] = CALL_SYNC,
    };
    pthread_mutex_lock(&vfs->lock);
    int struck_by = vfs->is_cut ? WITHOUT_POWER : 0;
    if (!struck_by && vfs->is_armed && (struck[vfs->kind] & call)) {
        vfs->calls += 1;
        if (vfs->calls == vfs->at || (vfs->lasts && vfs->calls > vfs->at)) {
            vfs->strikes += 1;
            struck_by = vfs->kind + 1;
        }
    }
    pthread_mutex_unlock(&vfs->lock);
    return struck_by;
}

// The disk

static void forget(change *change) {
    while (change) {
        struct change *next = change->next;
        free(change->data);
        free(change);
        change = next;
    }
}

static void resize(uint8_t **bytes, int64_t *size, int64_t wanted) {
    uint8_t *grown = realloc(*bytes, wanted > 0 ? (size_t)wanted : 1);
    if (!grown) abort();
    if (wanted > *size) memset(grown + *size, 0, (size_t)(wanted - *size));
    *bytes = grown;
    *size = wanted;
}

static void put(uint8_t **bytes, int64_t *size, int64_t offset, const uint8_t *data, int64_t length) {
    if (length <= 0) return;
    if (offset + length > *size) resize(bytes, size, offset + length);
    memcpy(*bytes + offset, data, (size_t)length);
}

static disk_file *find(fault_vfs *vfs, const char *path) {
    disk_file *found = NULL;
    for (disk_file *file = vfs->files; file; file = file->next)
        if (!file->is_deleted && !strcmp(file->path, path)) found = file;
    return found;
}

// Takes up a file that is opened, with what it holds already.
static disk_file *take_up(fault_vfs *vfs, const char *path, bool is_database) {
    disk_file *file = find(vfs, path);
    if (file) return file;
    file = calloc(1, sizeof *file);
    if (!file || !(file->path = strdup(path))) abort();
    FILE *stream = fopen(path, "rb");
    if (stream) {
        uint8_t buffer[PAGE];
        size_t count;
        while ((count = fread(buffer, 1, sizeof buffer, stream)) > 0)
            put(&file->synced, &file->size, file->size, buffer, (int64_t)count);
        fclose(stream);
    }
    file->is_listed = is_database || file->size > 0;
    disk_file **end = &vfs->files;
    while (*end) end = &(*end)->next;
    *end = file;
    return file;
}

// Notes a change; `true` if the power goes at this very moment.
static bool note(fault_vfs *vfs, disk_file *file, const void *data, int64_t offset, int64_t length, bool is_sync) {
    if (!file) return false;
    pthread_mutex_lock(&vfs->lock);
    if (vfs->cut_at > 0 && ++vfs->changes >= vfs->cut_at) vfs->is_cut = true;
    if (!is_sync) {
        change *added = calloc(1, sizeof *added);
        if (!added) abort();
        added->offset = offset;
        added->length = length;
        if (data) {
            if (!(added->data = malloc(length > 0 ? (size_t)length : 1))) abort();
            memcpy(added->data, data, (size_t)length);
        }
        if (file->last) file->last->next = added; else file->first = added;
        file->last = added;
    } else if (!vfs->is_cut) {
        for (change *change = file->first; change; change = change->next) {
            if (change->data) put(&file->synced, &file->size, change->offset, change->data, change->length);
            else resize(&file->synced, &file->size, change->offset);
        }
        forget(file->first);
        file->first = file->last = NULL;
        if (!file->is_listed) {
            // SQLite syncs the folder with the first sync of a file that it made: now every name in it is certain.
            for (disk_file *other = vfs->files; other; other = other->next) other->is_listed = true;
            for (disk_file **place = &vfs->files; *place;) {
                disk_file *other = *place;
                if (!other->is_deleted) { place = &other->next; continue; }
                *place = other->next;
                forget(other->first);
                free(other->synced);
                free(other->path);
                free(other);
            }
        }
    }
    bool is_cut = vfs->is_cut;
    pthread_mutex_unlock(&vfs->lock);
    return is_cut;
}

// Files

static int file_close(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods ? file->real->pMethods->xClose(file->real) : SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *buffer, int count, sqlite3_int64 offset) {
    fault_file *file = (fault_file *)base;
    if (strikes(file->vfs, CALL_OTHER)) return SQLITE_IOERR_READ;
    return file->real->pMethods->xRead(file->real, buffer, count, offset);
}

static int file_write(sqlite3_file *base, const void *buffer, int count, sqlite3_int64 offset) {
    fault_file *file = (fault_file *)base;
    switch (strikes(file->vfs, CALL_WRITE)) {
    case 0: break;
    case FAULT_NOSPC + 1: return SQLITE_FULL;
    case FAULT_SHORT + 1:
        if (count > 1) file->real->pMethods->xWrite(file->real, buffer, count / 2, offset);
        return SQLITE_IOERR_WRITE;
    default: return SQLITE_IOERR_WRITE;
    }
    if (note(file->vfs, file->disk, buffer, offset, count, false)) return SQLITE_IOERR_WRITE;
    return file->real->pMethods->xWrite(file->real, buffer, count, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    fault_file *file = (fault_file *)base;
    if (strikes(file->vfs, CALL_OTHER)) return SQLITE_IOERR_TRUNCATE;
    if (note(file->vfs, file->disk, NULL, size, 0, false)) return SQLITE_IOERR_TRUNCATE;
    return file->real->pMethods->xTruncate(file->real, size);
}

static int file_sync(sqlite3_file *base, int flags) {
    fault_file *file = (fault_file *)base;
    if (strikes(file->vfs, CALL_SYNC)) return SQLITE_IOERR_FSYNC;
    if (note(file->vfs, file->disk, NULL, 0, 0, true)) return SQLITE_IOERR_FSYNC;
    // A disk that is kept in memory need not be synced.
    return file->disk ? SQLITE_OK : file->real->pMethods->xSync(file->real, flags);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    fault_file *file = (fault_file *)base;
    if (strikes(file->vfs, CALL_OTHER)) return SQLITE_IOERR_FSTAT;
    return file->real->pMethods->xFileSize(file->real, size);
}

static int file_lock(sqlite3_file *base, int level) {
    fault_file *file = (fault_file *)base;
    if (strikes(file->vfs, CALL_OTHER)) return SQLITE_IOERR_LOCK;
    return file->real->pMethods->xLock(file->real, level);
}

static int file_unlock(sqlite3_file *base, int level) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xUnlock(file->real, level);
}

static int file_check_reserved_lock(sqlite3_file *base, int *answer) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xCheckReservedLock(file->real, answer);
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xFileControl(file->real, operation, argument);
}

static int file_sector_size(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xSectorSize(file->real);
}

static int file_characteristics(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static int file_shm_map(sqlite3_file *base, int page, int size, int extends, void volatile **map) {
    fault_file *file = (fault_file *)base;
    if (strikes(file->vfs, CALL_OTHER)) return SQLITE_IOERR_SHMMAP;
    return file->real->pMethods->xShmMap(file->real, page, size, extends, map);
}

static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    fault_file *file = (fault_file *)base;
    if (!(flags & SQLITE_SHM_UNLOCK) && strikes(file->vfs, CALL_OTHER)) return SQLITE_IOERR_SHMLOCK;
    return file->real->pMethods->xShmLock(file->real, offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    file->real->pMethods->xShmBarrier(file->real);
}

static int file_shm_unmap(sqlite3_file *base, int deletes) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xShmUnmap(file->real, deletes);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

// The layer

static int vfs_open(sqlite3_vfs *base, const char *path, sqlite3_file *opened, int flags, int *out) {
    fault_vfs *vfs = (fault_vfs *)base;
    fault_file *file = (fault_file *)opened;
    memset(file, 0, sizeof *file);
    if (strikes(vfs, CALL_OTHER)) return SQLITE_CANTOPEN;
    file->vfs = vfs;
    file->real = (sqlite3_file *)(file + 1);
    if (vfs->tracks && path && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL))) {
        pthread_mutex_lock(&vfs->lock);
        file->disk = take_up(vfs, path, flags & SQLITE_OPEN_MAIN_DB);
        pthread_mutex_unlock(&vfs->lock);
    }
    int code = vfs->real->xOpen(vfs->real, path, file->real, flags, out);
    if (file->real->pMethods) file->base.pMethods = &methods;
    return code;
}

static int vfs_delete(sqlite3_vfs *base, const char *path, int syncs) {
    fault_vfs *vfs = (fault_vfs *)base;
    if (strikes(vfs, CALL_OTHER)) return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&vfs->lock);
    disk_file *file = find(vfs, path);
    if (file) file->is_deleted = true;
    pthread_mutex_unlock(&vfs->lock);
    return vfs->real->xDelete(vfs->real, path, syncs);
}

static int vfs_access(sqlite3_vfs *base, const char *path, int flags, int *answer) {
    fault_vfs *vfs = (fault_vfs *)base;
    if (strikes(vfs, CALL_OTHER)) return SQLITE_IOERR_ACCESS;
    return vfs->real->xAccess(vfs->real, path, flags, answer);
}

static int vfs_full_path(sqlite3_vfs *base, const char *path, int size, char *full) {
    sqlite3_vfs *real = ((fault_vfs *)base)->real;
    return real->xFullPathname(real, path, size, full);
}

static int vfs_randomness(sqlite3_vfs *base, int count, char *bytes) {
    sqlite3_vfs *real = ((fault_vfs *)base)->real;
    return real->xRandomness(real, count, bytes);
}

static int vfs_sleep(sqlite3_vfs *base, int microseconds) {
    sqlite3_vfs *real = ((fault_vfs *)base)->real;
    return real->xSleep(real, microseconds);
}

static int vfs_time(sqlite3_vfs *base, double *days) {
    sqlite3_vfs *real = ((fault_vfs *)base)->real;
    return real->xCurrentTime(real, days);
}

static int vfs_last_error(sqlite3_vfs *base, int count, char *text) {
    sqlite3_vfs *real = ((fault_vfs *)base)->real;
    return real->xGetLastError(real, count, text);
}

static int vfs_time_64(sqlite3_vfs *base, sqlite3_int64 *milliseconds) {
    sqlite3_vfs *real = ((fault_vfs *)base)->real;
    return real->xCurrentTimeInt64(real, milliseconds);
}

fault_vfs *fault_vfs_create(const char *name, int tracks) {
    if (sqlite3_initialize() != SQLITE_OK) return NULL;
    fault_vfs *vfs = calloc(1, sizeof *vfs);
    if (!vfs || !(vfs->name = strdup(name))) abort();
    pthread_mutex_init(&vfs->lock, NULL);
    vfs->tracks = tracks;
    vfs->real = sqlite3_vfs_find("unix");
    vfs->base = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = (int)sizeof(fault_file) + vfs->real->szOsFile,
        .mxPathname = vfs->real->mxPathname,
        .zName = vfs->name,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
        .xCurrentTimeInt64 = vfs_time_64,
    };
    if (sqlite3_vfs_register(&vfs->base, 0) != SQLITE_OK) abort();
    return vfs;
}

void fault_vfs_destroy(fault_vfs *vfs) {
    sqlite3_vfs_unregister(&vfs->base);
    while (vfs->files) {
        disk_file *file = vfs->files;
        vfs->files = file->next;
        forget(file->first);
        free(file->synced);
        free(file->path);
        free(file);
    }
    pthread_mutex_destroy(&vfs->lock);
    free(vfs->name);
    free(vfs);
}

void fault_vfs_arm(fault_vfs *vfs, int kind, long n, int lasting) {
    pthread_mutex_lock(&vfs->lock);
    vfs->kind = kind;
    vfs->at = n;
    vfs->lasts = lasting;
    vfs->calls = vfs->strikes = 0;
    vfs->is_armed = true;
    pthread_mutex_unlock(&vfs->lock);
}

void fault_vfs_disarm(fault_vfs *vfs) {
    pthread_mutex_lock(&vfs->lock);
    vfs->is_armed = false;
    pthread_mutex_unlock(&vfs->lock);
}

static long asked(fault_vfs *vfs, const long *field) {
    pthread_mutex_lock(&vfs->lock);
    long value = *field;
    pthread_mutex_unlock(&vfs->lock);
    return value;
}

long fault_vfs_calls(fault_vfs *vfs) { return asked(vfs, &vfs->calls); }

long fault_vfs_strikes(fault_vfs *vfs) { return asked(vfs, &vfs->strikes); }

void fault_vfs_cut(fault_vfs *vfs, long n) {
    pthread_mutex_lock(&vfs->lock);
    vfs->cut_at = n;
    vfs->changes = 0;
    pthread_mutex_unlock(&vfs->lock);
}

int fault_vfs_is_cut(fault_vfs *vfs) {
    pthread_mutex_lock(&vfs->lock);
    int is_cut = vfs->is_cut;
    pthread_mutex_unlock(&vfs->lock);
    return is_cut;
}

// After the cut

static uint64_t draw(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

static int write_remains(const disk_file *file, const char *to, uint64_t quarters, uint64_t *random) {
    int64_t size = 0;
    uint8_t *bytes = NULL;
    resize(&bytes, &size, 0);
    put(&bytes, &size, 0, file->synced, file->size);
    for (change *change = file->first; change; change = change->next) {
        if (!change->data) {
            if (draw(random) % 4 < quarters) resize(&bytes, &size, change->offset);
            continue;
        }
        for (int64_t done = 0; done < change->length;) {
            int64_t offset = change->offset + done;
            int64_t length = PAGE - offset % PAGE;
            if (length > change->length - done) length = change->length - done;
            if (draw(random) % 4 < quarters) {
                int64_t kept = length;
                if (quarters < 4 && draw(random) % 4 == 0) kept = (int64_t)(draw(random) % (PAGE / SECTOR)) * SECTOR;
                put(&bytes, &size, offset, change->data + done, kept < length ? kept : length);
            }
            done += length;
        }
    }
    const char *name = strrchr(file->path, '/');
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", to, name ? name + 1 : file->path);
    FILE *stream = fopen(path, "wb");
    if (!stream) { free(bytes); return 1; }
    size_t count = fwrite(bytes, 1, (size_t)size, stream);
    free(bytes);
    return fclose(stream) != 0 || count != (size_t)size;
}

int fault_vfs_remains(fault_vfs *vfs, const char *to, uint64_t seed) {
    pthread_mutex_lock(&vfs->lock);
    uint64_t random = seed;
    // From a disk that kept nothing to one that kept everything.
    uint64_t quarters = draw(&random) % 5;
    int failed = 0;
    for (disk_file *file = vfs->files; file; file = file->next) {
        bool may_be_missing = file->is_deleted || !file->is_listed;
        if (may_be_missing && draw(&random) % 2) continue;
        failed |= write_remains(file, to, quarters, &random);
    }
    pthread_mutex_unlock(&vfs->lock);
    return failed;
}
