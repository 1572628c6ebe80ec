# The target mews::webhooks. It is the header tree, the single header, or an installed package, so
# that the same tests can run on what a user gets, whatever the way to add it.

if(MEWS_WEBHOOKS_TEST_AGAINST STREQUAL "installed")
    find_package(mews-webhooks ${PROJECT_VERSION} EXACT REQUIRED CONFIG)
    message(STATUS "mews-webhooks: the installed package in ${mews-webhooks_DIR}")
    return()
elseif(MEWS_WEBHOOKS_TEST_AGAINST STREQUAL "tree")
    set(headers_dir "${PROJECT_SOURCE_DIR}/include")
elseif(MEWS_WEBHOOKS_TEST_AGAINST STREQUAL "single")
    set(headers_dir "${PROJECT_SOURCE_DIR}/single_include")
else()
    message(FATAL_ERROR "MEWS_WEBHOOKS_TEST_AGAINST is '${MEWS_WEBHOOKS_TEST_AGAINST}': "
                        "it must be tree, single or installed")
endif()

include("${CMAKE_CURRENT_LIST_DIR}/simdjson.cmake")

# Looking again at every build is for those who add headers here, not for those who use them.
set(look_again)
if(PROJECT_IS_TOP_LEVEL)
    set(look_again CONFIGURE_DEPENDS)
endif()
file(GLOB_RECURSE headers ${look_again} "${headers_dir}/*.hpp")

add_library(mews-webhooks INTERFACE)
add_library(mews::webhooks ALIAS mews-webhooks)
target_sources(
    mews-webhooks
    INTERFACE FILE_SET HEADERS
              BASE_DIRS "${headers_dir}"
              FILES ${headers}
)
# Once more, for what does not know file sets: CMake before 3.23, CMake subprojects of Meson.
target_include_directories(mews-webhooks INTERFACE "$<BUILD_INTERFACE:${headers_dir}>")
target_compile_features(mews-webhooks INTERFACE cxx_std_20)
target_link_libraries(mews-webhooks INTERFACE simdjson::simdjson)
set_target_properties(
    mews-webhooks
    PROPERTIES EXPORT_NAME webhooks
               VERIFY_INTERFACE_HEADER_SETS ${PROJECT_IS_TOP_LEVEL}
)
