# mews_webhooks_add_test(<name> [NO_SIMDJSON] [TREE_ONLY] <source>...)
#
# A Catch2 suite: one executable, which CTest runs as <name>, and once more as
# <name>.<implementation> for each of simdjson's implementations that is to be forced on it.
#
# NO_SIMDJSON  The suite parses nothing: it is run once.
# TREE_ONLY    The suite needs headers that the single header does not have.

set(MEWS_WEBHOOKS_TEST_IMPLEMENTATIONS
    fallback
    CACHE STRING "simdjson's implementations to run the tests with, besides the one it chooses"
)

include("${CMAKE_CURRENT_LIST_DIR}/catch2.cmake")

# Catch2's implementation is slow to compile: once for all suites.
add_library(mews-webhooks-test-main OBJECT "${PROJECT_SOURCE_DIR}/tests/main.cpp")
target_link_libraries(
    mews-webhooks-test-main
    PUBLIC Catch2::Catch2 mews::webhooks
    PRIVATE mews-webhooks-warnings
)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # A false alarm at -O3, of `"text" + std::string{}`, in the suites alone: what is built of the
    # headers elsewhere, such as the examples, keeps the warning.
    target_compile_options(mews-webhooks-test-main PUBLIC -Wno-restrict)
endif()

# Builds all suites, and nothing else.
add_custom_target(mews-webhooks-suites)

function(mews_webhooks_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "NO_SIMDJSON;TREE_ONLY" "" "")
    if(arg_TREE_ONLY AND MEWS_WEBHOOKS_TEST_AGAINST STREQUAL "single")
        return()
    endif()

    set(target mews-webhooks-test-${name})
    add_executable(${target} ${arg_UNPARSED_ARGUMENTS})
    target_link_libraries(${target} PRIVATE mews-webhooks-test-main mews-webhooks-warnings)
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(
        ${target} PRIVATE "MEWS_WEBHOOKS_PAYLOADS=\"${PROJECT_SOURCE_DIR}/tests/payloads\""
    )

    add_dependencies(mews-webhooks-suites ${target})
    add_test(NAME ${name} COMMAND ${target})
    if(arg_NO_SIMDJSON)
        return()
    endif()
    foreach(implementation IN LISTS MEWS_WEBHOOKS_TEST_IMPLEMENTATIONS)
        add_test(NAME ${name}.${implementation} COMMAND ${target})
        set_tests_properties(
            ${name}.${implementation}
            PROPERTIES ENVIRONMENT "MEWS_WEBHOOKS_TEST_IMPLEMENTATION=${implementation}"
                       SKIP_RETURN_CODE 77
        )
    endforeach()
endfunction()
