/// @file
/// Changes bodies as a sender might: what is JSON stays JSON most of the time, so that the fuzzer
/// gets behind the first byte. Included by targets whose input is a body.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "options.hpp"
#include "vocabulary.hpp"

namespace fuzz {

/// A JSON value, spelled as it was.
struct Node {
    struct Member;

    char kind = 0;  ///< '{', '[', or 0 for anything else.
    std::string text;
    std::vector<Member> members;  ///< Of an array, with empty names.
};

struct Node::Member {
    std::string name;  ///< With its quotes.
    Node value;
};

/// Reads what looks like JSON; more is not needed.
class TreeReader {
  public:
    explicit TreeReader(std::string_view text) : text_(text) {}

    std::optional<Node> read() {
        Node root;
        if (!value(root, 0)) return std::nullopt;
        skip();
        return at_ == text_.size() ? std::optional{std::move(root)} : std::nullopt;
    }

  private:
    static constexpr std::size_t deepest = 300;

    void skip() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    bool take(char c) {
        skip();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool string(std::string& out) {
        const std::size_t begin = at_;
        if (!take('"')) return false;
        while (at_ < text_.size() && text_[at_] != '"')
            at_ += text_[at_] == '\\' ? 2U : 1U;
        if (at_ >= text_.size()) return false;
        ++at_;
        out = text_.substr(begin, at_ - begin);
        return true;
    }

    bool value(Node& out, std::size_t depth) {
        skip();
        if (at_ == text_.size() || depth == deepest) return false;
        const char c = text_[at_];
        if (c == '"') return string(out.text);
        if (c != '{' && c != '[') {
            const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
            out.text = text_.substr(at_, end - at_);
            at_ = end;
            return !out.text.empty();
        }
        ++at_;
        out.kind = c;
        const char close = c == '{' ? '}' : ']';
        if (take(close)) return true;
        do {
            Node::Member& member = out.members.emplace_back();
            skip();
            if (c == '{' && !(string(member.name) && take(':'))) return false;
            if (!value(member.value, depth + 1)) return false;
        } while (take(','));
        return take(close);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

/// One change, or some, made at random.
class JsonMutator {
    template <class List>
    const typename List::value_type& pick(const List& list) {
        return list[at_random(list.size())];
    }

  public:
    explicit JsonMutator(unsigned seed) : random_(seed) {}

    /// A changed body, or nothing if it is not enough like JSON to be changed here.
    std::optional<std::string> change(std::string_view body, std::string_view other = {}) {
        std::optional<Node> root = TreeReader{body}.read();
        if (!root && body.find('\n') != std::string_view::npos) return change_lines(body, other);
        if (!root) {
            if (!one_in(4)) return std::nullopt;
            root = TreeReader{pick(vocabulary().bodies)}.read();
        }
        donor_ = TreeReader{other}.read();
        if (!donor_) donor_ = TreeReader{pick(vocabulary().bodies)}.read();
        do {
            change_somewhere(*root);
        } while (one_in(3));
        spaces_ = one_in(6);
        std::string text;
        if (one_in(64)) text += "\xEF\xBB\xBF";
        write(*root, text);
        if (one_in(64)) text += one_in(2) ? "," : " \n";
        return text;
    }

    void change_choices(std::string& input) {
        if (body_of(input).size() == input.size()) input.append({'\xFF', '\0', '\x40', '\x03'});
        input[input.size() - 1 - at_random(choices_size - 1)] = static_cast<char>(at_random(256));
    }

    std::size_t at_random(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
    bool one_in(std::size_t count) { return at_random(count) == 0; }

  private:
    /// Changes one line, doubles it or takes it out.
    std::optional<std::string> change_lines(std::string_view text, std::string_view other) {
        const std::size_t somewhere = at_random(text.size());
        const std::size_t before = text.rfind('\n', somewhere == 0 ? 0 : somewhere - 1);
        const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        std::string changed{text.substr(0, begin)};
        switch (at_random(8)) {
            case 0:
                changed.append(line).append("\n").append(line);
                break;
            case 1:
                break;
            case 2:
                changed.append(line).append("\r");
                break;
            default:
                if (line.empty() || line.size() == text.size()) return std::nullopt;
                const std::optional<std::string> one = change(line, other);
                if (!one) return std::nullopt;
                changed += *one;
        }
        return changed.append(text.substr(end));
    }

    static void collect(Node& node, std::vector<Node*>& all) {
        all.push_back(&node);
        for (Node::Member& member : node.members)
            collect(member.value, all);
    }

    /// A value of another body, half of the time that body itself.
    Node from_donor() {
        std::vector<Node*> theirs;
        collect(*donor_, theirs);
        return one_in(2) ? *donor_ : *pick(theirs);
    }

    void change_somewhere(Node& root) {
        std::vector<Node*> all;
        collect(root, all);
        Node& node = *pick(all);
        if (node.kind != 0 && !node.members.empty() && !one_in(4)) return change_members(node);
        switch (at_random(12)) {
            case 0:
                return nest(node);
            case 1: {  // Another value of the same body; a copy, since it may hold this one.
                Node copy = *pick(all);
                node = std::move(copy);
                return;
            }
            case 2:
                node = from_donor();
                return;
            case 3:
            case 4:
            case 5:
                if (node.text.starts_with('"')) return change_string(node.text);
                [[fallthrough]];
            default:
                node = Node{0, scalar(), {}};
        }
    }

    void change_members(Node& node) {
        std::vector<Node::Member>& members = node.members;
        Node::Member& member = members[at_random(members.size())];
        switch (at_random(11)) {
            case 0:
                std::swap(member, members[at_random(members.size())]);
                return;
            case 1: {
                Node::Member copy = member;
                if (one_in(2)) copy.value = Node{0, scalar(), {}};
                if (one_in(3) && !copy.name.empty()) escape_one(copy.name);
                const std::size_t where = at_random(members.size() + 1);
                members.insert(members.begin() + static_cast<std::ptrdiff_t>(where), copy);
                return;
            }
            case 2:
                members.erase(members.begin() + (&member - members.data()));
                return;
            case 3:
                if (node.kind == '{') escape_one(member.name);
                return;
            case 4:
                if (node.kind == '{') change_string(member.name);
                return;
            case 5:
                if (node.kind == '{') member.name = quoted(pick(vocabulary().names));
                return;
            case 6:
            case 7: {
                Node::Member added;
                if (node.kind == '{')
                    added.name = one_in(2) ? quoted(pick(vocabulary().names)) : "\"ignored\"";
                added.value = Node{0, scalar(), {}};
                const std::size_t where = at_random(members.size() + 1);
                members.insert(members.begin() + static_cast<std::ptrdiff_t>(where), added);
                return;
            }
            case 8: {  // Members of another body, which may be of the other family.
                const Node theirs = from_donor();
                for (const Node::Member& added : theirs.members) {
                    if (theirs.kind != node.kind) break;
                    const std::size_t where = at_random(members.size() + 1);
                    members.insert(members.begin() + static_cast<std::ptrdiff_t>(where), added);
                }
                return;
            }
            case 9: {  // Many more of one, as in a long list.
                const Node::Member copy =
                    one_in(2) ? member : Node::Member{member.name, {0, scalar(), {}}};
                members.insert(members.end(), at_random(40), copy);
                return;
            }
            default:
                std::shuffle(members.begin(), members.end(), random_);
        }
    }

    void nest(Node& node) {
        for (std::size_t levels = one_in(8) ? at_random(80) : at_random(3) + 1; levels != 0;
             --levels) {
            Node outer;
            outer.kind = one_in(2) ? '{' : '[';
            outer.members.push_back({outer.kind == '{' ? "\"x\"" : "", std::move(node)});
            node = std::move(outer);
        }
    }

    std::string scalar() {
        static constexpr std::array<std::string_view, 34> scalars{
            "null", "true", "false", "{}", "[]", "0", "-0", "1", "-1", "1.5", "1e5", "1E-5",
            "0.0e+0", "12345678901234567890", "-9223372036854775809", "1e9999", "-1e-9999",
            "18446744073709551616", "\"\"", "\"a\"", "[{}]", "[[]]", "{\"\":0}", "\"\\\\\"",
            // These are not JSON.
            "nul", "tru", "01", "1.", "-", "+1", ".5", "1e", "NaN", "\"\\x\""};
        switch (at_random(8)) {
            case 0:
                return quoted(pick(vocabulary().tags));
            case 1:
                return quoted(planted);
            case 2:
                return quoted(timestamp());
            case 3: {
                std::string text = "\"";
                for (std::size_t count = at_random(6); count != 0; --count)
                    text += piece();
                return text + '"';
            }
            default:
                return std::string{scalars[at_random(one_in(8) ? scalars.size() : 24)]};
        }
    }

    std::string timestamp() {
        static constexpr std::array<std::string_view, 12> instants{
            "2021-03-04T05:06:07Z",        "2024-02-29T23:59:59.9999999Z", "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.1+00:00", "2023-02-29T00:00:00Z",         "2021-03-04T24:00:00Z",
            "2021-03-04T05:06:60Z",        "2021-03-04t05:06:07Z",         "2021-03-04T05:06:07z",
            "2021-03-04T05:06:07.Z",       "2021-03-04T05:06:07+01:00",    "0000-01-01T00:00:00Z"};
        std::string text{pick(instants)};
        if (one_in(3)) text[at_random(text.size())] = static_cast<char>('0' + at_random(12));
        return text;
    }

    /// Part of a string's content.
    std::string_view piece() {
        static constexpr std::array<std::string_view, 36> pieces{
            "a", "/", "~1", " ", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\u0041", "\\u0000",
            "\\u001f", "\\u00e9", "\\u2028", "\\u202E", "\\uD83D\\uDE00", "\\ud800\\udc00",
            "\\udbff\\udfff", "\x7F", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80",
            "\xEF\xBB\xBF", "\xC2\x85", "\xE2\x80\xA8", "\\\\\\\"",
            // These are not JSON.
            "\\ud800", "\\udc00", "\\uD83Dx", "\\ud83d\\u0041", "\\u12", "\xC0\x80", "\xED\xA0\x80",
            "\xF4\x90\x80\x80", "\x80", "\x1F"};
        return pieces[at_random(one_in(8) ? pieces.size() : 26)];
    }

    void change_string(std::string& text) {
        switch (at_random(5)) {
            case 0:
                return escape_one(text);
            case 1:
                text = quoted(planted);
                return;
            case 2:
                if (text.size() > 2) text.erase(1 + at_random(text.size() - 2), 1);
                return;
            case 3:
                text = quoted(timestamp());
                return;
            default:
                text.insert(1 + at_random(text.size() - 1), piece());
        }
    }

    /// Spells a character of the string as an escape.
    void escape_one(std::string& text) {
        if (text.size() <= 2) return;
        const std::size_t at = 1 + at_random(text.size() - 2);
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool is_part_of_more = byte >= 0x80 || byte == '\\' || text[at - 1] == '\\';
        if (is_part_of_more) return;
        const char* const digits = one_in(2) ? "0123456789abcdef" : "0123456789ABCDEF";
        text.replace(at, 1, {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]});
    }

    static std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

    void space(std::string& out) {
        static constexpr std::string_view kinds = " \t\r\n";
        while (spaces_ && one_in(3))
            out += kinds[at_random(kinds.size())];
    }

    void write(const Node& node, std::string& out) {
        space(out);
        if (node.kind == 0) {
            out += node.text;
        } else {
            out += node.kind;
            bool is_first = true;
            for (const Node::Member& member : node.members) {
                if (!std::exchange(is_first, false)) out += ',';
                if (node.kind == '{') {
                    space(out);
                    out += member.name;
                    space(out);
                    out += ':';
                }
                write(member.value, out);
            }
            space(out);
            out += node.kind == '{' ? '}' : ']';
        }
        space(out);
    }

    std::minstd_rand random_;
    std::optional<Node> donor_;
    bool spaces_ = false;
};

/// What a custom mutator has made, cut to what there is room for.
inline std::size_t hand_over(const std::string& made, std::uint8_t* data, std::size_t max_size) {
    const std::size_t size = std::min(made.size(), max_size);
    if (size != 0) std::memcpy(data, made.data(), size);
    return size;
}

}  // namespace fuzz

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
