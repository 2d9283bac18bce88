#include <ATen/ops/empty.h>
#include <c10/util/Logging.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include "StoreHandle.h"

using namespace border;

namespace {
std::vector<uint8_t> value_of(const void *bytes, size_t count) {
  const auto first = static_cast<const uint8_t *>(bytes);
  return std::vector<uint8_t>(first, first + count);
}

at::Tensor tensor_of(const std::vector<uint8_t> &value) {
  auto tensor = at::empty({static_cast<int64_t>(value.size())}, at::kByte);
  if (!value.empty()) std::memcpy(tensor.mutable_data_ptr(), value.data(), value.size());
  return tensor;
}

/// Failures are told by this border; libtorch would write each attempt with its stack on standard error too. Whoever sets
/// its variable sees them.
void keep_to_errors() {
  if (std::getenv("TORCH_CPP_LOG_LEVEL") != nullptr) {
    c10::initLogging();
  } else {
    FLAGS_caffe2_log_level = c10::GLOG_FATAL;
  }
}
}  // namespace

ct_store *ct_store_open(
    const char *host, int port, bool serves, const char *prefix, int64_t timeout_milliseconds) {
  return answer<ct_store *>(nullptr, [&] {
    keep_to_errors();
    TORCH_CHECK(0 <= port && port < 65536, "there is no port ", port);
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = serves;
    options.waitWorkers = false;
    options.timeout = std::chrono::milliseconds(timeout_milliseconds);
    auto server = c10::make_intrusive<c10d::TCPStore>(host, options);
    auto store = std::make_unique<ct_store>();
    store->port = server->getPort();
    store->value = c10::make_intrusive<c10d::PrefixStore>(prefix, server);
    return store.release();
  });
}

void ct_store_free(ct_store *store) {
  guard([&] { delete store; });
}

int ct_store_port(const ct_store *store) {
  return answer(0, [&] { return store->port; });
}

int ct_store_limit(ct_store *store, int64_t timeout_milliseconds) {
  return guard([&] { store->value->setTimeout(std::chrono::milliseconds(timeout_milliseconds)); });
}

int ct_store_set(ct_store *store, const char *key, const void *bytes, size_t count) {
  return guard([&] { store->value->set(key, value_of(bytes, count)); });
}

ct_tensor *ct_store_set_first(ct_store *store, const char *key, const void *bytes, size_t count) {
  // An empty value is expected: that stands for a key that is not there.
  return produce([&] {
    return tensor_of(store->value->compareSet(key, {}, value_of(bytes, count)));
  });
}

ct_tensor *ct_store_get(ct_store *store, const char *key) {
  return produce([&] { return tensor_of(store->value->get(key)); });
}

int ct_store_has(ct_store *store, const char *key, bool *is_there) {
  return guard([&] { *is_there = store->value->check({key}); });
}
