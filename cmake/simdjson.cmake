# simdjson::simdjson, from the first of these that there is: the project that includes this one, a
# source tree named by FETCHCONTENT_SOURCE_DIR_SIMDJSON, a package on the system (also one named by
# simdjson_ROOT or CMAKE_PREFIX_PATH), and last the network.

include("${CMAKE_CURRENT_LIST_DIR}/simdjson-version.cmake")

if(NOT TARGET simdjson::simdjson)
    include(FetchContent)
    # No version after FIND_PACKAGE_ARGS: simdjson's package says no to every one but its own minor
    # version. What is found is compared below.
    FetchContent_Declare(
        simdjson
        SYSTEM # first: CMake 3.25 takes it for a part of the option before it
        GIT_REPOSITORY https://github.com/simdjson/simdjson.git
        GIT_TAG 980f2ad3afb12729157b44ed33d2bac41b67b54b # v4.2.4
        FIND_PACKAGE_ARGS CONFIG
    )
    if(MEWS_WEBHOOKS_INSTALL)
        # Our exported target names simdjson's: the two are installed together or not at all.
        set(SIMDJSON_INSTALL ON)
    endif()
    FetchContent_MakeAvailable(simdjson)

    set(simdjson_found_version "${simdjson_VERSION}")
    set(version_header "${simdjson_SOURCE_DIR}/include/simdjson/simdjson_version.h")
    if(NOT simdjson_FOUND AND EXISTS "${version_header}")
        file(STRINGS "${version_header}" simdjson_found_version
             REGEX "#define SIMDJSON_VERSION \"?[0-9.]+")
        string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" simdjson_found_version
                     "${simdjson_found_version}")
    endif()

    mews_webhooks_judge_simdjson("${simdjson_found_version}" simdjson_refusal simdjson_warning)
    if(simdjson_refusal)
        message(FATAL_ERROR "${simdjson_refusal} To have one fetched instead, set "
                            "FETCHCONTENT_TRY_FIND_PACKAGE_MODE to NEVER.")
    endif()
    if(simdjson_warning)
        message(WARNING "${simdjson_warning}")
    endif()
    if(simdjson_FOUND)
        message(STATUS "mews-webhooks: simdjson ${simdjson_found_version} in ${simdjson_DIR}")
    else()
        message(STATUS "mews-webhooks: simdjson ${simdjson_found_version} from its sources in "
                       "${simdjson_SOURCE_DIR}")
    endif()
endif()
