# Compiles one source in its right form and in each of its wrong ones.
#
#   cmake -D SOURCE=… -D COMMANDS=… -P check_pairs.cmake
#
# A line `// N: pattern` at the top of the source announces the wrong form N, which is compiled with
# MUST_NOT_COMPILE=N, and what a compiler has to say of it; `// N OPTION: pattern` compiles it with an
# option more. COMMANDS is a file that sets the list
# `compile` to the command that checks a source without writing anything.

include("${COMMANDS}")
file(STRINGS "${SOURCE}" announced REGEX "^// [0-9]+( -[^ ]+)?: ")
if(NOT announced)
    message(FATAL_ERROR "${SOURCE} announces no wrong form")
endif()

function(try_form number result_variable output_variable)
    execute_process(
        # In English, whatever language the compiler speaks to the user.
        COMMAND "${CMAKE_COMMAND}" -E env LC_ALL=C ${compile} ${ARGN}
                -DMUST_NOT_COMPILE=${number} "${SOURCE}"
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error_output)
    set(${result_variable} "${result}" PARENT_SCOPE)
    set(${output_variable} "${output}${error_output}" PARENT_SCOPE)
endfunction()

try_form(0 result output)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "The right form does not compile:\n${output}")
endif()

foreach(line IN LISTS announced)
    string(REGEX MATCH "^// ([0-9]+)( -[^ ]+)?: (.*)$" line "${line}")
    set(number "${CMAKE_MATCH_1}")
    string(STRIP "${CMAKE_MATCH_2}" option)
    set(pattern "${CMAKE_MATCH_3}")
    try_form(${number} result output ${option})
    if(result EQUAL 0)
        message(FATAL_ERROR "Wrong form ${number} compiles:\n${output}")
    elseif(NOT result MATCHES "^[0-9]+$")
        message(FATAL_ERROR "The compiler did not run: ${result}")
    elseif(NOT output MATCHES "${pattern}")
        message(FATAL_ERROR "Wrong form ${number} fails, but not with '${pattern}':\n${output}")
    endif()
endforeach()
