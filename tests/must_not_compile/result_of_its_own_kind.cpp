// What a Result may hold, and what its functions must return.
//
// 1: a Result holds an object that is not const and not itself an Error
// 2: a Result holds an object that is not const and not itself an Error
// 3: and_then takes a function that returns a Result
// 4: a Result holds an object that is not const and not itself an Error
// 5: no matching

#include <mews/webhooks/error.hpp>
#include <mews/webhooks/result.hpp>

using mews::webhooks::Error;
using mews::webhooks::Result;

int twice(const Result<int>& number) {
#if MUST_NOT_COMPILE == 1
    return Result<Error>{number.error()}.has_value() ? 1 : 0;
#elif MUST_NOT_COMPILE == 2
    int other = *number;
    return *Result<int&>{other};
#elif MUST_NOT_COMPILE == 3
    return *number.and_then([](int value) { return 2 * value; });
#elif MUST_NOT_COMPILE == 4
    return number.transform([](int) {}).has_value() ? 1 : 0;
#elif MUST_NOT_COMPILE == 5
    return *number.or_else([](const Error&) { return Result<long>{1}; });
#else
    return *number.or_else([](const Error&) { return Result<int>{1}; })
                .transform([](int value) { return 2 * value; })
                .and_then([](int value) { return Result<int>{value}; });
#endif
}
