#include "Waiting.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace kernels {

namespace {

/// `#pragma omp parallel`, as GNU's compiler calls it.
using Parallel = void (*)(void (*)(void *), void *, unsigned, unsigned);

/// A thread with a team of its own, so large that OpenMP has more threads than processors; the team sleeps.
class IdleTeam {
 public:
  IdleTeam(Parallel parallel, unsigned size)
      : thread_([this, parallel, size] {
          parallel([](void *) {}, nullptr, size, 0);
          std::unique_lock lock(mutex_);
          end_.wait(lock, [this] { return ends_; });
        }) {}

  ~IdleTeam() {
    {
      std::lock_guard lock(mutex_);
      ends_ = true;
    }
    end_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable end_;
  bool ends_ = false;
  // The last member: it uses those above from its start.
  std::thread thread_;
};

}  // namespace

void wait_asleep(bool sleeps) {
  static const auto parallel = reinterpret_cast<Parallel>(dlsym(RTLD_DEFAULT, "GOMP_parallel"));
  // Those that the process may run on, also where OpenMP binds threads.
  static const auto processors =
      reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "omp_get_num_procs"));
  static std::mutex mutex;
  // Never destroyed: at the end of the process OpenMP may be gone before it.
  static auto &team = *new std::unique_ptr<IdleTeam>;
  if (parallel == nullptr || processors == nullptr) return;
  std::lock_guard lock(mutex);
  if (!sleeps) {
    team.reset();
  } else if (!team) {
    // The first of a team is not counted, and neither are threads that the present number of threads does not need.
    team = std::make_unique<IdleTeam>(parallel, std::max(2, processors() - at::get_num_threads() + 2));
  }
}

}  // namespace kernels
