#pragma once

#include <ATen/autocast_mode.h>

/// The autocast mode of one kind of device in this thread.
struct AutocastMode {
  at::DeviceType type;
  bool enabled;
  at::ScalarType dtype;

  /// The mode of now.
  explicit AutocastMode(at::DeviceType type)
      : type(type), enabled(at::autocast::is_autocast_enabled(type)),
        dtype(at::autocast::get_autocast_dtype(type)) {}

  /// Makes this the mode. Weights that were cast are forgotten: they must not outlive the step that changes the weights, and
  /// libtorch looks for them by the weight alone, whatever type they were cast to.
  void enter() const {
    at::autocast::set_autocast_dtype(type, dtype);
    at::autocast::set_autocast_enabled(type, enabled);
    at::autocast::clear_cache();
  }
};
