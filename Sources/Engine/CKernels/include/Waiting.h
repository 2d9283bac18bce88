#pragma once

namespace kernels {

/// Decides how threads of parallel loops wait for each other: spinning, which is fastest where each has a core of its own, or
/// asleep after a moment, which leaves the core to other processes.
///
/// GNU's OpenMP spins 300 000 rounds, but 100 where there are more of its threads than processors; it reads no setting after
/// the start of the process. So idle threads are kept for as long as waiting threads are to sleep.
/// Does nothing where libtorch uses another OpenMP.
void wait_asleep(bool sleeps);

}  // namespace kernels
