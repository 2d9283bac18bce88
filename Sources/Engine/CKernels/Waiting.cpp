#include "Waiting.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <sched.h>

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

/// How many processors the process may run on, as GNU's OpenMP counts them.
int available_processors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

void wait_asleep(bool sleeps) {
  static const auto parallel = reinterpret_cast<Parallel>(dlsym(RTLD_DEFAULT, "GOMP_parallel"));
  static std::mutex mutex;
  // Never destroyed: at the end of the process OpenMP may be gone before it.
  static auto &team = *new std::unique_ptr<IdleTeam>;
  if (parallel == nullptr) return;
  std::lock_guard lock(mutex);
  if (!sleeps) {
    team.reset();
  } else if (!team) {
    const int processors = available_processors();
    // The first of a team is not counted, and neither are threads that the present number of threads does not need.
    team = std::make_unique<IdleTeam>(parallel, std::max(2, processors - at::get_num_threads() + 2));
  }
}

}  // namespace kernels
