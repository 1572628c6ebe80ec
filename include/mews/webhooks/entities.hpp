/// @file
/// The objects inside an event's `Data`.

#pragma once

#include <string>
#include <string_view>

#include <mews/webhooks/version.hpp>

namespace mews::webhooks {

// Every shape is a template over the type of its strings: `std::string` owns them,
// `std::string_view` borrows them from a Parser. Names are free text from outside: escape them
// before showing them.

/// `Enterprise`: the property, or the chain of properties, that the integration belongs to.
template <class Text>
struct BasicEnterprise {
    Text id{};    ///< `Id`: a GUID in practice, documented as a plain string.
    Text name{};  ///< `Name`

    bool operator==(const BasicEnterprise&) const = default;  ///< Member by member.
};

/// `Service`: the service that the integration is connected to.
template <class Text>
struct BasicService {
    Text id{};    ///< `Id`
    Text name{};  ///< `Name`

    bool operator==(const BasicService&) const = default;  ///< Member by member.
};

/// `Requestor`: the person who asked for the action. Personal data: printed masked.
template <class Text>
struct BasicRequestor {
    Text name{};   ///< `Name`
    Text email{};  ///< `Email`

    bool operator==(const BasicRequestor&) const = default;  ///< Member by member.
};

/// `Integration`: the connection between an enterprise and a partner that an event is about.
template <class Text>
struct BasicIntegration {
    Text id{};    ///< `Id`: what events of one integration have in common.
    Text name{};  ///< `Name`

    bool operator==(const BasicIntegration&) const = default;  ///< Member by member.
};

using Enterprise = BasicEnterprise<std::string>;             ///< Owns its strings.
using EnterpriseView = BasicEnterprise<std::string_view>;    ///< Borrows its strings.
using Service = BasicService<std::string>;                   ///< Owns its strings.
using ServiceView = BasicService<std::string_view>;          ///< Borrows its strings.
using Requestor = BasicRequestor<std::string>;               ///< Owns its strings.
using RequestorView = BasicRequestor<std::string_view>;      ///< Borrows its strings.
using Integration = BasicIntegration<std::string>;           ///< Owns its strings.
using IntegrationView = BasicIntegration<std::string_view>;  ///< Borrows its strings.

}  // namespace mews::webhooks
