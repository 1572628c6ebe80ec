# Catch2::Catch2: version 2 or 3 from the system, else version 3 from the network.

if(NOT TARGET Catch2::Catch2)
    include(FetchContent)
    FetchContent_Declare(
        Catch2
        SYSTEM # first: CMake 3.25 takes it for a part of the option before it
        GIT_REPOSITORY https://github.com/catchorg/Catch2.git
        GIT_TAG fa43b77429ba76c462b1898d6cd2f2d7a9416b14 # v3.7.1
        FIND_PACKAGE_ARGS CONFIG
    )
    FetchContent_MakeAvailable(Catch2)
endif()
