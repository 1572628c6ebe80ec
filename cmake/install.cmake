# cmake --install: headers, a CMake package and a pkg-config file. All of it may be moved elsewhere
# afterwards, and none of it depends on the machine's architecture.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_DATADIR}/cmake/mews-webhooks")

install(
    TARGETS mews-webhooks
    EXPORT mews-webhooks-targets
    FILE_SET HEADERS
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    INCLUDES
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
)
install(
    EXPORT mews-webhooks-targets
    NAMESPACE mews::
    DESTINATION "${package_dir}"
)

configure_package_config_file(
    cmake/mews-webhooks-config.cmake.in mews-webhooks-config.cmake
    INSTALL_DESTINATION "${package_dir}"
)
write_basic_package_version_file(
    mews-webhooks-config-version.cmake
    COMPATIBILITY SameMajorVersion
    ARCH_INDEPENDENT
)
install(
    FILES "${CMAKE_CURRENT_BINARY_DIR}/mews-webhooks-config.cmake"
          "${CMAKE_CURRENT_BINARY_DIR}/mews-webhooks-config-version.cmake"
          cmake/simdjson-version.cmake
    DESTINATION "${package_dir}"
)

# In the library directory, where simdjson's own file is: one PKG_CONFIG_PATH serves both. The
# prefix is relative to the file, so that it may be moved.
set(pkgconfig_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH pkgconfig_to_prefix "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig"
     "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" pkgconfig_to_prefix "${pkgconfig_to_prefix}")
configure_file(cmake/mews-webhooks.pc.in mews-webhooks.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/mews-webhooks.pc" DESTINATION "${pkgconfig_dir}")

install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/mews-webhooks")
