/// @file
/// simdjson, and all that is known here of the differences between its versions.
///
/// Supported are 3.0.1 and later. The code that uses it keeps to what all of them have, and takes
/// care of these differences:
///
/// - `document::at_end()` is missing in 3.0: the end is where `current_location()` fails.
/// - A byte order mark is skipped from 3.6 on, and refused before: the body is passed on without
/// it.
/// - `json_type` has one more enumerator from 4.0 on: a value's type is told from its first byte.
/// - `parser::allocate` is what makes later bodies free of allocations, in every version.

#pragma once

#include <cstddef>

#include <simdjson.h>

namespace mews::webhooks::detail {

static_assert(simdjson::SIMDJSON_VERSION_MAJOR >= 3, "mews-webhooks needs simdjson 3.0.1 or later");

/// simdjson's parser as this translation unit has it: its types have another name for each
/// instruction set that a unit is compiled for, and another size for each build mode, under the
/// same name.
template <class Implementation, std::size_t = sizeof(Implementation)>
struct BackendOf : Implementation {
    using Implementation::Implementation;
};

/// Whatever holds or uses simdjson is a template over this type, so that units which were compiled
/// differently do not share one symbol for two different things.
using Backend = BackendOf<simdjson::ondemand::parser>;

}  // namespace mews::webhooks::detail
