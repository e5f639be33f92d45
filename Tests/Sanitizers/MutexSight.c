// Lets the thread sanitizer see the whole of Swift's Mutex.
//
// What is quick about a Mutex, taking a free one and letting go of one that nobody waits for, is compiled into the program
// and instrumented with it. What is slow lies in the standard library, which is not: whoever had to wait for a lock seems to
// hold it without what came before. This library is loaded before the standard one, does the same by calling it, and tells
// the sanitizer what the atomic operations inside mean. It says nothing about what the lock protects, so that nothing else
// is hidden: a variable touched without its lock is still found.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Those of the sanitizer, in a program built with it.
extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

SWIFT void lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK);
SWIFT bool try_lock_slow(SELF void *handle) __asm__(TRY_LOCK);
SWIFT void unlock_slow(SELF void *handle) __asm__(UNLOCK);

/// The function of the standard library behind one of ours.
static void *behind(const char *symbol) {
    void *function = dlsym(RTLD_NEXT, symbol);
    if (!function) {
        static const char text[] = "MutexSight: this Swift has another Mutex; look at Tests/Sanitizers/MutexSight.c\n";
        (void)!write(STDERR_FILENO, text, sizeof text - 1);
        abort();
    }
    return function;
}

static SWIFT void (*next_lock_slow)(uint32_t thread, SELF void *handle);
static SWIFT bool (*next_try_lock_slow)(SELF void *handle);
static SWIFT void (*next_unlock_slow)(SELF void *handle);

__attribute__((constructor)) static void prepare(void) {
    // A program without a Mutex does not load it.
    if (!dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleVMa")) return;
    next_lock_slow = behind(LOCK);
    next_try_lock_slow = behind(TRY_LOCK);
    next_unlock_slow = behind(UNLOCK);
}

SWIFT void lock_slow(uint32_t thread, SELF void *handle) {
    next_lock_slow(thread, handle);
    if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT bool try_lock_slow(SELF void *handle) {
    bool is_locked = next_try_lock_slow(handle);
    if (is_locked && __tsan_acquire) __tsan_acquire(handle);
    return is_locked;
}

SWIFT void unlock_slow(SELF void *handle) {
    if (__tsan_release) __tsan_release(handle);
    next_unlock_slow(handle);
}
