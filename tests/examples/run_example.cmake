# Runs a program once and holds its output and exit code against what is expected.
#
# cmake -D PROGRAM=<file> -D ARGUMENTS=<list> -D STATUS=<exit code> -D OUTPUT=<file>
#       [-D INPUT=<file>] [-D COMPLAINT=<regex>] -D ACTUAL=<file> -P run_example.cmake
#
# OUTPUT is what standard output must be, to the byte. COMPLAINT is what the whole of standard error
# must match: nothing, if it is not given. What the program writes is left in ACTUAL.

set(input)
if(INPUT)
    set(input INPUT_FILE "${INPUT}")
endif()
execute_process(
    COMMAND "${PROGRAM}" ${ARGUMENTS} ${input}
    OUTPUT_FILE "${ACTUAL}"
    ERROR_VARIABLE complaint
    RESULT_VARIABLE status
)

set(faults)
if(NOT status STREQUAL "${STATUS}")
    string(APPEND faults "exit code ${status} instead of ${STATUS}\n")
endif()
if(NOT complaint MATCHES "^${COMPLAINT}$")
    string(APPEND faults "standard error, which should match '${COMPLAINT}':\n${complaint}\n")
endif()
execute_process(
    COMMAND "${CMAKE_COMMAND}" -E compare_files --ignore-eol "${ACTUAL}" "${OUTPUT}"
    RESULT_VARIABLE differs
    ERROR_QUIET
)
if(NOT EXISTS "${OUTPUT}")
    string(APPEND faults "there is no ${OUTPUT}: if it is right, copy ${ACTUAL} there\n")
elseif(differs)
    file(READ "${ACTUAL}" actual)
    file(READ "${OUTPUT}" expected)
    string(APPEND faults "standard output:\n${actual}\ninstead of ${OUTPUT}:\n${expected}\n")
endif()
if(faults)
    message(FATAL_ERROR "${faults}")
endif()
