/// @file
/// What is known of one integration after any number of messages, in whatever order they came and
/// however often.
///
/// Messages have no order and no id, mostly no time, and come late or twice. So the state does not
/// follow them one by one: it is the set of what they said, with times of receipt, and of what the
/// vendor answered. What follows from the set, `summary()` says, and where nothing can follow, that
/// the vendor has to be asked. Sets have no order, and joining them is commutative, associative and
/// idempotent: any order and any repetition gives the same state, and several receivers can each
/// keep one and merge them.

#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mews/webhooks/entities.hpp>
#include <mews/webhooks/events.hpp>
#include <mews/webhooks/print.hpp>
#include <mews/webhooks/secret.hpp>
#include <mews/webhooks/timestamp.hpp>

namespace mews::webhooks {

/// What a message said, and when the first message that said it was received.
template <class T>
struct FirstReceived {
    T value{};             ///< What it said.
    Timestamp received{};  ///< When, by the receiver's clock.

    bool operator==(const FirstReceived&) const = default;  ///< Member by member.
};

/// When a message was received last, by a name.
using LastReceived = std::map<std::string, Timestamp, std::less<>>;

/// What was found out by asking the vendor. What was not asked, or not found out, stays empty. It
/// can be taken at any time: messages get lost, too, which no state can notice.
struct VendorAnswer {
    /// Before the question was sent, by the clock that gives the times of receipt: the answer
    /// settles what had been received until then. With several clocks, subtract by how much they
    /// may differ. Too early costs another question, too late can lose a message.
    Timestamp asked{};

    std::optional<Enterprise> enterprise{};  ///< The enterprise that the integration belongs to.
    std::optional<bool> is_enabled{};        ///< Whether it is switched on.
    std::optional<bool> is_canceled{};       ///< Whether it is canceled.
    /// The candidate that works; an empty one, if none does.
    std::optional<Secret> credential{};

    bool operator==(const VendorAnswer&) const = default;  ///< Member by member.
};

/// All that something can be, by what is known. None: nothing was said. One: it is known. Several:
/// they contradict each other, and the vendor has to be asked.
template <class T>
struct Candidates {
    std::vector<T> values{};  ///< Each once; their order has no meaning.

    /// The only candidate; nothing if there is none or several.
    [[nodiscard]] std::optional<T> known() const {
        if (values.size() != 1) return std::nullopt;
        return values.front();
    }

    /// Whether there are several.
    [[nodiscard]] bool is_ambiguous() const noexcept { return values.size() > 1; }

    /// Whether both have the same candidates.
    bool operator==(const Candidates& other) const {
        return std::is_permutation(values.begin(), values.end(), other.values.begin(),
                                   other.values.end());
    }
};

/// What follows from an IntegrationState.
struct IntegrationSummary {
    Candidates<Enterprise> enterprise{};  ///< Which enterprise it belongs to.
    Candidates<bool> is_enabled{};        ///< Whether it is switched on.
    Candidates<bool> is_canceled{};       ///< Whether it is canceled.
    Candidates<Secret> credential{};      ///< The live credential: an access token or an API key.
    bool is_deleted = false;              ///< If so, of the above only the enterprise is given.
    std::optional<Timestamp> deleted_utc{};  ///< When it was deleted, if a message said so.
    bool has_unknown_event = false;  ///< An UnknownEvent came after the vendor was asked last.

    /// Whether the vendor has to be asked. Not for what no message has said: its message may be on
    /// its way.
    [[nodiscard]] bool needs_answer() const noexcept {
        return !is_deleted &&
               (has_unknown_event || enterprise.is_ambiguous() || is_enabled.is_ambiguous() ||
                is_canceled.is_ambiguous() || credential.is_ambiguous());
    }

    bool operator==(const IntegrationSummary&) const = default;  ///< Member by member.
};

/// Which parts of the summary are others than before, and whether there are more entities to look
/// up.
struct IntegrationChanges {
    bool enterprise = false;    ///< IntegrationSummary::enterprise
    bool is_enabled = false;    ///< IntegrationSummary::is_enabled
    bool is_canceled = false;   ///< IntegrationSummary::is_canceled
    bool credential = false;    ///< IntegrationSummary::credential
    bool deletion = false;      ///< IntegrationSummary::is_deleted, deleted_utc
    bool needs_answer = false;  ///< IntegrationSummary::needs_answer()
    bool entities = false;      ///< IntegrationState::entities has one that it did not have.

