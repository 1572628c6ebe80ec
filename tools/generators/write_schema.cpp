/// @file
/// Writes integration-webhook.schema.json from the contract table.
///
///     write_schema          print the schema
///     write_schema FILE     fail, and say where, if FILE is not what would be printed

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mews/webhooks/contract.hpp>
#include <mews/webhooks/detail/table.hpp>

namespace {

namespace webhooks = mews::webhooks;
namespace wire = webhooks::wire;

using Table = wire::Table<std::string>;
using webhooks::Contract;

/// Exactly the texts that timestamp_from_iso8601 reads. JSON Schema asks for expressions that all
/// engines know, so there is no looking ahead: years that are not 0000, and leap years, are spelled
/// out.
constexpr std::string_view timestamp_pattern =
    "^(?:"
    "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})-"
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])"
    "|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
    ")T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    "(?:\\.[0-9]{1,7})?(?:Z|\\+00:00)$";

constexpr std::string_view timestamp_definition = "Timestamp";

/// A JSON text that grows member by member.
class JsonText {
  public:
    enum class Layout { lines, one_line };

    /// Opens an object or, by `bracket`, an array. Without a name: the whole, or an array's
    /// element. What stands inside of one line stands on that line too.
    void open(std::string_view name, char bracket = '{', Layout layout = Layout::lines) {
        start(name);
        text_ += bracket;
        brackets_ += bracket == '{' ? '}' : ']';
        if (layout == Layout::one_line) one_line_from_ = std::min(one_line_from_, brackets_.size());
        is_first_ = true;
    }

    void close() {
        const char bracket = brackets_.back();
        const bool was_one_line = is_one_line();
        if (one_line_from_ == brackets_.size()) one_line_from_ = std::string::npos;
        brackets_.pop_back();
        if (!is_first_ && !was_one_line) new_line();
        text_ += bracket;
        is_first_ = false;
    }

    void text(std::string_view name, std::string_view value) {
        start(name);
        quote(value);
    }

    void texts(std::string_view name, const std::vector<std::string_view>& values) {
        open(name, '[', Layout::one_line);
        for (const std::string_view value : values)
            text("", value);
        close();
    }

    /// An object with a single member.
    void object(std::string_view name, std::string_view member, std::string_view value) {
        open(name, '{', Layout::one_line);
        text(member, value);
        close();
    }

    [[nodiscard]] std::string take() { return text_ += '\n'; }

  private:
    void start(std::string_view name) {
        if (!is_first_) text_ += ',';
        if (is_one_line()) {
            if (!is_first_) text_ += ' ';
        } else if (!brackets_.empty()) {
            new_line();
        }
        is_first_ = false;
        if (name.empty()) return;
        quote(name);
        text_ += ": ";
    }

    [[nodiscard]] bool is_one_line() const { return brackets_.size() >= one_line_from_; }

    void new_line() { text_.append("\n").append(2 * brackets_.size(), ' '); }

    void quote(std::string_view value) {
        text_ += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') text_ += '\\';
            text_ += c;
        }
        text_ += '"';
    }

    std::string text_;
    std::string brackets_;  ///< Those that will close what is open.
    std::size_t one_line_from_ = std::string::npos;
    bool is_first_ = true;
};

std::string reference_to(std::string_view definition) {
    return std::string{"#/$defs/"}.append(definition);
}

template <class Type>
struct Required : std::type_identity<Type> {};
template <class Type>
struct Required<std::optional<Type>> : std::type_identity<Type> {};

/// Whether both contracts say the same of an object and of those inside it.
template <class Object>
constexpr bool contracts_agree() {
    return []<class... Properties>(wire::List<Properties...>) {
        const auto agree = []<class Property>(std::type_identity<Property>) {
            using Type = typename Required<typename Property::Type>::type;
            bool inside = true;
            if constexpr (webhooks::detail::Described<Type>) {
                inside = contracts_agree<webhooks::detail::object_of<Type>>();
            }
            return inside && Property::presence(Contract::documented) ==
                                 Property::presence(Contract::observed);
        };
        return (agree(std::type_identity<Properties>{}) && ...);
    }(typename Object::Properties{});
}

constexpr std::string_view name_of(Contract contract) {
    return contract == Contract::documented ? "documented" : "observed";
}

/// The name of an object's definition: one for both contracts if they agree.
template <class Object>
std::string definition_of(Contract contract) {
    std::string name{Object::name};
    if (contracts_agree<Object>()) return name;
    return name.append(contract == Contract::documented ? "Documented" : "Observed");
}

template <class Property>
void write_type(JsonText& json, Contract contract) {
    using Type = typename Required<typename Property::Type>::type;
    if constexpr (std::is_same_v<Type, bool>) {
        json.text("type", "boolean");
    } else if constexpr (std::is_same_v<Type, webhooks::Timestamp>) {
        json.text("$ref", reference_to(timestamp_definition));
    } else if constexpr (webhooks::detail::Described<Type>) {
        json.text("$ref", reference_to(definition_of<webhooks::detail::object_of<Type>>(contract)));
    } else {
        static_assert(std::is_same_v<Type, std::string> || std::is_same_v<Type, webhooks::Secret>,
                      "say what this type is in a JSON Schema");
        json.text("type", "string");
    }
}

