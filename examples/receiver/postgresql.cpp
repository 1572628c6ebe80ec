#include <libpq-fe.h>

#include <array>
#include <fstream>
#include <map>
#include <utility>

#include "database.hpp"

namespace receiver {

namespace {

constexpr Dialect postgresql_dialect{.begin = "BEGIN",
                                     // Two receivers may start at the same time.
                                     .schema = R"(
        SELECT pg_advisory_xact_lock(7221912);
        CREATE TABLE IF NOT EXISTS message (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            received BIGINT NOT NULL, body BYTEA, redacted TEXT, findings TEXT);
        CREATE INDEX IF NOT EXISTS message_waiting ON message (id)
            WHERE body IS NOT NULL AND findings IS NULL;
        CREATE INDEX IF NOT EXISTS message_set_aside ON message (id) WHERE findings IS NOT NULL;
        CREATE TABLE IF NOT EXISTS state (integration TEXT PRIMARY KEY, sealed BYTEA);
        CREATE TABLE IF NOT EXISTS entity (integration TEXT, kind TEXT, id TEXT,
            received BIGINT NOT NULL, PRIMARY KEY (integration, kind, id));
        CREATE TABLE IF NOT EXISTS health (id BIGINT PRIMARY KEY, checks BIGINT NOT NULL))",
                                     .lock = " FOR UPDATE",
                                     .skip_locked = " FOR UPDATE SKIP LOCKED"};

constexpr Oid int8_type = 20;
constexpr Oid bytea_type = 17;

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

std::string first_line(std::string_view text) {
    return std::string{text.substr(0, text.find('\n'))};
}

/// Throws what the server says of a result that is none, without the details, which quote values.
void check(const Result& result, PGconn* connection) {
    switch (PQresultStatus(result.get())) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_PIPELINE_SYNC:
            return;
        default:
            break;
    }
    const char* message = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
    throw DatabaseError{first_line(message != nullptr ? message : PQerrorMessage(connection))};
}

/// Parameters in the form that libpq takes, borrowed from a row.
struct Parameters {
    explicit Parameters(const Row& row) {
        numbers.reserve(row.size());
        for (const Value& value : row) {
            const std::string* text = std::get_if<std::string>(&value);
            const auto* bytes = std::get_if<Bytes>(&value);
            if (const auto* number = std::get_if<std::int64_t>(&value))
                text = &numbers.emplace_back(std::to_string(*number));
            if (bytes != nullptr) text = &bytes->bytes;
            values.push_back(text == nullptr ? nullptr : text->c_str());
            sizes.push_back(text == nullptr ? 0 : static_cast<int>(text->size()));
            are_binary.push_back(bytes == nullptr ? 0 : 1);
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(values.size()); }

    std::vector<std::string> numbers{};
    std::vector<const char*> values{};
    std::vector<int> sizes{};
    std::vector<int> are_binary{};
};

std::string connection_string_in(const std::string& path) {
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    // If connecting found that out, it would say it with words of the string.
    PQconninfoOption* const options = PQconninfoParse(line.c_str(), nullptr);
    if (line.empty() || options == nullptr) throw DatabaseError{"no connection string in " + path};
    PQconninfoFree(options);
    return line;
}

class Postgresql final : public Database {
  public:
    Postgresql(std::string connection_string, Commits commits)
        : connection_string_(std::move(connection_string)), commits_(commits) {
        connect();
        run(std::string{postgresql_dialect.schema}.c_str());
    }

    [[nodiscard]] const Dialect& dialect() const override { return postgresql_dialect; }

