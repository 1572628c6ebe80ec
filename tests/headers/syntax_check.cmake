# MEWS_WEBHOOKS_SYNTAX_CHECK: a file that sets the list `compile` to the command that checks a source
# against the library under test, just as this build would compile it, but without writing anything.
#
# Asking the compiler itself is what lets a test say that a source must not compile.

set(MEWS_WEBHOOKS_SYNTAX_CHECK "${CMAKE_CURRENT_BINARY_DIR}/syntax_check_$<CONFIG>.cmake")

set(language_options "${CMAKE_CXX20_STANDARD_COMPILE_OPTION}")
if(CMAKE_CXX_STANDARD GREATER 20)
    set(language_options "${CMAKE_CXX${CMAKE_CXX_STANDARD}_STANDARD_COMPILE_OPTION}")
endif()

set(content [[
set(compile [=[@CMAKE_CXX_COMPILER@]=])
if(NOT [=[@CMAKE_CXX_COMPILER_TARGET@]=] STREQUAL "")
    list(APPEND compile [=[--target=@CMAKE_CXX_COMPILER_TARGET@]=])
endif()
separate_arguments(flags NATIVE_COMMAND [=[@CMAKE_CXX_FLAGS@]=])
list(APPEND compile ${flags} @language_options@ -fsyntax-only -Werror=unused-result)
foreach(definition IN ITEMS $<TARGET_PROPERTY:mews::webhooks,INTERFACE_COMPILE_DEFINITIONS>)
    list(APPEND compile "-D${definition}")
endforeach()
set(directories "$<TARGET_PROPERTY:mews::webhooks,INTERFACE_INCLUDE_DIRECTORIES>")
list(REMOVE_DUPLICATES directories)
list(REMOVE_ITEM directories "" @CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES@)
foreach(directory IN LISTS directories)
    # What is not ours is held to no warnings.
    if(EXISTS "${directory}/mews/webhooks.hpp")
        list(APPEND compile "-I${directory}")
    else()
        list(APPEND compile -isystem "${directory}")
    endif()
endforeach()
set(strict_warnings -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror)
]])
string(CONFIGURE "${content}" content @ONLY)
file(GENERATE OUTPUT "${MEWS_WEBHOOKS_SYNTAX_CHECK}" CONTENT "${content}")
