#pragma once

#include "CUDALibrary.h"

/// From now on the work that this thread gives to the device is recorded, not done.
std::unique_ptr<cuda_library::Graph> recorded_graph(c10::Device device);
