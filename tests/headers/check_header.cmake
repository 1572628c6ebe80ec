# Compiles a header with nothing before it, and then once more behind itself.
#
#   cmake -D HEADER=… -D COMMANDS=… -D DIRECTORY=… [-D FIRST=…] -P check_header.cmake
#
# DIRECTORY is where to write, and FIRST a directory to be searched before all others.

include("${COMMANDS}")
if(FIRST)
    list(POP_FRONT compile compiler)
    list(PREPEND compile "${compiler}" "-I${FIRST}")
endif()
string(MAKE_C_IDENTIFIER "${HEADER}" name)
set(source "${DIRECTORY}/${name}.cpp")
file(WRITE "${source}" "#include <${HEADER}>\n#include <${HEADER}>\n")
execute_process(
    COMMAND ${compile} ${strict_warnings} "${source}"
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "<${HEADER}> does not compile alone:\n${output}")
endif()
