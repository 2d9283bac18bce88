#pragma once

#include "CUDALibrary.h"

/// Connects processes by NCCL.
c10::intrusive_ptr<c10d::Backend> nccl_connection(
    const c10::intrusive_ptr<c10d::Store> &store, int rank, int size, c10::Device device,
    std::chrono::milliseconds timeout);