    /// Whether anything changed.
    [[nodiscard]] bool any() const noexcept { return *this != IntegrationChanges{}; }

    bool operator==(const IntegrationChanges&) const = default;  ///< Member by member.
};

/// What messages said of one integration, and what the vendor answered. The program keeps one for
/// each `Integration.Id`.
///
/// The members are all there is: a program can store them and build the state again. It has to
/// store them also if `apply` reports no change, since times of receipt may have changed. They hold
/// credentials, but no personal data.
struct IntegrationState {
    /// The IntegrationCreated, without their Requestor.
    std::vector<FirstReceived<IntegrationCreated>> created{};
    /// The keys of IntegrationApiKeyCreated. Those that were replaced stay until the deletion, to
    /// be recognised if their message comes again.
    std::vector<FirstReceived<Secret>> api_keys{};
    /// All other events by their `Action`, those that are not known as well.
    LastReceived actions{};
    /// The earliest DeletedUtc.
    std::optional<Timestamp> deleted_utc{};
    /// The answers that no later one replaces.
    std::vector<VendorAnswer> answers{};
    /// What General Webhooks named, to be looked up: by kind (`Discriminator`), then by id. An
    /// empty id stands for some entity of the kind.
    std::map<std::string, LastReceived, std::less<>> entities{};

    /// Takes an event about this integration.
    ///
    /// @param received when it was received, by the receiver's clock. If a stored message is
    ///        applied once more, after a crash for instance, it must be the time that was stored
    ///        with it; if the sender sends it again, that is a new message, with a new time.
    IntegrationChanges apply(const Event& event, Timestamp received);
    /// Takes the entities that a General Webhook about this integration names. How often one is
    /// named, and in which order, has no meaning.
    IntegrationChanges apply(const GeneralWebhook& webhook, Timestamp received);

    /// Takes what the vendor answered.
    IntegrationChanges take(const VendorAnswer& answer);

    /// Takes all that another state of the same integration has: what the messages and answers of
    /// both together would have given.
    ///
    /// @throws std::bad_alloc if there is no memory. A part may have been taken then; merging again
    ///         takes the rest.
    IntegrationChanges merge(const IntegrationState& other);

    /// An entity was looked up: takes it off the list, unless it was named again in the meantime.
    /// Merging an older copy of the state puts it there again, which costs another look-up and
    /// loses none.
    ///
    /// @param asked before the question was sent, as in VendorAnswer
    void looked_up(std::string_view kind, std::string_view id, Timestamp asked);

    /// What follows from all that.
    [[nodiscard]] IntegrationSummary summary() const;

    /// Whether all members are the same, in whatever order. Credentials are compared in constant
    /// time.
    bool operator==(const IntegrationState& other) const;

  private:
    void forget_credentials();
};

// ── implementation ──────────────────────────────────────────────────────────────────────────────

namespace detail {

/// Adds what was said, or only moves its receipt back if it is there.
template <class T>
void add(std::vector<FirstReceived<T>>& list, const FirstReceived<T>& item) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const FirstReceived<T>& other) {
        return other.value == item.value;
    });
    if (found == list.end()) {
        list.push_back(item);
    } else if (item.received < found->received) {
        found->received = item.received;
    }
}

/// Adds a name, or moves its receipt forward if it is there. Returns whether it was added.
inline bool add(LastReceived& list, const std::string& name, Timestamp received) {
    const auto [found, added] = list.try_emplace(name, received);
    if (found->second < received) found->second = received;
    return added;
}

