#ifndef CTORCH_RUNTIME_H
#define CTORCH_RUNTIME_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

const char *ct_version(void);
int ct_threads(void);
int ct_set_threads(int count);

/// Lets the C library keep freed memory for the next step instead of giving it back to the system.
void ct_keep_freed_memory(void);

/// Decides whether threads of parallel loops wait for each other asleep, or spin.
void ct_wait_asleep(bool sleeps);

/// Which instructions of the processor this library's own loops use; the widest there are, unless they are limited.
typedef enum { CT_PLAIN, CT_AVX2, CT_AVX512 } ct_instructions;
ct_instructions ct_vectors(void);
/// Whether they multiply numbers in bfloat16.
int ct_vectors_multiply_bfloat16(void);
void ct_limit_vectors(ct_instructions widest);

/// Opens libtorch_cuda beside libtorch_cpu; a failure says why there is no CUDA here.
/// libtorch looks for CUDA once and keeps the answer, so this comes before all work with tensors.
int ct_load_cuda(void);
int ct_cuda_device_count(void);

/// Generators, each independent of the others and of libtorch's global one.
typedef struct ct_generator ct_generator;
ct_generator *ct_generator_make(uint64_t seed, int device);
void ct_generator_free(ct_generator *generator);
ct_tensor *ct_generator_state(const ct_generator *generator);
int ct_generator_restore(ct_generator *generator, const ct_tensor *state);
ct_tensor *ct_random_normal(
    const int64_t *shape, int rank, int dtype, int device, ct_generator *generator);
ct_tensor *ct_random_uniform(
    const int64_t *shape, int rank, int dtype, int device, ct_generator *generator);
ct_tensor *ct_random_dirichlet(const ct_tensor *concentrations, ct_generator *generator);

#ifdef __cplusplus
}
#endif

#endif
