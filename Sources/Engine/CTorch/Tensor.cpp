#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/triu_indices.h>
#include <ATen/ops/zeros.h>
#include <sys/mman.h>

#include "Border.h"

using namespace border;

namespace {
thread_local std::string message;

void keep(const char *text) noexcept {
  try {
    message = text;
  } catch (...) {
    // Such a short text needs no memory on the heap.
    message = "out of memory";
  }
}
}  // namespace

void border::keep_current_exception() noexcept {
  try {
    throw;
  } catch (const c10::Error &error) {
    keep(error.what_without_backtrace());
  } catch (const std::bad_alloc &) {
    keep("out of memory");
  } catch (const std::exception &error) {
    keep(error.what());
  } catch (...) {
    keep("an exception of unknown type");
  }
}

at::Device border::device(int index) {
  if (index == -1) return at::Device(at::kCPU);
  TORCH_CHECK(0 <= index && index < 128, "there is no CUDA device ", index);
  return at::Device(at::kCUDA, static_cast<int8_t>(index));
}

// These two functions cannot throw and need no guard: a guard's message is reported through them.
const char *ct_error_message(void) { return message.c_str(); }
void ct_fail(const char *text) { keep(text); }

void ct_tensor_free(ct_tensor *tensor) {
  guard([&] { delete tensor; });
}

ct_tensor *ct_from_bytes(
    const void *bytes, size_t count, const int64_t *shape, int rank, int dtype) {
  return produce([&] {
    auto tensor = at::empty(list(shape, rank), options(dtype, -1));
    TORCH_CHECK(
        tensor.nbytes() == count, "a tensor of ", tensor.nbytes(), " bytes was given ", count);
    if (count > 0) std::memcpy(tensor.mutable_data_ptr(), bytes, count);
    return tensor;
  });
}

ct_tensor *ct_lend_bytes(
    void *bytes, size_t count, const int64_t *shape, int rank, int dtype, void (*release)(void *),
    void *context) {
  return produce([&] {
    // The last copy of the deleter releases the context, whether a tensor was made or not.
    const std::shared_ptr<void> owner(context, release);
    const auto sizes = list(shape, rank);
    const auto type = options(dtype, -1);
    const auto expected =
        static_cast<size_t>(c10::multiply_integers(sizes)) * type.dtype().itemsize();
    TORCH_CHECK(expected == count, "a tensor of ", expected, " bytes was given ", count);
    return at::from_blob(bytes, sizes, [owner](void *) {}, type);
  });
}

ct_tensor *ct_full(const int64_t *shape, int rank, double value, int dtype, int device) {
  return produce([&] { return at::full(list(shape, rank), value, options(dtype, device)); });
}

ct_tensor *ct_untouched_zeros(const int64_t *shape, int rank) {
  return produce([&] {
    const auto sizes = list(shape, rank);
    for (const auto size : sizes) TORCH_CHECK(size >= 0, "a size of ", size, " is below 0");
    const auto count = static_cast<size_t>(c10::multiply_integers(sizes)) * sizeof(float);
    // Below the size of a large page, a mapping of its own is not worth its calls.
    if (count < size_t{1} << 21) return at::zeros(sizes);
    void *memory = mmap(nullptr, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    TORCH_CHECK(memory != MAP_FAILED, "no memory for ", count, " bytes");
    return at::from_blob(
        memory, sizes, [count](void *memory) { munmap(memory, count); }, at::kFloat);
  });
}

ct_tensor *ct_arange(int64_t count, int dtype, int device) {
  return produce([&] { return at::arange(count, options(dtype, device)); });
}

ct_tensor *ct_upper_triangle(int64_t size, int64_t diagonal, int index) {
  return produce([&] {
    return at::triu_indices(
        size, size, diagonal, at::TensorOptions().dtype(at::kLong).device(device(index)));
  });
}

int ct_rank(const ct_tensor *tensor) {
  return answer(0, [&] { return static_cast<int>(tensor->value.dim()); });
}

int64_t ct_size(const ct_tensor *tensor, int dimension) {
  return answer<int64_t>(0, [&] { return tensor->value.size(dimension); });
}

int64_t ct_count(const ct_tensor *tensor) {
  return answer<int64_t>(0, [&] { return tensor->value.numel(); });
}

int ct_dtype(const ct_tensor *tensor) {
  return answer(-1, [&] { return static_cast<int>(tensor->value.scalar_type()); });
}

int ct_device(const ct_tensor *tensor) {
  return answer(-1, [&] {
    return tensor->value.is_cuda() ? static_cast<int>(tensor->value.get_device()) : -1;
  });
}

bool ct_is_channels_last(const ct_tensor *tensor) {
  return answer(
      false, [&] { return tensor->value.is_contiguous(at::MemoryFormat::ChannelsLast); });
}

uintptr_t ct_identity(const ct_tensor *tensor) {
  return answer<uintptr_t>(
      0, [&] { return reinterpret_cast<uintptr_t>(tensor->value.unsafeGetTensorImpl()); });
}

int64_t ct_change_count(const ct_tensor *tensor) {
  return answer<int64_t>(-1, [&] { return tensor->value._version(); });
}

int ct_copy_bytes(const ct_tensor *tensor, void *bytes, size_t count) {
  return guard([&] {
    auto plain = tensor->value.detach().to(at::kCPU).contiguous();
    TORCH_CHECK(
        plain.nbytes() == count, "a tensor of ", plain.nbytes(), " bytes was asked for ", count);
    if (count > 0) std::memcpy(bytes, plain.const_data_ptr(), count);
  });
}

int ct_item(const ct_tensor *tensor, double *value) {
  return guard([&] { *value = tensor->value.item().toDouble(); });
}
