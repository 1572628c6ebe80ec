// All that there is, none of it used.
#include <mews/webhooks.hpp>