    using Database::execute;
    std::vector<Row> execute(std::string_view sql, std::span<const Row> parameters) override {
        // Only at its beginning: a transaction must not go on in another connection.
        if (sql == postgresql_dialect.begin && PQstatus(connection_.get()) != CONNECTION_OK)
            connect();
        std::vector<Row> rows;
        if (parameters.empty()) return rows;
        const char* statement = prepared(sql);
        // Sent one after the other, without waiting for each answer.
        PGconn* const connection = connection_.get();
        bool is_sent = PQenterPipelineMode(connection) != 0;
        for (const Row& row : parameters) {
            const Parameters all{row};
            is_sent = is_sent &&
                      PQsendQueryPrepared(connection, statement, all.count(), all.values.data(),
                                          all.sizes.data(), all.are_binary.data(), 1) != 0;
        }
        if (!is_sent || PQpipelineSync(connection) == 0) {
            // Nothing of this transaction may be committed.
            connection_.reset();
            throw DatabaseError{"a statement could not be sent"};
        }
        Result failure;
        bool was_null = false;
        for (bool is_over = false; !is_over && PQstatus(connection_.get()) == CONNECTION_OK;) {
            // A null pointer stands between the results of two statements. There are two of them,
            // and more without end, if the server has ended the connection.
            Result result{PQgetResult(connection)};
            if (!result && was_null) connection_.reset();
            was_null = !result;
            const ExecStatusType status = PQresultStatus(result.get());
            is_over = status == PGRES_PIPELINE_SYNC;
            if (status == PGRES_TUPLES_OK) append_rows(rows, result.get());
            if (status == PGRES_FATAL_ERROR && result && !failure) failure = std::move(result);
        }
        PQexitPipelineMode(connection_.get());
        if (failure) check(failure, connection_.get());
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            throw DatabaseError{"the connection was lost"};
        return rows;
    }

  private:
    void connect() {
        // Within the time that a sender waits, a server that does not answer is found out. The
        // connection string may say otherwise.
        constexpr std::array keywords{
            "connect_timeout",     "tcp_user_timeout", "keepalives_idle",
            "keepalives_interval", "keepalives_count", "options",
            "client_encoding",     "dbname",           static_cast<const char*>(nullptr)};
        const std::array values{"2",
                                "3000",
                                "2",
                                "1",
                                "2",
                                "-c statement_timeout=3000",
                                "UTF8",
                                connection_string_.c_str(),
                                static_cast<const char*>(nullptr)};
        statements_.clear();
        connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            throw DatabaseError{first_line(PQerrorMessage(connection_.get()))};
        PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
        run(commits_ == Commits::later
                ? "SET synchronous_commit = off"
                : "SELECT set_config('synchronous_commit', 'on', false) "
                  "WHERE current_setting('synchronous_commit') IN ('off', 'local')");
    }

    void run(const char* sql) {
        const Result result{PQexec(connection_.get(), sql)};
        check(result, connection_.get());
    }

    const char* prepared(std::string_view sql) {
        auto found = statements_.find(sql);
        if (found == statements_.end()) {
            std::string name = std::to_string(statements_.size());
            const std::string text{sql};
            const Result result{
                PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr)};
            check(result, connection_.get());
            found = statements_.try_emplace(text, std::move(name)).first;
        }
        return found->second.c_str();
    }

    static void append_rows(std::vector<Row>& rows, const PGresult* result) {
        for (int row = 0; row != PQntuples(result); ++row) {
            Row& values = rows.emplace_back();
            for (int at = 0; at != PQnfields(result); ++at)
                values.push_back(value_of(result, row, at));
        }
    }

    static Value value_of(const PGresult* result, int row, int at) {
        if (PQgetisnull(result, row, at) != 0) return {};
        std::string text(PQgetvalue(result, row, at),
                         static_cast<std::size_t>(PQgetlength(result, row, at)));
        if (PQftype(result, at) == bytea_type) return Bytes{std::move(text)};
        if (PQftype(result, at) != int8_type) return text;
        std::uint64_t number = 0;
        for (const char byte : text)
            number = number << 8 | static_cast<unsigned char>(byte);
        return static_cast<std::int64_t>(number);
    }

    std::string connection_string_;
    Commits commits_;
    std::unique_ptr<PGconn, Finish> connection_;
    std::map<std::string, std::string, std::less<>> statements_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const std::string& connection_file, Commits commits) {
    return std::make_unique<Postgresql>(connection_string_in(connection_file), commits);
}

}  // namespace receiver
