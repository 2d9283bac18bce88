#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include <chrono>
#include <memory>

/// What `libctorch_cuda`, the library of `Sources/Engine/CTorchCUDA`, does for the border.
///
/// It is compiled against the headers of CUDA and libtorch_cuda, which few machines need. So it is not linked, but lies
/// beside libtorch and is opened where there is a device. Its exceptions pass through here to the guards of the border.
namespace cuda_library {

/// Work of a device that was recorded, so that it can be repeated as a whole.
class Graph {
 public:
  virtual ~Graph() = default;
  /// Ends the recording, in the thread that began it.
  virtual void end() = 0;
  /// Does the work, on the elements that its tensors hold now.
  virtual void replay() = 0;
};

/// The library's functions.
class Functions {
 public:
  virtual ~Functions() = default;
  /// From now on the work that this thread gives to the device is recorded, not done.
  virtual std::unique_ptr<Graph> record(c10::Device device) const = 0;
  /// Connects `size` processes by NCCL, each of which calls this with its own rank and a device of its own.
  virtual c10::intrusive_ptr<c10d::Backend> connect(
      const c10::intrusive_ptr<c10d::Store> &store, int rank, int size, c10::Device device,
      std::chrono::milliseconds timeout) const = 0;
};

/// The name under which the library offers its `Functions`. It changes with every change of the classes above, so
/// that a library of another version is not found instead of being misunderstood.
#define CTORCH_CUDA_FUNCTIONS ctorch_cuda_functions_2
#define CTORCH_CUDA_FUNCTIONS_NAME "ctorch_cuda_functions_2"

/// The functions of the library beside libtorch, which is opened at the first call.
const Functions &functions();

}  // namespace cuda_library

extern "C" const cuda_library::Functions *CTORCH_CUDA_FUNCTIONS();