template <class T>
void add_once(std::vector<T>& list, const T& item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

/// When the vendor was asked last, of the answers that satisfy `is_answered`.
template <class Predicate>
std::optional<Timestamp> last_asked(const std::vector<VendorAnswer>& answers,
                                    Predicate is_answered) {
    std::optional<Timestamp> last;
    for (const VendorAnswer& answer : answers)
        if (is_answered(answer) && last < answer.asked) last = answer.asked;
    return last;
}

/// The candidates for one member of VendorAnswer: the last answer, and what was received since.
///
/// A message that was received before the question was sent is about something that happened before
/// the question, so the answer has it in it. What was received afterwards may be older or newer
/// than the answer. If it says the same, nothing is in doubt: had there been a change in between,
/// its message is still to come, and will contradict the answer then. If it says something else,
/// the vendor has to be asked again.
///
/// Therefore a message that the sender repeats after the answer does not undo the answer, but can
/// lead to another question. That cannot be spared: a repeated IntegrationDisabled and a new one
/// are the same bytes, and to ignore the new one would be to miss it for good.
template <class T>
class Question {
  public:
    using Member = std::optional<T> VendorAnswer::*;

    Question(const std::vector<VendorAnswer>& answers, Member member)
        : asked_(last_asked(answers,
                            [&](const auto& answer) { return (answer.*member).has_value(); })) {
        for (const VendorAnswer& answer : answers)
            if (answer.*member && answer.asked == asked_)
                add_once(found_.values, *(answer.*member));
    }

    void add(const T& value, Timestamp received) {
        if (received > asked_) add_once(found_.values, value);
    }

    /// The same of an action that says it, if it was received.
    void add(const T& value, const LastReceived& actions, Action action) {
        const auto found = actions.find(to_string(action));
        if (found != actions.end()) add(value, found->second);
    }

    [[nodiscard]] Candidates<T> candidates() noexcept { return std::move(found_); }

  private:
    std::optional<Timestamp> asked_;
    Candidates<T> found_;
};

inline bool has_unknown_event(const LastReceived& actions,
                              const std::vector<VendorAnswer>& answers) {
    const auto asked = last_asked(answers, [](const VendorAnswer&) { return true; });
    return std::any_of(actions.begin(), actions.end(), [&](const auto& action) {
        return action_named(action.first) == Action::unknown && action.second > asked;
    });
}

/// Answers to different questions do not replace one another. Two to the same question, asked at
/// the same time, both stay: if they differ, the question is open.
inline void drop_replaced(std::vector<VendorAnswer>& answers) {
    const auto last = last_asked(answers, [](const VendorAnswer&) { return true; });
    const auto last_of = [&](auto member) {
        return last_asked(answers,
                          [&](const auto& answer) { return (answer.*member).has_value(); });
    };
    const auto enterprise = last_of(&VendorAnswer::enterprise);
    const auto is_enabled = last_of(&VendorAnswer::is_enabled);
    const auto is_canceled = last_of(&VendorAnswer::is_canceled);
    const auto credential = last_of(&VendorAnswer::credential);
    std::erase_if(answers, [&](const VendorAnswer& answer) {
        return answer.asked != last &&  //
               !(answer.enterprise && answer.asked == enterprise) &&
               !(answer.is_enabled && answer.asked == is_enabled) &&
               !(answer.is_canceled && answer.asked == is_canceled) &&
               !(answer.credential && answer.asked == credential);
    });
}

}  // namespace detail

inline IntegrationChanges IntegrationState::apply(const Event& event, Timestamp received) {
    IntegrationState news;
    if (const auto* creation = std::get_if<IntegrationCreated>(&event)) {
        // The requestor is somebody's name and address, and nothing follows from it.
        news.created.push_back({*creation, received});
        news.created.back().value.requestor.reset();
    } else if (const auto* regenerated = std::get_if<IntegrationApiKeyCreated>(&event)) {
        news.api_keys.push_back({regenerated->api_key, received});
    } else if (const auto* unknown = std::get_if<UnknownEvent>(&event)) {
        // Its data may hold a credential, and nobody can say what follows from it.
        news.actions.emplace(unknown->action, received);
    } else {
        news.actions.emplace(to_string(action_of(event)), received);
        if (const auto* deletion = std::get_if<IntegrationDeleted>(&event))
            news.deleted_utc = deletion->deleted_utc;
    }
    return merge(news);
}

