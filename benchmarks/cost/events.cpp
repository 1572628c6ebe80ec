// The value types alone: what most of a program needs.
#include <mews/webhooks/events.hpp>
