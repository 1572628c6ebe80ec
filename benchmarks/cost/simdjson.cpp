// What everybody pays who uses simdjson.
#include <simdjson.h>
