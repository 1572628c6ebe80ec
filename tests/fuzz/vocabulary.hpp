/// @file
/// Words for the fuzz targets, made from the contract table: no second list of names.

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mews/webhooks.hpp>

namespace fuzz {

namespace webhooks = mews::webhooks;

using Table = webhooks::wire::Table<std::string_view>;

/// Where a name of the contract can stand, as a JSON Pointer, and the name itself.
struct Vocabulary {
    std::vector<std::string> actions;
    std::vector<std::string> names;
    std::set<std::string, std::less<>> pointers{""};
    std::vector<std::string> bodies;  ///< A complete body for each action.

    Vocabulary() {
        name_at("", Table::action);
        const std::string data = name_at("", Table::data);
        webhooks::detail::for_each(Table::Events{}, [&]<class Object>(std::type_identity<Object>) {
            actions.emplace_back(Object::name);
            std::string body = "{\"" + std::string{Table::action} + "\":\"" +
                               std::string{Object::name} + "\",\"" + std::string{Table::data} +
                               "\":";
            members<typename Object::Type>(data, body);
            bodies.push_back(body + '}');
        });
    }

  private:
    std::string name_at(const std::string& parent, std::string_view name) {
        if (all_.insert(std::string{name}).second) names.emplace_back(name);
        return *pointers.insert(parent + '/' + std::string{name}).first;
    }

    template <webhooks::detail::Described Struct>
    void members(const std::string& parent, std::string& json) {
        char separator = '{';
        webhooks::detail::for_each_property<Struct>([&]<class Property>(Property) {
            json.append(1, separator).append("\"").append(Property::name).append("\":");
            separator = ',';
            value<typename Property::Type>(name_at(parent, Property::name), json);
        });
        json += '}';
    }

    template <class T>
    void value(const std::string& pointer, std::string& json) {
        if constexpr (webhooks::wire::is_optional<T>) {
            value<typename T::value_type>(pointer, json);
        } else if constexpr (webhooks::detail::Described<T>) {
            members<T>(pointer, json);
        } else if constexpr (std::is_same_v<T, bool>) {
            json += "true";
        } else if constexpr (std::is_same_v<T, webhooks::Timestamp>) {
            json += "\"2021-03-04T05:06:07.0891Z\"";
        } else {
            json += "\"text of " + pointer + '"';
        }
    }

    std::set<std::string, std::less<>> all_;
};

inline const Vocabulary& vocabulary() {
    static const Vocabulary words;
    return words;
}

}  // namespace fuzz
