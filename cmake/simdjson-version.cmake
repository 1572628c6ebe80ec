# Which versions of simdjson will do. Used by our build and, installed, by our package: simdjson's
# own version file can't be asked, since it refuses every request but for its own minor version.

# refusal: why this version can't be used, or empty. warning: what to know about it, or empty.
function(mews_webhooks_judge_simdjson version refusal warning)
    set(${refusal} "" PARENT_SCOPE)
    set(${warning} "" PARENT_SCOPE)
    if(version STREQUAL "")
        return() # Unknown: the headers refuse what is too old.
    endif()
    if(version VERSION_LESS 3.0.1)
        set(${refusal} "mews-webhooks needs simdjson 3.0.1 or later; this is ${version}."
            PARENT_SCOPE)
    elseif(version VERSION_GREATER_EQUAL 4.3.0 AND version VERSION_LESS 4.6.8)
        string(CONCAT text "simdjson ${version} leaves its development checks on in release "
                      "builds, which makes it slow (4.3.0 to 4.6.7 do). Another version is better.")
        set(${warning} "${text}" PARENT_SCOPE)
    endif()
endfunction()
