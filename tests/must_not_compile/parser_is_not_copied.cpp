// The views that a Parser hands out point into it: there is one owner of what they point to.
//
// 1: deleted

#include <type_traits>
#include <utility>

#include <mews/webhooks.hpp>

using mews::webhooks::ParseOptions;
using mews::webhooks::Parser;

static_assert(!std::is_copy_assignable_v<Parser>);
static_assert(!std::is_convertible_v<ParseOptions, Parser>);

Parser another(Parser& parser) {
#if MUST_NOT_COMPILE == 1
    Parser other{parser};
#else
    Parser other{std::move(parser)};
#endif
    parser = Parser{ParseOptions{}};
    return other;
}
