#pragma once

#include <ATen/autocast_mode.h>

/// The autocast mode of one kind of device in this thread.
struct AutocastMode {
  at::DeviceType type;
  bool enabled;
  at::ScalarType dtype;

  /// The present mode.
  explicit AutocastMode(at::DeviceType type)
      : type(type), enabled(at::autocast::is_autocast_enabled(type)),
        dtype(at::autocast::get_autocast_dtype(type)) {}

  /// Makes this the present mode. Cached casts of weights are dropped: they must not outlive the step that changes the
  /// weights, and libtorch looks them up only by the weight, without regard to the type they were cast to.
  void enter() const {
    at::autocast::set_autocast_dtype(type, dtype);
    at::autocast::set_autocast_enabled(type, enabled);
    at::autocast::clear_cache();
  }
};
