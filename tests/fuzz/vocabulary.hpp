/// @file
/// Words and bodies for the fuzz targets, made from the contract table: no second list of names.

#pragma once

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mews/webhooks.hpp>

namespace fuzz {

namespace webhooks = mews::webhooks;
namespace wire = webhooks::wire;

/// Stands in for a credential: nothing that is shown may hold it.
inline constexpr std::string_view planted = "pLaNtEd-cReDeNtIaL";

/// What bodies are made of.
struct Vocabulary {
    std::vector<std::string> names;   ///< Of properties.
    std::vector<std::string> tags;    ///< Of both families.
    std::vector<std::string> bodies;  ///< A complete one for each tag.

    Vocabulary() {
        wire::for_each_alternative<webhooks::Webhook>(
            [&]<class Family>(std::type_identity<Family>) { add_bodies<Family>(); });
    }

  private:
    template <wire::Tagged Family>
    void add_bodies() {
        for (const std::string_view tag : wire::tags<Family>)
            bodies.push_back(value<Family>(tag));
    }

    template <wire::Object Family>
    void add_bodies() {
        wire::for_each_property<Family>([&](auto property) {
            using Value = typename decltype(property)::Value;
            if constexpr (wire::List<Value>) {
                for (const std::string_view tag : wire::tags<std::ranges::range_value_t<Value>>)
                    bodies.push_back(value<Family>(tag));
            }
        });
    }

    /// The JSON text of a value, with this tag wherever it can have one.
    template <class T>
    std::string value(std::string_view tag) {
        if constexpr (wire::Scalar<T>) {
            return std::string{wire::Type<T>::example};
        } else if constexpr (wire::List<T>) {
            const std::string element = value<std::ranges::range_value_t<T>>(tag);
            return '[' + element + ',' + element + ']';
        } else {
            std::string json = "{";
            const auto add = [&](std::string_view name, const std::string& text) {
                add_once(names, name);
                json.append(json == "{" ? "\"" : ",\"").append(name).append("\":").append(text);
            };
            if constexpr (wire::Object<T>) {
                wire::for_each_property<T>([&](auto property) {
                    add(property.name, value<typename decltype(property)::Value>(tag));
                });
            } else {
                add_once(tags, tag);
                add(wire::Description<T>::tag, '"' + std::string{tag} + '"');
                wire::visit_alternative<T>(
                    wire::index_of_tag<T>(tag), [&]<class Struct>(std::type_identity<Struct>) {
                        add(wire::Description<T>::content, value<Struct>(tag));
                    });
            }
            return json + '}';
        }
    }

    static void add_once(std::vector<std::string>& words, std::string_view word) {
        if (std::ranges::find(words, word) == words.end()) words.emplace_back(word);
    }
};

inline const Vocabulary& vocabulary() {
    static const Vocabulary words;
    return words;
}

}  // namespace fuzz