inline IntegrationChanges IntegrationState::apply(const GeneralWebhook& webhook,
                                                  Timestamp received) {
    IntegrationState news;
    const auto name = [&](std::string_view kind, const std::string& id) {
        news.entities[std::string{kind}].insert_or_assign(id, received);
    };
    for (const GeneralEvent& event : webhook.events) {
        match(
            event,
            [&](const EntityEvent& known) { name(to_string(known.discriminator), known.id); },
            [&](const UnknownEntityEvent& unknown) {
                name(unknown.discriminator, unknown.id.value_or(std::string{}));
            });
    }
    return merge(news);
}

inline IntegrationChanges IntegrationState::take(const VendorAnswer& answer) {
    IntegrationState news;
    news.answers.push_back(answer);
    return merge(news);
}

inline IntegrationChanges IntegrationState::merge(const IntegrationState& other) {
    const IntegrationSummary before = summary();
    IntegrationChanges changes;

    // The first receipt of what has a text of its own: a key or a token that was known when the
    // vendor was asked is recognised when its message comes again, and opens no question.
    for (const auto& creation : other.created)
        detail::add(created, creation);
    for (const auto& key : other.api_keys)
        detail::add(api_keys, key);
    // The last receipt of what has none: it may be news each time.
    for (const auto& [action, received] : other.actions)
        detail::add(actions, action, received);
    for (const auto& [kind, ids] : other.entities) {
        for (const auto& [id, received] : ids)
            changes.entities |= detail::add(entities[kind], id, received);
    }
    // An integration is deleted once. If two messages give two times, or one gives none as was seen
    // in 2019, the earliest is when it was gone.
    if (other.deleted_utc && (!deleted_utc || *other.deleted_utc < *deleted_utc))
        deleted_utc = other.deleted_utc;
    for (const VendorAnswer& answer : other.answers)
        detail::add_once(answers, answer);
    if (actions.contains(to_string(Action::integration_deleted))) {
        forget_credentials();
        changes.entities = false;
    }
    detail::drop_replaced(answers);

    const IntegrationSummary after = summary();
    changes.enterprise = before.enterprise != after.enterprise;
    changes.is_enabled = before.is_enabled != after.is_enabled;
    changes.is_canceled = before.is_canceled != after.is_canceled;
    changes.credential = before.credential != after.credential;
    changes.deletion =
        before.is_deleted != after.is_deleted || before.deleted_utc != after.deleted_utc;
    changes.needs_answer = before.needs_answer() != after.needs_answer();
    return changes;
}

/// The credentials of a deleted integration are of no use, and what does not hold them cannot leak
/// them. Without them nothing can be looked up either. Late messages bring them again, so this is
/// done at each merge.
inline void IntegrationState::forget_credentials() {
    api_keys.clear();
    entities.clear();
    // Without their credentials, some may be the same.
    std::vector<FirstReceived<IntegrationCreated>> creations;
    for (FirstReceived<IntegrationCreated>& creation : created) {
        creation.value.access_token = Secret{};
        detail::add(creations, creation);
    }
    created = std::move(creations);
    std::vector<VendorAnswer> kept;
    for (VendorAnswer& answer : answers) {
        answer.credential.reset();
        detail::add_once(kept, answer);
    }
    answers = std::move(kept);
}

inline void IntegrationState::looked_up(std::string_view kind, std::string_view id,
                                        Timestamp asked) {
    const auto ids = entities.find(kind);
    if (ids == entities.end()) return;
    const auto found = ids->second.find(id);
    if (found != ids->second.end() && found->second <= asked) ids->second.erase(found);
    if (ids->second.empty()) entities.erase(ids);
}

