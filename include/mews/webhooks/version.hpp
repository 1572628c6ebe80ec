/// @file
/// The version of this library, for the preprocessor. These three are the library's only macros,
/// and this is the version's only home: the build system reads it from here.

#pragma once

/// Counts what breaks users.
#define MEWS_WEBHOOKS_VERSION_MAJOR 1
/// Counts what users can newly do.
#define MEWS_WEBHOOKS_VERSION_MINOR 0
/// Counts corrections.
#define MEWS_WEBHOOKS_VERSION_PATCH 0

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "mews-webhooks needs C++20: compile with -std=c++20 or later"
// There is no such file, which ends the compilation: hundreds of errors would follow.
#include <mews-webhooks needs C++20>
#endif
