# Runs inspect over each folder of payloads: every body must be told as its file's name says, and
# nothing secret or personal may be shown.
#
# cmake -D INSPECT=<file> -P inspect_payloads.cmake, in the directory tests

set(secrets "INVENTED-" "9E5E84E9974D4F169662AB2200F27CB1" "Ida Invented" "ida@example.com")

set(faults)
set(everything_shown)

function(inspect folder contract expected_status expected_counts)
    execute_process(
        COMMAND "${INSPECT}" ${contract} payloads/${folder}
        OUTPUT_VARIABLE output
        ERROR_VARIABLE complaint
        RESULT_VARIABLE status
    )
    set(what "inspect ${contract} payloads/${folder}")
    if(NOT status STREQUAL "${expected_status}")
        string(APPEND faults "${what}: exit code ${status} instead of ${expected_status}\n")
    endif()
    if(NOT complaint STREQUAL "")
        string(APPEND faults "${what}: standard error: ${complaint}\n")
    endif()
    string(FIND "${output}" "\n${expected_counts}\n" found)
    if(found EQUAL -1)
        string(APPEND faults "${what}: no '${expected_counts}' in\n${output}\n")
    endif()
    set(output "${output}" PARENT_SCOPE)
    set(faults "${faults}" PARENT_SCOPE)
    set(everything_shown "${everything_shown}${output}" PARENT_SCOPE)
endfunction()

# A line of the output that starts with this text; for an error, with any line and column in it.
function(expect_line pattern)
    string(REGEX REPLACE "([][+.*?^$(){}|])" "\\\\\\1" pattern "${pattern}")
    string(REPLACE "<number>" "[0-9]+" pattern "${pattern}")
    if(NOT "\n${output}" MATCHES "\n${pattern}[ :]")
        string(APPEND faults "no line '${pattern}'\n")
        set(faults "${faults}" PARENT_SCOPE)
    endif()
endfunction()

# integration-api-key-created-what-is-special: IntegrationApiKeyCreated
function(action_of name variable)
    foreach(action
        IntegrationCreated:integration-created
        IntegrationEnabled:integration-enabled
        IntegrationDisabled:integration-disabled
        IntegrationCanceled:integration-canceled
        IntegrationReinstated:integration-reinstated
        IntegrationDeleted:integration-deleted
        IntegrationApiKeyCreated:integration-api-key-created
        UnknownEvent:unknown-event
    )
        string(REGEX REPLACE "(.*):(.*)" "\\1;\\2" action "${action}")
        list(GET action 1 prefix)
        if(name MATCHES "^${prefix}")
            list(GET action 0 action)
            set(${variable} ${action} PARENT_SCOPE)
            return()
        endif()
    endforeach()
    message(FATAL_ERROR "payloads/${name}: name it after its event, and add a new event to action_of in ${CMAKE_CURRENT_LIST_FILE}")
endfunction()

foreach(folder documented observed broken general general_broken)
    file(GLOB ${folder}_files RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/payloads/${folder}"
         "payloads/${folder}/*.json")
    list(LENGTH ${folder}_files ${folder}_count)
    if(${folder}_count EQUAL 0)
        message(FATAL_ERROR "no bodies in payloads/${folder}")
    endif()
endforeach()

foreach(folder documented observed)
    inspect(${folder} "" 0 "bodies: ${${folder}_count}\naccepted: ${${folder}_count}")
    foreach(file IN LISTS ${folder}_files)
        action_of(${file} action)
        expect_line("payloads/${folder}/${file}: ${action}")
    endforeach()
endforeach()
inspect(documented --documented 0 "bodies: ${documented_count}\naccepted: ${documented_count}")
inspect(observed --documented 1 "bodies: ${observed_count}\naccepted: 0\nrefused: ${observed_count}")
foreach(options "" --documented)
    foreach(folder broken general_broken)
        inspect(${folder} "${options}" 1 "bodies: ${${folder}_count}\naccepted: 0\nrefused: ${${folder}_count}")
        foreach(file IN LISTS ${folder}_files)
            string(REGEX MATCH "^[a-z0-9_]+" code "${file}")
            expect_line("payloads/${folder}/${file}:<number>:<number>: error: ${code}")
        endforeach()
    endforeach()
    inspect(general "${options}" 0 "bodies: ${general_count}\naccepted: ${general_count}")
    foreach(file IN LISTS general_files)
        expect_line("payloads/general/${file}: GeneralWebhook")
    endforeach()
endforeach()

# Refused bodies hold secrets as well, and what was meant to be one body can be read as lines.
file(GLOB bodies "payloads/*/*.json")
execute_process(
    COMMAND "${INSPECT}" --lines ${bodies}
    OUTPUT_VARIABLE output
    ERROR_VARIABLE complaint
)
string(APPEND everything_shown "${output}${complaint}")

# A report of a body names unknown properties, but shows no value; nor does a redacted body show one
# that is secret.
foreach(options "--report" "--report;--format=json" "--format=json" "--redact" "--redact;--documented")
    execute_process(
        COMMAND "${INSPECT}" ${options} ${bodies}
        OUTPUT_VARIABLE output
        ERROR_VARIABLE complaint
    )
    string(APPEND everything_shown "${output}${complaint}")
    if(NOT options STREQUAL "--report;--format=json")
        continue()
    endif()
    set(objects 0)
    string(REGEX MATCHALL "[^\n]+" lines "${output}")
    foreach(line IN LISTS lines)
        math(EXPR objects "${objects} + 1")
        string(JSON file GET "${line}" file)
        string(JSON verdict GET "${line}" verdict)
        string(JSON violations LENGTH "${line}" violations)
        if(file MATCHES "payloads/(general_)?broken/")
            set(expected refused)
        else()
            set(expected accepted)
        endif()
        if(NOT verdict STREQUAL expected OR (verdict STREQUAL "accepted" AND violations GREATER 0))
            string(APPEND faults "--format=json: ${line}\n")
        endif()
    endforeach()
    list(LENGTH bodies count)
    if(NOT objects EQUAL count)
        string(APPEND faults "--format=json: ${objects} objects for ${count} bodies\n")
    endif()
endforeach()

foreach(secret IN LISTS secrets)
    string(FIND "${everything_shown}" "${secret}" found)
    if(NOT found EQUAL -1)
        string(APPEND faults "shown: ${secret}\n")
    endif()
    set(is_in_a_body FALSE)
    foreach(body IN LISTS bodies)
        file(STRINGS "${body}" lines REGEX "${secret}" ENCODING UTF-8)
        if(lines)
            set(is_in_a_body TRUE)
            break()
        endif()
    endforeach()
    if(NOT is_in_a_body)
        string(APPEND faults "no body holds ${secret}, so that not showing it says nothing\n")
    endif()
endforeach()

if(faults)
    message(FATAL_ERROR "${faults}")
endif()
