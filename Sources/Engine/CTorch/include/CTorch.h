// The C border of libtorch: every C++ exception is caught here and becomes a failed return.
//
// Conventions of every function:
//  * A returned `ct_tensor *` is owned by the caller, who releases it with `ct_tensor_free`.
//  * NULL (or a status other than 0) says that the call failed; `ct_error_message` then says why.
//  * Operands are borrowed: they must live until the call returns.
// To add an operation: one line in Operations.h, one in Operations.cpp, one in Swift.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "Tensor.h"

#include "Autocast.h"
#include "Autograd.h"
#include "CUDA.h"
#include "Operations.h"
#include "ProcessGroup.h"
#include "Recomputation.h"
#include "Runtime.h"
#include "ThreadedPass.h"

#endif
