#include "HostMemory.h"

#include <c10/core/CPUAllocator.h>

#include <climits>
#include <cstdlib>
#include <cstring>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace kernels {

namespace {

#ifdef __GLIBC__
constexpr size_t alignment = c10::gAlignment;

/// The block around memory that was aligned by hand; its address is stored just before the memory.
void **block(void *memory) { return static_cast<void **>(memory) - 1; }

/// The most that may lie between a block and the memory inside it.
constexpr size_t room = alignment + sizeof(void *);

/// Frees memory that was aligned here, or by the allocator before this one: oneDNN's buffers are given back to whichever allocator is
/// there then. Before those stands malloc's size of the block, which is no address close to it.
void release(void *memory) {
  if (memory == nullptr) return;
  void *raw = *block(memory);
  const auto distance = reinterpret_cast<uintptr_t>(memory) - reinterpret_cast<uintptr_t>(raw);
  std::free(distance <= room ? raw : memory);
}

/// Memory with the alignment that libtorch needs, inside larger blocks with malloc's own alignment.
///
/// glibc before 2.38 does not look for an aligned block among the freed ones, even if one of the same size was freed.
struct HostAllocator : c10::Allocator {
  c10::DataPtr allocate(size_t count) override {
    void *memory = nullptr;
    if (count > 0) {
      void *raw = count <= SIZE_MAX - room ? std::malloc(count + room) : nullptr;
      TORCH_CHECK(raw != nullptr, "out of memory: ", count, " bytes could not be allocated");
      const auto first = reinterpret_cast<uintptr_t>(raw) + sizeof(void *);
      memory = reinterpret_cast<void *>((first + alignment - 1) / alignment * alignment);
      *block(memory) = raw;
    }
    return {memory, memory, &release, at::Device(at::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void *target, const void *source, size_t count) const override {
    std::memcpy(target, source, count);
  }
};
#endif

}  // namespace

void keep_freed_memory() {
#ifdef __GLIBC__
  // glibc maps every large activation anew and unmaps it after use; the page faults cost a quarter of
  // a step on the CPU.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  // Also keeps the arenas of other threads from unmapping what is free: each batch that a loader's thread allocates would cause page
  // faults again.
  mallopt(M_TOP_PAD, 64 << 20);
  static HostAllocator allocator;
  c10::SetCPUAllocator(&allocator, UINT8_MAX);
#endif
}

}  // namespace kernels