template <class Property>
void write_property(JsonText& json, Contract contract) {
    using Type = typename Required<typename Property::Type>::type;
    const bool is_plain = !std::is_same_v<Type, webhooks::Secret> &&
                          Property::privacy == wire::Privacy::open &&
                          Property::presence(contract) == wire::Presence::required;
    json.open(Property::name, '{', is_plain ? JsonText::Layout::one_line : JsonText::Layout::lines);
    if constexpr (std::is_same_v<Type, webhooks::Secret>) {
        json.text("description", "A live credential: keep it out of logs.");
    }
    if constexpr (Property::privacy == wire::Privacy::personal) {
        json.text("description", "Personal data.");
    }
    if (Property::presence(contract) == wire::Presence::required) {
        write_type<Property>(json, contract);
    } else {
        json.open("anyOf", '[');
        json.open("", '{', JsonText::Layout::one_line);
        write_type<Property>(json, contract);
        json.close();
        json.object("", "type", "null");
        json.close();
    }
    json.close();
}

template <class Object>
void write_object(JsonText& json, Contract contract) {
    json.open(definition_of<Object>(contract));
    json.text("title", Object::name);
    json.text("type", "object");
    [&]<class... Properties>(wire::List<Properties...>) {
        std::vector<std::string_view> required;
        ((Properties::presence(contract) != wire::Presence::optional
              ? required.push_back(Properties::name)
              : void()),
         ...);
        json.texts("required", required);
        json.open("properties");
        (write_property<Properties>(json, contract), ...);
        json.close();
    }(typename Object::Properties{});
    json.close();
}

/// One definition where the contracts agree, one for each where they do not.
template <class... Objects>
void write_objects(JsonText& json, wire::List<Objects...>) {
    const auto write = [&json]<class Object>(std::type_identity<Object>) {
        write_object<Object>(json, Contract::observed);
        if (!contracts_agree<Object>()) write_object<Object>(json, Contract::documented);
    };
    (write(std::type_identity<Objects>{}), ...);
}

template <class... Objects>
void write_body(JsonText& json, Contract contract, std::string_view description,
                wire::List<Objects...>) {
    json.open(name_of(contract));
    json.text("title", "Body of an integration webhook");
    json.text("description", description);
    json.text("type", "object");
    json.texts("required", {Table::action, Table::data});
    json.open("properties");
    json.open(Table::action);
    json.text("description", "Any other action is an event that is not known yet: not a fault.");
    json.text("type", "string");
    json.texts("examples", {Objects::name...});
    json.close();
    json.object(Table::data, "type", "object");
    json.close();
    json.open("allOf", '[');
    const auto write = [&]<class Object>(std::type_identity<Object>) {
        json.open("");
        json.open("if", '{', JsonText::Layout::one_line);
        json.open("properties");
        json.object(Table::action, "const", Object::name);
        json.close();
        json.texts("required", {Table::action});
        json.close();
        json.open("then", '{', JsonText::Layout::one_line);
        json.open("properties");
        json.object(Table::data, "$ref", reference_to(definition_of<Object>(contract)));
        json.close();
        json.close();
        json.close();
    };
    (write(std::type_identity<Objects>{}), ...);
    json.close();
    json.close();
}

std::string schema() {
    JsonText json;
    json.open("");
    json.text("$schema", "https://json-schema.org/draft/2020-12/schema");
    json.text("title", "Mews integration webhooks");
    json.text("description",
              "Unofficial. The root is the contract that has been observed; #/$defs/documented is "
              "the vendor's documentation to the letter. Properties that are not named here are "
              "allowed anywhere. Written from the contract table of mews-webhooks.");
    json.text("$ref", reference_to(name_of(Contract::observed)));
    json.open("$defs");
    write_body(json, Contract::observed,
               "What has been documented, and what is known to have been sent all the same.",
               Table::Events{});
    write_body(json, Contract::documented, "What has been documented, to the letter.",
               Table::Events{});
    write_objects(json, Table::Events{});
    write_objects(json, Table::Entities{});
    json.open(timestamp_definition);
    json.text("description",
              "An instant that exists, in UTC: ISO 8601 with 0 to 7 fraction digits.");
    json.text("type", "string");
    json.text("format", "date-time");
    json.text("pattern", timestamp_pattern);
    json.close();
    json.close();
    json.close();
    return json.take();
}

int check(const char* path, const std::string& expected) {
    std::ifstream file(path, std::ios::binary);
    const std::string found{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (file && found == expected) return 0;
    const auto [at, ignored] =
        std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
    std::cerr << path << ":" << 1 + std::count(found.begin(), at, '\n')
              << ": is not what the contract table says. Run tools/generate.\n";
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2) return check(argv[1], schema());
    std::cout << schema() << std::flush;
    return std::cout.good() ? 0 : 1;
}
