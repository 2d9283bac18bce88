#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop: calls `test` with inputs until an option says to stop. In clang's library without a main function.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
