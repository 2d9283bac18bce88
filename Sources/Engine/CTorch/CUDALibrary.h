#pragma once

#include <c10/core/Device.h>

#include <memory>

/// What `libctorch_cuda`, the library of `Sources/Engine/CTorchCUDA`, does for the border.
///
/// It is compiled against CUDA's headers and libtorch_cuda's, which few machines need; so it is no part of what is linked,
/// lies beside libtorch and is opened where there is a device. What it throws passes through here to the border's guards.
namespace cuda_library {

/// Work of a device, recorded to be asked for again as a whole.
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
  /// From now on what this thread asks of the device is recorded and not done.
  virtual std::unique_ptr<Graph> record(c10::Device device) const = 0;
};

/// The name under which the library gives its `Functions`. Another one for each change of the classes above, so
/// that a library of another version is not found rather than misunderstood.
#define CTORCH_CUDA_FUNCTIONS ctorch_cuda_functions_1
#define CTORCH_CUDA_FUNCTIONS_NAME "ctorch_cuda_functions_1"

/// The functions of the library beside libtorch, which is opened the first time.
const Functions &functions();

}  // namespace cuda_library

extern "C" const cuda_library::Functions *CTORCH_CUDA_FUNCTIONS();
