# Strict warnings for this project's own executables, when its own presets ask for them. Nothing
# that a user's target links to carries them.

add_library(mews-webhooks-warnings INTERFACE)
if(MEWS_WEBHOOKS_WARNINGS)
    if(MSVC)
        target_compile_options(mews-webhooks-warnings INTERFACE /W4 /WX /permissive- /utf-8)
    else()
        target_compile_options(
            mews-webhooks-warnings
            INTERFACE -Wall
                      -Wextra
                      -Wpedantic
                      -Wconversion
                      -Wsign-conversion
                      -Wshadow
                      -Werror
        )
    endif()
endif()
