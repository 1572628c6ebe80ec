/// @file
/// JSON texts, well-formed and not, each with what RFC 8259 says of it: if it is not well-formed,
/// at which byte, and which code that is.

#pragma once

#include <cstddef>
#include <deque>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <mews/webhooks.hpp>

namespace conformance {

using mews::webhooks::ErrorCode;

/// What is to be said of a text. Those that end too early differ in what becomes of them if
/// the rest of a body follows.
enum class Kind {
    good,       ///< Well-formed; `at` is the first byte of its value.
    bad,        ///< Whatever follows, `at` is the offending byte.
    more,       ///< Well-formed up to `at`, where something follows.
    alone,      ///< So is this, and what follows would continue or close an object around it.
    cut,        ///< Ends too early; a comma or a closing brace behind it would offend.
    half_pair,  ///< Ends within a surrogate pair, which begins at `at`.
    in_string,  ///< Ends within a string.
    in_array,   ///< Ends behind an element of an array.
    in_object,  ///< Ends behind a member of an object.
    opened,     ///< Ends behind an object's opening brace.
    blank,      ///< Has no value: nothing, or white space.
};

struct Row {
    std::string_view text;
    Kind kind;
    std::size_t at = 0;
    ErrorCode code = ErrorCode::malformed_json;
};

constexpr Row good(std::string_view text, std::size_t at = 0) {
    return {text, Kind::good, at};
}
constexpr Row bad(std::size_t at, std::string_view text) {
    return {text, Kind::bad, at};
}
constexpr Row not_utf8(std::size_t at, std::string_view text) {
    return {text, Kind::bad, at, ErrorCode::invalid_utf8};
}
constexpr Row more(std::size_t at, std::string_view text) {
    return {text, Kind::more, at, ErrorCode::trailing_content};
}
constexpr Row alone(std::size_t at, std::string_view text) {
    return {text, Kind::alone, at, ErrorCode::trailing_content};
}
constexpr Row half_pair(std::size_t at, std::string_view text) {
    return {text, Kind::half_pair, at};
}
constexpr Row cut(std::string_view text) {
    return {text, Kind::cut, text.size()};
}
constexpr Row in_string(std::string_view text) {
    return {text, Kind::in_string, text.size()};
}
constexpr Row in_array(std::string_view text) {
    return {text, Kind::in_array, text.size()};
}
constexpr Row in_object(std::string_view text) {
    return {text, Kind::in_object, text.size()};
}
constexpr Row opened(std::string_view text) {
    return {text, Kind::opened, text.size()};
}
constexpr Row blank(std::string_view text) {
    return {text, Kind::blank, 0, ErrorCode::empty_body};
}

using namespace std::string_view_literals;

/// The texts that were written by hand.
inline constexpr Row written[] = {
    // ── Numbers ─────────────────────────────────────────────────────────────────────────────────
    good("0"), good("-0"), good("1"), good("-1"), good("9"), good("10"), good("-10"),
    good("1234567890"), good("0.0"), good("-0.0"), good("0.1"), good("1.0"), good("1.00000"),
    good("0.000001"), good("-123.456"), good("1e1"), good("1E1"), good("1e+1"), good("1e-1"),
    good("1E+1"), good("1E-1"), good("0e0"), good("0E+00"), good("-0e-0"), good("-0.0e-0"),
    good("0.0e1"), good("1e00"), good("1e007"), good("1.5e10"), good("-1.5E-10"),
    good("10.01e+010"),
    // No range is too small for them: what is not asked for is not converted.
    good("2147483648"), good("4294967296"), good("9007199254740993"), good("9223372036854775807"),
    good("9223372036854775808"), good("-9223372036854775808"), good("-9223372036854775809"),
    good("18446744073709551615"), good("18446744073709551616"),
    good("123456789012345678901234567890"), good("-123456789012345678901234567890"),
    good("0.1234567890123456789012345678901234567890"), good("1.7976931348623157e308"),
    good("1.7976931348623159e308"), good("4.9e-324"), good("2.4e-324"), good("1e308"),
    good("1e309"), good("1e9999"), good("-1e9999"), good("1e-9999"),
    good("1E+99999999999999999999"), good("0e99999999999999999999"),
    good("1e-00000000000000000000000000001"), good("-1E-9999"),
    good("3.141592653589793238462643383279502884197169399375105820974944592307816406286"),
    // Digits are missing.
    cut("-"), cut("0."), cut("-0."), cut("1."), cut("12."), cut("1e"), cut("1E"), cut("0e"),
    cut("-0e"), cut("1e+"), cut("1E-"), cut("1.5e"), cut("1.5e+"), bad(0, ".5"), bad(0, "."),
    bad(0, "e1"), bad(0, "E"), bad(1, "-.5"), bad(1, "-."), bad(1, "-e1"), bad(2, "0.e1"),
    bad(2, "1.e5"), bad(2, "1.E+5"), bad(3, "-1.e1"), bad(2, "1..2"), bad(2, "1.-2"),
    bad(2, "1.+2"), bad(2, "1. 5"), bad(2, "1.a"), bad(2, "1e e"), bad(2, "1e 5"), bad(2, "1e.5"),
    bad(2, "1ee5"), bad(2, "1eE5"), bad(3, "1e+ 5"), bad(3, "1e++5"), bad(3, "1e+-5"),
    bad(3, "1e-+5"), bad(3, "1e--5"), bad(3, "1e-a"), bad(3, "1e+."),
    // Signs.
    bad(0, "+1"), bad(0, "+"), bad(0, "+0"), bad(0, "++1"), bad(0, "+-1"), bad(1, "--1"),
    bad(1, "-+1"), bad(1, "- 1"), bad(1, "-\n1"), bad(1, "-a"), bad(1, "--"), bad(1, "-true"),
    bad(1, R"(-"1")"), bad(1, "-[1]"),
    // A number ends where nothing more can belong to it.
    more(1, "00"), more(1, "01"), more(1, "007"), more(1, "00.5"), more(2, "-00"), more(2, "-01"),
    more(2, "-01.5"), more(3, "1.5.5"), more(3, "0.1.2"), more(3, "1e1.5"), more(3, "9e1e1"),
    more(5, "1.5e1.1"), more(1, "1_000"), more(1, "1'000"), more(2, "1 000"), more(1, "0x10"),
    more(1, "0X1F"), more(1, "0b101"), more(1, "0o17"), more(1, "1f"), more(3, "1.0f"),
    more(1, "1L"), more(1, "1n"), more(2, "1 e5"), more(2, "1 .5"), more(1, "1+1"), more(1, "1-1"),
    more(1, "0-1"), more(1, "1/2"), more(1, "1%"), more(1, "1x"), more(2, "-1x"), more(3, "0.5x"),
    more(3, "1e5x"), more(1, R"(1")"), more(1, R"(1"a")"), more(1, "1{}"), more(1, "1[]"),
    more(1, "1true"), more(1, "1:"),
    // Numbers of other languages.
    bad(0, "Infinity"), bad(0, "inf"), bad(1, "-Infinity"), bad(1, "-inf"), bad(0, "NaN"),
    bad(1, "nan"), bad(1, "-NaN"), bad(0, "#1"), bad(0, "$1"),
    bad(0, "\xEF\xBC\x91"),      // the full-width digit one
    bad(0, "\xD9\xA3"),          // the Arabic-Indic digit three
    bad(0, "\xC2\xBD"),          // one half
    bad(0, "\xE2\x88\x92\x31"),  // the minus sign U+2212
    bad(0, "\xE2\x88\x9E"),      // infinity
    more(1, "1\xC2\xB2"),        // superscript two
    more(1, "1\xEF\xBC\x90"), bad(2, "1.\xEF\xBC\x90"),

    // ── Literals ────────────────────────────────────────────────────────────────────────────────
    good("true"), good("false"), good("null"), cut("t"), cut("tr"), cut("tru"), cut("f"), cut("fa"),
    cut("fal"), cut("fals"), cut("n"), cut("nu"), cut("nul"), bad(0, "True"), bad(0, "TRUE"),
    bad(0, "False"), bad(0, "Null"), bad(0, "NULL"), bad(0, "None"), bad(0, "yes"),
    bad(0, "undefined"), bad(0, "\xC2\xABtrue\xC2\xBB"), bad(1, "tRue"), bad(2, "trUe"),
    bad(2, "tr\xC3\xBC\x65"), bad(3, "truE"), bad(1, "fAlse"), bad(4, "falsE"), bad(4, "falsy"),
    bad(1, "nil"), bad(1, "no"), bad(1, "none"), bad(3, "nulL"), bad(2, "nu ll"), bad(3, "nul\0"sv),
    bad(1, "t true"), bad(1, "ttrue"), bad(1, "nnull"), bad(1, "ffalse"), more(4, "true1"),
    more(4, "truer"), more(4, "truetrue"), more(4, R"(true")"), more(4, R"(true"a")"),
    more(4, "true[]"), more(5, "true false"), more(5, "false0"), more(5, "falsefalse"),
    more(5, "false{}"), more(4, "nulll"), more(4, "null\0"sv), more(4, "null-"), more(4, "null:"),
    more(5, "null null"), more(5, "falsef"), more(4, "truee"), more(4, "nullnull"), bad(0, "x"),
    bad(0, "!true"), bad(0, "~true"),

    // ── Strings ─────────────────────────────────────────────────────────────────────────────────
    good(R"("")"), good(R"(" ")"), good(R"("a")"), good(R"("true")"), good(R"("1")"),
    good(R"("'")"), good(R"("/")"), good(R"("[{]},:")"), good(R"("\"}")"), good(R"("// # /* */")"),
    good(R"("a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9 . , - + *")"),
    good("\"\x7F\""),          // DEL is no control character of RFC 8259
    good("\"\xC2\x80\""),      // nor is the first of C1
    good("\"\xC2\x85\""),      // or its line break
    good("\"\xC2\xA0\""),      // no-break space
    good("\"\xE2\x80\xA8\""),  // line separator
    good("\"\xE2\x80\xA9\""),  // paragraph separator
    good("\"\xEF\xBB\xBF\""),  // byte order mark
    good("\"\xEF\xBF\xBD\""),  // replacement character
    good("\"\xEF\xB7\x90\""),  // noncharacters
    good("\"\xEF\xBF\xBE\""), good("\"\xEF\xBF\xBF\""), good("\"\xF4\x8F\xBF\xBF\""),
    good("\"H\xC3\xB4tel Z\xC3\xBCrich\""), good("\"\xF0\x9F\x8F\xA8 \xE5\xAE\xBF\""),
    in_string(R"(")"), in_string(R"("a)"), in_string(R"("a')"), in_string(R"("a )"),
    in_string(R"("{})"), in_string("\"\xC3\xA9"), in_string(R"("\")"), in_string(R"("a\")"),
    in_string(R"("\\\")"), in_string(R"("\n)"), in_string(R"("\u0041)"),
    in_string(R"("\ud83d\ude00)"), in_string(R"([")"), in_string(R"(["a","b)"), in_string(R"({")"),
    in_string(R"({"a)"), in_string(R"({"a":")"), in_string(R"({"a":1,"b)"), in_string(R"({"a":"})"),
    in_string(R"({"a":"\"})"), cut(R"("\)"), cut(R"("a\)"), cut(R"("\\\)"), cut(R"("\"\)"),
    cut(R"("\u)"), cut(R"("\u0)"), cut(R"("\u00)"), cut(R"("\u004)"), cut(R"("\ud83d\ude00\)"),
    cut(R"({"\)"), cut(R"({"\u00)"), bad(0, "'a'"), bad(0, "'a"), bad(0, "`a`"), bad(0, "a"),
    bad(0, R"(a")"), bad(0, R"(\"a\")"), bad(0, R"(\)"), bad(0, R"(\u0022a\u0022)"),
    bad(0, "\xE2\x80\x9C\x61\xE2\x80\x9D"),  // typographic quotes
    bad(0, "R\"(a)\""), bad(0, R"(@"a")"), more(2, R"(""")"), more(2, R"("""")"),
    more(3, R"("a""b")"), more(4, R"("a" "b")"), more(3, R"("a"b)"), more(3, R"("a"')"),
    more(3, R"("a"1)"), more(3, R"("a"+"b")"), more(3, R"("a":1)"), more(4, R"("a" :1)"),
    more(3, R"("a"\)"), more(4, R"("\\"a)"),
    // A string may not hold a line break as it is.
    bad(1, "\"\n\""), bad(2, "\"a\nb\""), bad(2, "\"a\tb\""), bad(2, "\"a\rb\""),
    bad(2, "\"a\0b\""sv), bad(2, "\"\\\n\""), bad(2, "\"\\\r\n\""), bad(2, "{\"\n\":1}"),
    bad(7, "{\"a\":\"b\n\"}"), bad(2, "[\"\x1F\"]"), bad(3, "\"ab\x01"),

    // ── Escapes ─────────────────────────────────────────────────────────────────────────────────
    good(R"("\"")"), good(R"("\\")"), good(R"("\/")"), good(R"("\b")"), good(R"("\f")"),
    good(R"("\n")"), good(R"("\r")"), good(R"("\t")"), good(R"("\"\\\/\b\f\n\r\t")"),
    good(R"("\\\\")"), good(R"("\\\"")"), good(R"("\\u0041")"), good(R"("\\ud800")"),
    good(R"("\\x")"), good(R"("\u0000")"), good(R"("\u001f")"), good(R"("\u0022")"),
    good(R"("\u005c")"), good(R"("\u005C\u005c")"), good(R"("\u0041")"), good(R"("\u007f")"),
    good(R"("\u0080")"), good(R"("\u07ff")"), good(R"("\u0800")"), good(R"("\uaBcD")"),
    good(R"("\uAbCd")"), good(R"("\ud7ff")"), good(R"("\ue000")"), good(R"("\ufeff")"),
    good(R"("\ufdd0")"), good(R"("\ufffe")"), good(R"("\uffff")"), good(R"("\u00410")"),
    good(R"("\u0041\u0042\u0043")"), good(R"({"\u0061":"\u0062"})"), good(R"({"\"":1})"),
    bad(2, R"("\ ")"), bad(2, R"("\a")"), bad(2, R"("\'")"), bad(2, R"("\0")"), bad(2, R"("\012")"),
    bad(2, R"("\x41")"), bad(2, R"("\x")"), bad(2, R"("\v")"), bad(2, R"("\e")"), bad(2, R"("\N")"),
    bad(2, R"("\B")"), bad(2, R"("\U0041")"), bad(2, R"("\U00000041")"), bad(2, R"("\{")"),
    bad(2, "\"\\\xC3\xA9\""), bad(4, R"("\\\x")"), bad(4, R"("\n\z")"), bad(3, R"("\u")"),
    bad(4, R"("\u0")"), bad(5, R"("\u00")"), bad(6, R"("\u004")"), bad(3, R"("\ug041")"),
    bad(4, R"("\u0G41")"), bad(5, R"("\u00:1")"), bad(6, R"("\u004/")"), bad(6, R"("\u004@")"),
    bad(6, R"("\u004`")"), bad(6, R"("\u004g")"), bad(6, R"("\u004 ")"), bad(3, R"("\u 041")"),
    bad(3, R"("\u+041")"), bad(3, R"("\u-041")"), bad(4, R"("\u0x41")"), bad(3, R"("\u{41}")"),
    bad(3, R"("\uU041")"), bad(3, R"("\u\u0041")"), bad(5, R"("\u00\u0041")"),
    bad(6, "\"\\u004\n\""), bad(6, "\"\\u004\0\""sv), bad(3, "\"\\u\xEF\xBC\x90\x30\x30\x30\""),
    bad(3, R"({"\q":1})"), bad(7, R"({"a":"\q"})"), bad(0, R"(\u0031)"),

    // ── Surrogates ──────────────────────────────────────────────────────────────────────────────
    good(R"("\ud800\udc00")"), good(R"("\ud800\udfff")"), good(R"("\udbff\udc00")"),
    good(R"("\udbff\udfff")"), good(R"("\ud83d\ude00")"), good(R"("\uD83D\uDE00")"),
    good(R"("\uD83d\udE00")"), good(R"("a\ud83d\ude00b\ud83d\ude00")"),
    good(R"("\ud7ff\ud800\udc00\ue000")"), bad(1, R"("\ud800")"), bad(1, R"("\udbff")"),
    bad(1, R"("\uD800")"), bad(1, R"("\udc00")"), bad(1, R"("\udfff")"), bad(1, R"("\uDEAD")"),
    bad(2, R"("a\ud800b")"), bad(2, R"("a\udc00b")"), bad(1, R"("\ud800 ")"),
    bad(1, R"("\ud800\n")"), bad(1, R"("\ud800\\udc00")"), bad(1, R"("\ud800\"")"),
    bad(1, R"("\ud800udc00")"), bad(1, R"("\ud800\u0041")"), bad(1, R"("\ud800\ud7ff")"),
    bad(1, R"("\ud800\ud800")"), bad(1, R"("\ud800\udbff")"), bad(1, R"("\ud800\ue000")"),
    bad(1, R"("\ud800\ud800\udc00")"), bad(1, R"("\udc00\ud800")"), bad(1, R"("\udc00\udc00")"),
    bad(13, R"("\ud83d\ude00\ud83d")"), bad(13, R"("\ud83d\ude00\ude00")"),
    bad(7, R"("\ud7ff\ud800\ue000")"), bad(2, R"({"\ud800":1})"), bad(6, R"({"a":"\udc00"})"),
    bad(6, R"({"a":"\ud800"})"), bad(9, R"("\ud83d\u")"), bad(12, R"("\ud83d\ude0")"),
    bad(1, R"("\ud83d\x")"), bad(1, "\"\\ud83d\xF0\x9F\x98\x80\""), half_pair(1, R"("\ud83d)"),
    half_pair(1, R"("\ud83d\)"), half_pair(3, R"("ab\udbff)"),
    half_pair(13, R"("\ud83d\ude00\ud83d)"), cut(R"("\ud83d\u)"), cut(R"("\ud83d\ud)"),
    cut(R"("\ud83d\ude)"), cut(R"("\ud83d\ude0)"),

    // ── Arrays ──────────────────────────────────────────────────────────────────────────────────
    good("[]"), good("[[]]"), good("[[],[]]"), good("[[],{},[{}]]"), good("[{}]"), good("[0]"),
    good(R"([""])"), good("[null]"), good("[1,2]"), good(R"([1,"a",true,false,null,{},[]])"),
    good(R"([1,"a",null,true,false,1.5e+3,{"a":[{"b":{}}]}])"), good("[[[[[[[[[[]]]]]]]]]]"),
    good("[[1],[2,[3]],4]"), good(R"([{"Action":"IntegrationDeleted","Data":null}])"), bad(0, "]"),
    bad(0, "]["), bad(1, "[,]"), bad(1, "[,1]"), bad(1, "[,"), bad(3, "[1,]"), bad(4, "[1, ]"),
    bad(3, "[1,,2]"), bad(3, "[1,,"), bad(3, "[1 2]"), bad(2, "[1:2]"), bad(2, "[1;2]"),
    bad(2, "[1}"), bad(1, "[}"), bad(3, "[[1}]"), bad(3, "[[]}"), bad(4, "[[1 2]]"),
    bad(4, "[[1,]]"), bad(4, R"(["a"b])"), bad(4, R"(["a""b"])"), bad(5, R"(["a" "b"])"),
    bad(4, R"(["a":1])"), bad(3, "[[][]]"), bad(3, "[{}{}]"), bad(5, "[truefalse]"),
    bad(6, "[true false]"), bad(1, "[.]"), bad(1, "[...]"), bad(1, "[*]"), bad(1, "[(1)]"),
    bad(1, "[a]"), bad(1, "[+1]"), bad(2, "[01]"), bad(2, "[1'2]"), bad(3, "[1.]"), bad(2, "[-]"),
    bad(3, "[1e]"), bad(4, "[nul]"), bad(9, R"([{"a":1},])"), bad(3, "[1,}"), more(2, "[]]"),
    more(2, "[][]"), more(3, "[1]]"), more(3, "[1]2"), more(3, "[1][2]"), more(3, "[] []"),
    more(2, "[]{}"), more(2, R"([]"a")"), more(2, "[]null"), more(2, "[]:"), alone(2, "[],"),
    alone(3, "[1],"), alone(2, "[]}"), cut("["), cut("[ "), cut("[["), cut("[1,"), cut("[1, "),
    cut("[[],"), cut("[-"), cut("[1.5e"), cut("[tru"), in_array("[1"), in_array("[1 "),
    in_array("[[]"), in_array("[{}"), in_array(R"(["a")"), in_array("[null"), in_array("[true\n"),
    in_array("[1,2"), in_array("[[1],[2]"), in_array(R"({"a":[1)"),

    // ── Objects ─────────────────────────────────────────────────────────────────────────────────
    good("{}"), good(R"({"":""})"), good(R"({"a":1})"), good(R"({"a":{}})"), good(R"({"a":[]})"),
    good(R"({"a":null,"b":true})"), good(R"({"":{"":[]}})"), good(R"({"\"":1,"\\":2})"),
    good(R"({"a":1,"a":2})"), good(R"({"a":1,"\u0061":2,"A":3})"),
    good(R"({"a":{"b":{"c":{"d":[{"e":{}}]}}}})"),
    good(R"({"a":{"Action":"x","Action":1,"Data":[]}})"),
    good("{\"a b\":1,\"\xC3\xA9\":2,\"\\n\":3}"),
    good(R"({"action":1,"data":2,"ACTION":3,"Action ":4,"Actio":5,"Actions":6})"),
    good(R"({"Id":1,"Id":2,"id":{}})"), bad(0, "}"), bad(0, "}{"), bad(1, "{,}"), bad(1, "{,"),
    bad(1, R"({,"a":1})"), bad(1, "{]"), bad(1, "{:1}"), bad(1, "{1}"), bad(1, "{1:1}"),
    bad(1, "{-1:1}"), bad(1, "{a:1}"), bad(1, "{a}"), bad(1, "{'a':1}"), bad(1, "{null:1}"),
    bad(1, "{true:1}"), bad(1, "{[]:1}"), bad(1, "{{}:1}"), bad(1, "{{}}"), bad(1, "{[]}"),
    bad(1, "{...a}"), bad(1, "{*}"), bad(4, R"({"a"})"), bad(4, R"({"a",1})"), bad(4, R"({"a"1})"),
    bad(5, R"({"a" 1})"), bad(4, R"({"a""b"})"), bad(5, R"({"a" "b"})"), bad(4, R"({"a"=1})"),
    bad(4, R"({"a"=>1})"), bad(4, R"({"a"])"), bad(5, R"({"a":})"), bad(6, R"({"a": })"),
    bad(5, R"({"a":,"b":1})"), bad(5, R"({"a"::1})"), bad(5, R"({"a":])"), bad(5, R"({"a":b})"),
    bad(5, R"({"a":'b'})"), bad(5, R"({"a":=1})"), bad(6, R"({"a":1])"), bad(6, R"({"a":1:2})"),
    bad(6, R"({"a":1;"b":2})"), bad(6, R"({"a":1"b":2})"), bad(7, R"({"a":1 "b":2})"),
    bad(7, R"({"a":1,})"), bad(8, R"({"a":1, })"), bad(7, R"({"a":1,,"b":2})"),
    bad(7, R"({"a":1,,)"), bad(7, R"({"a":1,b:2})"), bad(7, R"({"a":1,2})"),
    bad(7, R"({"a":1,null})"), bad(7, R"({"a":1,{}})"), bad(7, R"({"a":1,])"),
    bad(10, R"({"a":1,"b"})"), bad(11, R"({"a":1,"b":})"), bad(7, R"({"a":[1}})"),
    bad(6, R"({"a":[})"), bad(6, R"({"a":{])"), bad(7, R"({"a":{}])"), bad(7, R"({"a":{}{}})"),
    bad(7, R"({"a":[]"b":1})"), bad(6, R"({"a":01})"), bad(9, R"({"a":truefalse})"),
    bad(8, R"({"a":tru})"), bad(5, "{\"a\":\0}"sv), bad(9, R"({"a":nullx})"), more(2, "{}{}"),
    more(3, "{} {}"), more(2, "{}]"), more(2, "{}[]"), more(2, "{}0"), more(2, "{}a"),
    more(2, R"({}"a")"), more(2, "{}:1"), more(2, "{};"), more(2, "{}\0"sv), more(7, R"({"a":1}{)"),
    more(3, "{}\n{}"), alone(2, "{}}"), alone(2, "{},"), alone(2, "{},{}"), alone(2, R"({},"x":1)"),
    alone(2, R"({},"Action":"IntegrationEnabled")"), alone(7, R"({"a":1}})"),
    alone(8, R"({"a":1} ,"b":2)"), opened("{"), opened("{ "), opened("{\n\t"), cut(R"({"a")"),
    cut(R"({"a" )"), cut(R"({"a":)"), cut(R"({"a": )"), cut(R"({"a":1,)"), cut(R"({"a":1, )"),
    cut(R"({"a":[)"), cut(R"({"a":-)"), cut(R"({"a":t)"), cut(R"({"a":1,"b")"),
    cut(R"({"a":1,"b":)"), in_object(R"({"a":1)"), in_object(R"({"a":1 )"),
    in_object(R"({"a":"b")"), in_object(R"({"a":{})"), in_object(R"({"a":[])"),
    in_object(R"({"a":null)"), in_object(R"({"a":1,"b":2)"),

    // ── Values and what stands around them ──────────────────────────────────────────────────────
    bad(0, ","), bad(0, ":"), bad(0, ",1"), bad(0, ":1"), bad(0, ";"), bad(0, "()"), bad(0, "(1)"),
    bad(0, "<a/>"), bad(0, "a=1"), bad(0, "=1"), bad(0, "?"), bad(0, "*"), bad(0, "&"), bad(0, "@"),
    bad(0, "|1|"), bad(0, "^"), bad(0, "_"), bad(0, "\x7F"), bad(0, "\xC3\xA9"),
    bad(0, "\xE2\x82\xAC"), bad(0, "\xF0\x9F\x98\x80"), alone(1, "1,"), alone(1, "1,2"),
    alone(2, "1 ,"), alone(1, "1}"), alone(4, "true}"), alone(2, R"(""})"), alone(2, R"("",)"),
    more(1, "1]"), more(2, "1 ]"), more(4, "null]"), more(2, R"(""])"), more(2, "1 2"),
    more(2, "1\n2"), more(1, "1;"), more(1, "1="), more(1, "1\xC3\xA9"),
    // Comments are not JSON.
    bad(0, "//"), bad(0, "/**/"), bad(0, "/"), bad(0, "#"), bad(0, "// a\n1"), bad(0, "/* a */1"),
    bad(0, "# a\n1"), bad(0, "<!-- -->1"), more(1, "1//"), more(2, "1 // a"), more(1, "1/**/"),
    more(2, "{}/**/"), more(1, "1#"), more(2, "1 # a"), bad(1, "[//\n1]"), bad(2, "[1/**/]"),
    bad(3, "[1,/**/2]"), bad(1, "{/**/}"), bad(4, R"({"a"/**/:1})"), bad(5, R"({"a":/**/1})"),
    bad(6, "{\"a\":1//\n}"),

    // ── White space ─────────────────────────────────────────────────────────────────────────────
    blank(""), blank(" "), blank("\t"), blank("\n"), blank("\r"), blank("\r\n\r\n"),
    blank(" \t \n \r "),
    blank("                                                                                "),
    good(" 1", 1), good("\t1", 1), good("\n1", 1), good("\r1", 1), good("\r\n\t 1", 4), good("1 "),
    good(" 1 ", 1), good("1\t"), good("1\n"), good("1\r"), good("1\r\n\t "), good(R"( "a" )", 1),
    good("\n\n\nnull\n\n\n", 3), good(" true", 1), good("[ ]"), good("[\n]"), good("{ }"),
    good("{\r\n}"), good(" { } ", 1), good(" [ 1 , 2 ] ", 1), good("\t[\t1\t,\t2\t]\t", 1),
    good("\n{\n\"a\"\n:\n1\n,\n\"b\"\n:\n2\n}\n", 1),
    good("\r{\r\"a\"\r:\r[\r1\r,\r{\r}\r]\r}\r", 1),
    good("                                                                                1", 80),
    bad(0, "\f1"), bad(0, "\v1"), bad(0, "\b1"), bad(0, "\x1A"), bad(0, "\x1B[0m"), bad(0, "\0"sv),
    bad(0, "\0\0\0\0"sv), bad(0, "\0001"sv), bad(0, "\xC2\xA0\x31"),  // no-break space
    bad(0, "\xC2\x85\x31"),                                           // next line
    bad(0, "\xE1\x9A\x80\x31"),                                       // ogham space mark
    bad(0, "\xE2\x80\x83\x31"),                                       // em space
    bad(0, "\xE2\x80\x8B\x31"),                                       // zero width space
    bad(0, "\xE2\x80\xA8\x31"),                                       // line separator
    bad(0, "\xE2\x80\xA9\x31"),                                       // paragraph separator
    bad(0, "\xE2\x81\xA0\x31"),                                       // word joiner
    bad(0, "\xE3\x80\x80\x31"),                                       // ideographic space
    bad(1, " \xC2\xA0"), bad(2, " \n\f"), bad(1, "[\f]"), bad(1, "[\v1]"), bad(2, "[1\f]"),
    bad(2, "[1\xC2\xA0]"), bad(3, "[1,\0002]"sv), bad(1, "{\f}"), bad(1, "{\xE2\x80\x8B}"),
    bad(4, "{\"a\"\f:1}"), bad(5, "{\"a\":\f1}"), bad(6, "{\"a\":1\v}"),
    // simdjson's kernels fold these two onto a comma and a colon.
    bad(2,
        "[1\x0C"
        "2]"),
    bad(6, "{\"a\":1\x0C\"b\":2}"),
    bad(4,
        "{\"a\"\x1A"
        "1}"),
    more(1, "1\f"), more(1, "1\v"), more(2, "1 \f"), more(1, "1\0"sv), more(2, "1\n\0"sv),
    more(1, "1\x1A"), more(1, "1\xC2\xA0"), more(1, "1\xE2\x80\xA8"), more(2, "{}\xC2\x85"),
    more(1, R"(1\n)"),

    // ── Byte order marks and other encodings ────────────────────────────────────────────────────
    // A UTF-8 mark is skipped before the whole body, which is not tried with this table.
    bad(1, " \xEF\xBB\xBF"), bad(1, "[\xEF\xBB\xBF]"), bad(1, "{\xEF\xBB\xBF\"a\":1}"),
    bad(5, "{\"a\":\xEF\xBB\xBF\x31}"), more(1, "1\xEF\xBB\xBF"), more(2, "{}\xEF\xBB\xBF"),
    not_utf8(6, "{\"a\":\"\xFF\"}"), not_utf8(0, "\xEF\xBB"), not_utf8(0, "\xEF\xBB{}"),
    not_utf8(0, "\xFE\xFF\0{\0}"sv),                      // UTF-16, in both byte orders
    not_utf8(0, "\xFF\xFE{\0}\0"sv), bad(0, "\0{\0}"sv),  // and without its mark
    bad(1, "{\0}\0"sv),
    not_utf8(2,
             "[\"\xFE\xFF\"]"sv
             ""sv),
    bad(0, "\0\0\0{"sv),                                                // UTF-32
    not_utf8(0, "\xFF\xFE\0\0{\0\0\0"sv), not_utf8(2, "\"H\xF4tel\""),  // Latin-1
    not_utf8(1, "\"\x93\x61\x94\""),                                    // Windows-1252
    not_utf8(1, "\"\x8F\x68\""),                                        // Shift-JIS
    bad(0, "+ADw-"),                                                    // UTF-7
};

/// Each control character, each escape of two characters, each ill-formed UTF-8 sequence, and so
/// on: texts that differ in one byte or sequence only.
class Generated {
  public:
    Generated() {
        control_characters();
        escapes();
        single_bytes();
        utf8();
        blocks();
    }

    [[nodiscard]] const std::deque<Row>& rows() const noexcept { return rows_; }

  private:
    /// The row, its text kept here.
    void add(Row row) {
        texts_.emplace_back(row.text);
        row.text = texts_.back();
        rows_.push_back(row);
    }

    void control_characters() {
        for (char c = 0; c != 0x20; ++c) {
            add(bad(1, std::string{'"', c, '"'}));
            add(bad(4, std::string{'[', '"', 'a', 'b', c, '"', ']'}));
            add(bad(3, std::string{'{', '"', 'a', c, '"', ':', '1', '}'}));
            // The escape of the same character is well-formed.
            const char high = c < 0x10 ? '0' : '1';
            add(good(std::string{"\"\\u00"} + high + "0123456789abcdef"[c & 0xF] + '"'));
        }
    }

    void escapes() {
        for (char c = 0; c != 0x7F; ++c) {
            const bool is_escape = std::string_view{"\"\\/bfnrt"}.find(c) != std::string_view::npos;
            if (is_escape) {
                add(good(std::string{'"', '\\', c, 'n', '"'}));
            } else if (c != 'u') {
                add(bad(2, std::string{'"', '\\', c, 'n', '"'}));
            }
        }
        // The neighbours of the hexadecimal digits, at each place.
        for (std::size_t place = 0; place != 4; ++place) {
            for (const char c : "/:@G`g \"\\"sv) {
                std::string text = "\"\\u0123\"";
                text[3 + place] = c;
                add(bad(3 + place, text));
            }
            for (const char c : "09AFaf"sv) {
                std::string text = "\"\\u0123\"";
                text[3 + place] = c;
                add(good(text));
            }
        }
    }

    void single_bytes() {
        for (int byte = 0; byte != 0x80; ++byte) {
            const char c = static_cast<char>(byte);
            const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            const auto one_of = [c](std::string_view bytes) {
                return bytes.find(c) != std::string_view::npos;
            };
            // Before a value, between two, before a comma, and before a colon.
            if (is_space) {
                add(good(std::string{c, '[', ']'}, 1));
                add(bad(3, std::string{'[', '7', c, '8', ']'}));
                add(good(std::string{'[', '7', c, ',', '8', ']'}));
                add(good(std::string{'{', '"', '"', c, ':', '8', '}'}));
                continue;
            }
            if (!one_of("[{\"-0123456789tfn")) {
                add(bad(0, std::string{c, '[', ']'}));
                if (c != ']') add(bad(1, std::string{'[', c, '7', ']'}));
            }
            if (!one_of("0123456789.eE,]")) {
                add(bad(2, std::string{'[', '7', c, '8', ']'}));
                add(bad(2, std::string{'[', '7', c, ',', '8', ']'}));
            }
            if (c != ':') add(bad(3, std::string{'{', '"', '"', c, '8', '}'}));
            if (c != '"' && c != '}') add(bad(1, std::string{'{', c, '"', ':', '8', '}'}));
        }
    }

    void utf8() {
        static constexpr std::string_view well_formed[] = {
            "\xC2\x80",         "\xC3\xA9",         "\xDF\xBF",         "\xE0\xA0\x80",
            "\xE0\xBF\xBF",     "\xE1\x80\x80",     "\xEC\xBF\xBF",     "\xED\x80\x80",
            "\xED\x9F\xBF",     "\xEE\x80\x80",     "\xEF\xBF\xBF",     "\xF0\x90\x80\x80",
            "\xF0\xBF\xBF\xBF", "\xF1\x80\x80\x80", "\xF3\xBF\xBF\xBF", "\xF4\x80\x80\x80",
            "\xF4\x8F\xBF\xBF",
        };
        for (const std::string_view sequence : well_formed) {
            const std::string s{sequence};
            add(good('"' + s + '"'));
            add(good("\"ab" + s + s + "cd\""));
            add(good("{\"" + s + "\":\"" + s + "\"}"));
            add(bad(0, s));
            add(bad(1, '[' + s + ']'));
            add(more(1, '1' + s));
            add(bad(2, "\"\\" + s + '"'));
            add(bad(4, "\"\\u0" + s + '"'));
        }
        static constexpr std::string_view ill_formed[] = {
            // A continuation without a lead.
            "\x80",
            "\xBF",
            "\x80\x80",
            "\x80\xBF\x80\xBF",
            // Leads that there are not.
            "\xC0",
            "\xC1",
            "\xF5",
            "\xF6",
            "\xF7",
            "\xF8",
            "\xFB",
            "\xFC",
            "\xFD",
            "\xFE",
            "\xFF",
            "\xFE\xFF",
            "\xFF\xFE",
            "\xF5\x80\x80\x80",
            "\xF7\xBF\xBF\xBF",
            "\xF8\x88\x80\x80\x80",
            "\xFC\x84\x80\x80\x80\x80",
            // Overlong: a slash, a NUL, and the largest and the smallest of each length.
            "\xC0\xAF",
            "\xE0\x80\xAF",
            "\xF0\x80\x80\xAF",
            "\xC0\x80",
            "\xE0\x80\x80",
            "\xF0\x80\x80\x80",
            "\xF8\x80\x80\x80\x80",
            "\xC1\xBF",
            "\xE0\x82\x80",
            "\xE0\x9F\xBF",
            "\xF0\x82\x80\x80",
            "\xF0\x8F\xBF\xBF",
            // Surrogates, alone and as a pair.
            "\xED\xA0\x80",
            "\xED\xAF\xBF",
            "\xED\xB0\x80",
            "\xED\xBF\xBF",
            "\xED\xA0\xBD\xED\xB8\x80",
            // Beyond U+10FFFF.
            "\xF4\x90\x80\x80",
            "\xF4\xBF\xBF\xBF",
            // A lead with too few continuations.
            "\xC2",
            "\xDF",
            "\xE0",
            "\xE0\xA0",
            "\xE1\x80",
            "\xED\x9F",
            "\xEF\xBF",
            "\xF0",
            "\xF0\x90",
            "\xF0\x90\x80",
            "\xF4\x8F\xBF",
            "\xC3\xC3\xA9",
            "\xE2\x82\xC3\xA9",
            "\xF0\x9F\x98\xC3\xA9",
            // A continuation that is none, on either side of their range, at each place.
            "\xC3\x7F",
            "\xC3\xC0",
            "\xE1\x7F\x80",
            "\xE1\xC0\x80",
            "\xE1\x80\x7F",
            "\xE1\x80\xC0",
            "\xF1\x7F\x80\x80",
            "\xF1\xC0\x80\x80",
            "\xF1\x80\x7F\x80",
            "\xF1\x80\xC0\x80",
            "\xF1\x80\x80\x7F",
            "\xF1\x80\x80\xC0",
        };
        for (const std::string_view sequence : ill_formed) {
            const std::string s{sequence};
            add(not_utf8(1, '"' + s + '"'));
            add(not_utf8(1, '"' + s));
            add(not_utf8(5, "\"ab\xC3\xA9" + s + "cd\""));
            add(not_utf8(2, "{\"" + s + "\":1}"));
            add(not_utf8(0, s));
            add(not_utf8(1, '[' + s + ']'));
            add(not_utf8(2, "[1" + s + ']'));
            add(not_utf8(4, "{\"a\"" + s + ":1}"));
            add(not_utf8(1, '1' + s));
            add(not_utf8(3, "{} " + s));
            add(not_utf8(2, "\"\\" + s + '"'));
            add(not_utf8(5, "\"\\u00" + s + '"'));
            // Another fault before it comes first.
            add(bad(1, "[,\"" + s + "\"]"));
            add(bad(1, "\"\\ud800" + s + '"'));
            add(more(2, "1 2 " + s));
        }
    }

    /// simdjson reads blocks of 64 bytes: what matters may stand at the edge of one.
    void blocks() {
        for (std::size_t size = 0; size != 70; ++size) {
            const std::string a(size, 'a');
            const std::string space(size, ' ');
            add(good('"' + a + '"'));
            add(good('"' + a + "\\\"\""));
            add(good('"' + a + "\\\\\""));
            add(good('"' + a + "\\ud83d\\ude00\""));
            add(good('"' + a + "\xF0\x9F\x98\x80\""));
            add(bad(size + 1, '"' + a + "\\ud83d\\u0041\""));
            add(bad(size + 2, '"' + a + "\\q\""));
            add(bad(size + 1, '"' + a + "\n\""));
            add(not_utf8(size + 1, '"' + a + "\xE2\x82\""));
            add(in_string('"' + a));
            add(good(space + "[]", size));
            add(bad(size + 1, '[' + space + ",]"));
            add(more(size + 2, "[]" + space + "[]"));
            add(good('1' + std::string(size, '0')));
            add(good("0." + std::string(size, '0') + '1'));
            add(more(size + 1, '1' + std::string(size, '0') + 'x'));
            add(good(std::string(size / 2 + 1, '[') + std::string(size / 2 + 1, ']')));
        }
        // Backslashes: whether the quote behind them ends the string.
        for (std::size_t count = 0; count != 70; ++count) {
            const std::string text = '"' + std::string(count, '\\') + '"';
            add(count % 2 == 0 ? good(text) : in_string(text));
        }
        // Larger than a vector, a block, a page.
        for (const std::size_t size : {200U, 1000U, 5000U}) {
            const std::string digits(size, '7');
            add(good(digits));
            add(good("-0." + digits));
            add(good("1e" + digits));
            add(good('"' + digits + '"'));
            add(more(size, digits + 'x'));
            add(bad(size + 1, '"' + digits + "\n\""));
            std::string pairs;
            while (pairs.size() < size)
                pairs += "\\ud83d\\ude00";
            add(good('"' + pairs + '"'));
            std::string array = "[0";
            while (array.size() < size)
                array += ",[],\"\",{\"\":0}";
            add(in_array(array));
            add(good(array + ']'));
            add(bad(array.size(), array + '}'));
        }
    }

    std::deque<std::string> texts_;
    std::deque<Row> rows_;
};

/// All texts.
inline const std::vector<Row>& rows() {
    static const Generated generated;
    static const std::vector<Row> all = [] {
        std::vector<Row> list(std::begin(written), std::end(written));
        // Not insert: g++ 12 takes that, optimized, for an access out of bounds.
        for (const Row& row : generated.rows())
            list.push_back(row);
        return list;
    }();
    return all;
}

/// Whether a text is one of those that were written by hand.
inline bool is_written(const Row& row) {
    return static_cast<std::size_t>(&row - rows().data()) < std::size(written);
}

}  // namespace conformance
