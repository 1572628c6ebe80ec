include(CMakeFindDependencyMacro)
find_dependency(mews-webhooks 1)
include("${CMAKE_CURRENT_LIST_DIR}/door-locks-targets.cmake")
