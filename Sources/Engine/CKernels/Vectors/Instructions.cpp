#include "Instructions.h"

#include <ATen/Version.h>

#include <algorithm>
#include <atomic>
#include <string>

namespace vectors {

namespace {

Instructions offered() {
  const std::string capability = at::get_cpu_capability();
  if (capability == "AVX512") return Instructions::avx512;
  return capability == "AVX2" ? Instructions::avx2 : Instructions::plain;
}

std::atomic<Instructions> &choice() {
  static std::atomic<Instructions> choice{offered()};
  return choice;
}

}  // namespace

Instructions chosen() { return choice().load(std::memory_order_relaxed); }

bool multiply_bfloat16() {
#if defined(__x86_64__)
  return chosen() == Instructions::avx512 && __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

void limit(Instructions widest) { choice() = std::min(offered(), widest); }

}  // namespace vectors
