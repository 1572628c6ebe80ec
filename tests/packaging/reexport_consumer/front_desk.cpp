#include <door_locks.hpp>
#include <mews/webhooks/json.hpp>

int main() {
    const mews::webhooks::Event event = mews::webhooks::IntegrationEnabled{{"i-1", "Door locks"}};
    return door_locks::concerns_locks(event) && door_locks::concerns_locks(to_json(event)) &&
                   !door_locks::concerns_locks("{}")
               ? 0
               : 1;
}
