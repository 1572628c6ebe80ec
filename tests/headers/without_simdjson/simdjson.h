// Found before the real one by whatever must do without it.
#error "a header that needs no JSON parser includes simdjson.h"
