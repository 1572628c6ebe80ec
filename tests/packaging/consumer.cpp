// A program that somebody else might write: what each way to add the library must be able to build.

#include <iostream>

#include <mews/webhooks.hpp>

int main() {
    const auto event = mews::webhooks::parse(
        R"({"Action":"IntegrationEnabled","Data":{"Integration":{"Id":"i-1","Name":"Door locks"}}})");
    if (!event) {
        std::cerr << event.error() << '\n';
        return 1;
    }
    std::cout << *event << '\n';
    return to_json(*event).empty() || mews::webhooks::parse("{}") ? 1 : 0;
}
