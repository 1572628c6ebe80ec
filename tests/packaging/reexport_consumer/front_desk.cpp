#include <iostream>

#include <door_locks.hpp>
#include <mews/webhooks/json.hpp>
#include <mews/webhooks/print.hpp>

int main() {
    const mews::webhooks::Event event = mews::webhooks::IntegrationEnabled{{"i-1", "Door locks"}};
    if (!door_locks::concerns_locks(event) || !door_locks::concerns_locks(to_json(event)) ||
        door_locks::concerns_locks("{}")) {
        return 1;
    }
    std::cout << event << '\n';
}
