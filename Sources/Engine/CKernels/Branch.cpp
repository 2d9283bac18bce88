#include "Branch.h"

#include <c10/core/impl/VirtualGuardImpl.h>

#include <atomic>
#include <vector>

namespace kernels {

namespace {

std::atomic<bool> records{false};

/// The branches that this thread has not joined, each of which needs a stream of its own.
thread_local size_t open_branches = 0;

/// Everything that `first` has been given is done before what `second` is given from now on.
void order(c10::Stream first, c10::Stream second) {
  c10::Event reached(first.device_type());
  reached.record(first);
  reached.block(second);
}

/// The streams of this thread's branches on a device: always the same ones, since the allocator keeps a reserve for each.
c10::Stream side_stream(const c10::impl::VirtualGuardImpl &guard, at::Device device) {
  thread_local std::vector<c10::Stream> streams;
  for (size_t i = 0, count = 0; i < streams.size(); i++)
    if (streams[i].device() == device && count++ == open_branches) return streams[i];
  streams.push_back(guard.getStreamFromGlobalPool(device));
  return streams.back();
}

}  // namespace

void set_recording(bool recording) { records = recording; }

bool is_recording() { return records; }

Branch::Branch(at::Device device) {
  if (!device.is_cuda() || !is_recording()) return;
  const c10::impl::VirtualGuardImpl guard(device.type());
  stream = side_stream(guard, device);
  open_branches++;
  order(guard.getStream(device), *stream);
  inside.emplace(*stream);
}

Branch::~Branch() {
  if (stream) open_branches--;
}

void Branch::end() { inside.reset(); }

void Branch::join() {
  end();
  if (!stream) return;
  order(*stream, c10::impl::VirtualGuardImpl(stream->device_type()).getStream(stream->device()));
  open_branches--;
  stream.reset();
}

}  // namespace kernels
