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
