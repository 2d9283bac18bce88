#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>

#include <optional>

namespace kernels {

/// Work of a CUDA device that may run beside the work after it: two parts of a recorded graph that do not wait for each other, which
/// matters where one alone leaves processors of the device without work.
///
/// Only while work is recorded (`set_recording`). Otherwise giving work to the device takes longer than the work itself, and everything is
/// done in its turn, as on other devices.
class Branch {
 public:
  /// From now on the work of this thread is the branch's.
  explicit Branch(at::Device device);
  /// A branch that was not joined spoils the recording.
  ~Branch();
  Branch(const Branch &) = delete;
  Branch &operator=(const Branch &) = delete;
  /// The work that follows is not; it may run beside the branch.
  void end();
  /// The work that follows begins after the branch's.
  void join();

 private:
  std::optional<c10::Stream> stream;
  std::optional<c10::StreamGuard> inside;
};

/// Says whether the work of CUDA devices is being recorded.
void set_recording(bool recording);
bool is_recording();

}  // namespace kernels
