#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include "Border.h"

struct ct_store {
  c10::intrusive_ptr<c10d::Store> value;
  int port = 0;
};
