#pragma once

#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include "Border.h"

struct ct_process_group {
  c10::intrusive_ptr<c10d::ProcessGroup> value;
};