inline IntegrationSummary IntegrationState::summary() const {
    IntegrationSummary summary;

    // CreatedUtc is the only time that puts messages in order: of several IntegrationCreated, the
    // newest counts. If several have the newest, written again by the sender perhaps, each counts.
    std::optional<Timestamp> newest;
    for (const auto& creation : created)
        if (newest < creation.value.created_utc) newest = creation.value.created_utc;
    const bool was_created_again =
        std::any_of(created.begin(), created.end(),
                    [&](const auto& creation) { return creation.value.created_utc != newest; });

    // An integration is enabled, canceled or given another key after it was created, never before.
    // So those messages outlive its IntegrationCreated, which may come late. Only if it was created
    // again, nobody knows on which side of that they were, and all are candidates.
    const auto counts_unless = [&](bool outlived) { return was_created_again || !outlived; };
    const auto received = [&](Action action) { return actions.contains(to_string(action)); };
    const bool is_enabled_counts = counts_unless(received(Action::integration_enabled) ||
                                                 received(Action::integration_disabled));
    const bool not_canceled_counts = counts_unless(received(Action::integration_canceled) ||
                                                   received(Action::integration_reinstated));
    const bool access_token_counts = counts_unless(!api_keys.empty());

    detail::Question enterprise{answers, &VendorAnswer::enterprise};
    detail::Question is_enabled{answers, &VendorAnswer::is_enabled};
    detail::Question is_canceled{answers, &VendorAnswer::is_canceled};
    detail::Question credential{answers, &VendorAnswer::credential};
    for (const auto& creation : created) {
        const IntegrationCreated& event = creation.value;
        if (event.created_utc != newest) continue;
        enterprise.add(event.enterprise, creation.received);
        if (is_enabled_counts) is_enabled.add(event.is_enabled, creation.received);
        if (not_canceled_counts) is_canceled.add(false, creation.received);
        if (access_token_counts) credential.add(event.access_token, creation.received);
    }

    // These have no time: of both of a pair, or of two keys, nobody can say which was the last.
    is_enabled.add(true, actions, Action::integration_enabled);
    is_enabled.add(false, actions, Action::integration_disabled);
    is_canceled.add(true, actions, Action::integration_canceled);
    is_canceled.add(false, actions, Action::integration_reinstated);
    for (const auto& key : api_keys)
        credential.add(key.value, key.received);

    summary.enterprise = enterprise.candidates();
    // A deletion outlives everything, answers as well: an id is not used again, so that whatever
    // says otherwise is older. Nothing is left to ask.
    summary.is_deleted = received(Action::integration_deleted);
    summary.deleted_utc = deleted_utc;
    if (summary.is_deleted) return summary;

    summary.is_enabled = is_enabled.candidates();
    summary.is_canceled = is_canceled.candidates();
    summary.credential = credential.candidates();
    std::erase_if(summary.credential.values,
                  [](const Secret& candidate) { return candidate.reveal().empty(); });
    // What an event that is not known did to the integration, only the vendor can say. Any answer
    // settles it, since nobody can say which question it raises.
    summary.has_unknown_event = detail::has_unknown_event(actions, answers);
    return summary;
}

inline bool IntegrationState::operator==(const IntegrationState& other) const {
    const auto same = [](const auto& left, const auto& right) {
        return std::is_permutation(left.begin(), left.end(), right.begin(), right.end());
    };
    return same(created, other.created) && same(api_keys, other.api_keys) &&
           actions == other.actions && deleted_utc == other.deleted_utc &&
           same(answers, other.answers) && entities == other.entities;
}

/// Prints the only candidate, or how many there are.
template <class Traits, class T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const Candidates<T>& candidates) {
    if (candidates.values.empty()) return stream << "unknown";
    if (candidates.is_ambiguous()) {
        return stream << std::string_view{std::to_string(candidates.values.size())}
                      << " candidates";
    }
    if constexpr (std::is_same_v<T, bool>) {
        return stream << (candidates.values.front() ? "true" : "false");
    } else {
        return stream << candidates.values.front();
    }
}

/// Prints a summary on one line, credentials redacted.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const IntegrationSummary& summary) {
    stream << "IntegrationSummary {Enterprise: " << summary.enterprise
           << ", IsEnabled: " << summary.is_enabled << ", IsCanceled: " << summary.is_canceled
           << ", Credential: " << summary.credential
           << ", IsDeleted: " << (summary.is_deleted ? "true" : "false");
    if (summary.deleted_utc) {
        stream << ", DeletedUtc: " << std::string_view{to_iso8601(*summary.deleted_utc)};
    }
    return stream << ", NeedsAnswer: " << (summary.needs_answer() ? "true" : "false") << '}';
}

/// Prints the state's summary: the same text for the same messages, whenever they were received.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& stream,
                                             const IntegrationState& state) {
    return stream << state.summary();
}

}  // namespace mews::webhooks
