# Compares the macros that are defined behind our headers with those behind what they include.
#
#   cmake -D INCLUDE=… -D COMMANDS=… -D DIRECTORY=… -P check_macros.cmake
#
# INCLUDE is the directory of our headers, DIRECTORY where to write.

include("${COMMANDS}")

# All that is included from outside, as far as it is there: <format> is not everywhere.
set(outside "")
file(GLOB_RECURSE files "${INCLUDE}/*.hpp")
foreach(file IN LISTS files)
    file(STRINGS "${file}" lines REGEX "^#include <[^/>]+>")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "^#include (<[^>]+>).*" "\\1" name "${line}")
        list(APPEND outside "${name}")
    endforeach()
endforeach()
list(REMOVE_DUPLICATES outside)
set(without "")
foreach(name IN LISTS outside)
    string(APPEND without "#if __has_include(${name})\n#include ${name}\n#endif\n")
endforeach()
set(with "${without}")
foreach(name IN ITEMS mews/webhooks.hpp mews/webhooks/std_error_code.hpp)
    string(APPEND with "#include <${name}>\n")
endforeach()

foreach(kind IN ITEMS without with)
    set(source "${DIRECTORY}/macros_${kind}.cpp")
    file(WRITE "${source}" "${${kind}}")
    execute_process(
        COMMAND ${compile} -E -dM "${source}"
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error_output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "The preprocessor failed:\n${error_output}")
    endif()
    string(REGEX MATCHALL "#define [A-Za-z_0-9]+" ${kind} "${output}")
endforeach()

list(LENGTH without count)
if(count LESS 100)
    message(FATAL_ERROR "Only ${count} macros behind the standard library: the test sees nothing")
endif()
list(REMOVE_ITEM with ${without})
list(SORT with)
set(expected "")
foreach(part IN ITEMS MAJOR MINOR PATCH)
    list(APPEND expected "#define MEWS_WEBHOOKS_VERSION_${part}")
endforeach()
if(NOT with STREQUAL expected)
    list(JOIN with "\n" with)
    message(FATAL_ERROR "Our headers define other macros than the three of the version:\n${with}")
endif()
